/**
 * Where a template of HTML may have values: as text, or in a quoted attribute. Everywhere else (a name, a comment, the
 * contents of `script` and `style`, an attribute that holds code) escaping would not be enough, so that it is refused.
 */

/** `attribute`: its name in lower case. */
export type ValueContext = { kind: 'text' } | { kind: 'attribute'; attribute: string };

/** Attributes whose value is code, a document or several addresses. */
const isRefused = (attribute: string): boolean =>
  attribute.startsWith('on') || ['style', 'srcdoc', 'srcset', 'action', 'formaction'].includes(attribute);

const raw = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext']);

/** Elements in which a value is text although their contents are not markup: `title`, where HTML knows references. */
const holdsText = new Set(['title']);

type State =
  | { in: 'text' }
  | { in: 'raw'; element: string }
  | { in: 'tag'; element: string }
  | { in: 'value'; element: string; attribute: string };

/** The context after each part but the last. Throws `TypeError` for a template that escaping cannot make safe. */
export function contextsOf(parts: readonly string[]): ValueContext[] {
  const contexts: ValueContext[] = [];
  let state: State = { in: 'text' };
  for (const [index, part] of parts.entries()) {
    state = after(part, state);
    if (index < parts.length - 1) contexts.push(contextOf(state, part));
  }
  if (state.in !== 'text') throw new TypeError(`a template of HTML ends inside ${state.in}`);
  return contexts;
}

function contextOf(state: State, part: string): ValueContext {
  if (state.in === 'text') return { kind: 'text' };
  if (state.in === 'raw' && holdsText.has(state.element)) return { kind: 'text' };
  if (state.in === 'value' && !isRefused(state.attribute)) return { kind: 'attribute', attribute: state.attribute };
  throw new TypeError(`no value is allowed after “${part.slice(-40)}”`);
}

function after(part: string, start: State): State {
  let state = start;
  for (let at = 0; at < part.length;) {
    const [next, end] = step(part, at, state);
    state = next;
    at = end;
  }
  return state;
}

/** The state after the next token, and where it ends. */
function step(part: string, at: number, state: State): [State, number] {
  switch (state.in) {
    case 'text': {
      const open = part.indexOf('<', at);
      if (open === -1) return [state, part.length];
      if (part.startsWith('<!doctype', open)) return [state, part.indexOf('>', open) + 1];
      if (part.startsWith('<!', open)) throw new TypeError('a template of HTML has a comment');
      const name = nameAt(part, part[open + 1] === '/' ? open + 2 : open + 1);
      if (name === '') throw new TypeError(`“<” without a name after “${part.slice(0, open).slice(-40)}”`);
      return [{ in: 'tag', element: part[open + 1] === '/' ? '' : name.toLowerCase() }, open + 1 + name.length];
    }
    case 'raw': {
      const close = part.toLowerCase().indexOf(`</${state.element}`, at);
      return close === -1 ? [state, part.length] : [{ in: 'tag', element: '' }, close + 2 + state.element.length];
    }
    case 'tag': {
      const character = part[at]!;
      if (character === '>')
        return [raw.has(state.element) ? { in: 'raw', element: state.element } : { in: 'text' }, at + 1];
      if (character !== '=') return [state, at + 1];
      if (part[at + 1] !== '"')
        throw new TypeError(`an attribute without quotes after “${part.slice(0, at).slice(-40)}”`);
      const attribute = /[\w:-]{1,40}$/.exec(part.slice(Math.max(0, at - 40), at))?.[0].toLowerCase() ?? '';
      return [{ in: 'value', element: state.element, attribute }, at + 2];
    }
    case 'value': {
      const close = part.indexOf('"', at);
      return close === -1 ? [state, part.length] : [{ in: 'tag', element: state.element }, close + 1];
    }
  }
}

const nameAt = (part: string, at: number): string => /^[a-z][\w-]{0,30}/i.exec(part.slice(at, at + 32))?.[0] ?? '';
