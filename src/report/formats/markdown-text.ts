/** Foreign text in Markdown: it cannot become markup, a link, a mention or HTML. */
import { visible } from '../../text/visible.js';

/** A sentence. Text in backquotes, and each word that could mean something to Markdown or GitHub, becomes code. */
export const inMarkdown = (text: string): string =>
  visible(text)
    .split('`')
    .map((part, index, parts) => {
      if (index % 2 === 0) return wordsInMarkdown(part);
      const isClosed = index < parts.length - 1;
      return isClosed && part !== '' ? codeSpan(part) : `${codeSpan('`')}${wordsInMarkdown(part)}`;
    })
    .join('');

const wordsInMarkdown = (text: string): string =>
  text
    .split(' ')
    .map((word) => (isPlain(word) ? word : wordAsCode(word)))
    .join(' ');

const before = '(“‘"';
const after = '.,;:!?)”’"';

/** Letters and digits, with the punctuation of a sentence around them. */
function isPlain(word: string): boolean {
  const inner = withoutPunctuation(word)[1];
  for (const character of inner) if (!/[\p{L}\p{N}’'←→…-]/u.test(character)) return false;
  // A list, a rule, a reference to an issue or to a commit.
  return !/^(?:gh-\d+|[0-9a-f]{7,40}|-{1,9})$/i.test(inner) && !/^\d{1,9}[.)]/.test(word);
}

function wordAsCode(word: string): string {
  const [start, inner, end] = withoutPunctuation(word);
  return inner === '' ? codeSpan(word) : `${start}${codeSpan(inner)}${end}`;
}

function withoutPunctuation(word: string): [start: string, inner: string, end: string] {
  let [start, end] = [0, word.length];
  while (start < end && before.includes(word.charAt(start))) start++;
  while (end > start && after.includes(word.charAt(end - 1))) end--;
  return [word.slice(0, start), word.slice(start, end), word.slice(end)];
}

/** A name or id as code, with a fence that it does not contain. */
export function codeSpan(text: string): string {
  const shown = visible(text);
  const fence = '`'.repeat(longestRun(shown) + 1);
  const space = shown.startsWith('`') || shown.endsWith('`') || shown.trim() === '' ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Lines to copy. */
export function codeBlock(lines: readonly string[], language = ''): string {
  const shown = lines.map(visible).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}`;
}

function longestRun(text: string): number {
  let [longest, run] = [0, 0];
  for (const character of text) {
    run = character === '`' ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
