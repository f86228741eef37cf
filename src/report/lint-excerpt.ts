/** Lines of a template around a place. */
import type { ChalkInstance } from 'chalk';
import type { Location } from '../template/location.js';
import { visible } from '../text/visible.js';

/** A minified file is one line. */
const longest = 160;
const before = 2;

/** The line with two lines before it; nothing for a file whose text is not given. Values of secrets are left out. */
export function excerpt({ line, column }: Location, text: string | undefined, colour: ChalkInstance): string[] {
  const lines = text?.split('\n');
  if (lines === undefined) return [];
  const hidden = secretLines(lines);
  const width = String(line).length;
  const from = Math.max(1, line - before);
  return [
    ...lines.slice(from - 1, line).map((content, index) => {
      const shown = hidden.has(from - 1 + index) ? '…' : visible(content.replaceAll('\t', ' ')).slice(0, longest);
      return `   ${colour.dim(`${String(from + index).padStart(width)} |`)} ${shown}`.trimEnd();
    }),
    ...(column > longest || hidden.has(line - 1)
      ? []
      : [`   ${colour.dim(`${' '.repeat(width)} |`)} ${' '.repeat(column - 1)}${colour.red('^')}`]),
  ];
}

const namesSecret = /secret_?string|passw|private_?key|token/i;

/** The numbers, from 0, of lines that may hold a secret value: those that name one, and what is indented below them. */
function secretLines(lines: readonly string[]): Set<number> {
  const hidden = new Set<number>();
  let inside: number | null = null;
  for (const [index, content] of lines.entries()) {
    const indentation = content.length - content.trimStart().length;
    if (inside !== null && content.trim() !== '' && indentation <= inside) inside = null;
    if (inside === null && namesSecret.test(content)) inside = indentation;
    if (inside !== null) hidden.add(index);
  }
  return hidden;
}
