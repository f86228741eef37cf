/**
 * The script of the page: search, buttons to copy, and printing with everything open. The page is complete without it.
 * It is one constant text, so that the page can name its hash and allow no other script.
 */
export const script = String.raw`(() => {
  const copyText = async (pre) => {
    try {
      await navigator.clipboard.writeText(pre.textContent);
      return true;
    } catch {
      const range = document.createRange();
      range.selectNodeContents(pre);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return document.execCommand('copy');
    }
  };
  for (const box of document.querySelectorAll('.copied')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      button.textContent = (await copyText(box.querySelector('pre'))) ? 'Copied' : 'Selected';
      status.textContent = button.textContent;
      setTimeout(() => (button.textContent = 'Copy'), 2000);
    });
    box.append(button);
  }
  const status = document.createElement('p');
  status.className = 'unseen';
  status.setAttribute('role', 'status');
  document.body.append(status);

  // Mappings with one cause are items within the item of the first of them, which holds the cause.
  const ownText = (item) => {
    if (item.querySelector('[data-item]') === null) return item.textContent;
    const copy = item.cloneNode(true);
    for (const inner of copy.querySelectorAll('[data-item]')) inner.remove();
    return copy.textContent;
  };
  const isFound = (words, text, outer = '') =>
    words.every((word) => text.includes(word) || outer.includes(word)) &&
    (outer === '' || words.length === 0 || words.some((word) => text.includes(word)));
  for (const [index, section] of [...document.querySelectorAll('[data-searched]')].entries()) {
    const items = [...section.querySelectorAll('[data-item]')];
    if (items.length < 6) continue;
    const outerOf = (part) => part.parentElement.closest('[data-item]');
    const texts = new Map(items.map((item) => [item, ownText(item).toLowerCase()]));
    const groups = [...section.querySelectorAll('details')].filter((group) => group.querySelector('[data-item]'));
    const before = new Map();
    const label = document.createElement('label');
    const input = document.createElement('input');
    const count = document.createElement('span');
    label.className = 'search';
    label.append('Search ' + section.querySelector('h2').textContent.toLowerCase() + ' ', input, ' ', count);
    input.type = 'search';
    input.id = 'search-' + index;
    count.className = 'dim';
    count.setAttribute('role', 'status');
    section.querySelector('h2').after(label);
    input.addEventListener('input', () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      const found = new Set(items.filter((item) => isFound(words, texts.get(item), texts.get(outerOf(item)))));
      for (const item of items)
        item.hidden = !found.has(item) && !found.has(outerOf(item)) && ![...item.querySelectorAll('[data-item]')].some((inner) => found.has(inner));
      for (const group of groups) {
        if (!before.has(group)) before.set(group, group.open);
        const isHit = [...group.querySelectorAll('[data-item]')].some((item) => found.has(item));
        group.hidden = !isHit && !found.has(outerOf(group));
        group.open = (words.length > 0 && isHit) || before.get(group);
      }
      if (words.length === 0) before.clear();
      count.textContent = words.length === 0 ? '' : found.size + ' of ' + items.length;
    });
  }

  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener('hashchange', openTarget);
  openTarget();

  // On a narrow screen, a drawing begins at the hop that blocks.
  for (const scroller of document.querySelectorAll('.drawing .scroller')) {
    const hop = scroller.querySelector('[data-column]');
    if (hop) scroller.scrollLeft = hop.getBoundingClientRect().right - scroller.getBoundingClientRect().right + 24;
  }

  let closed = [];
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details:not([open])')];
    for (const part of closed) part.open = true;
  });
  addEventListener('afterprint', () => {
    for (const part of closed) part.open = false;
    closed = [];
  });
})();`;
