/** The regular expressions that the sources write as literals, and texts that are hard for each. */
import { readdirSync, readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'rolldown/utils';

export interface Found {
  file: string;
  source: string;
  flags: string;
}

/** Every literal with a quantifier that has no upper bound: the others look at a bounded part of a text only. */
export function unboundedLiterals(folder: URL): Found[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  return files.toSorted().flatMap((file) => {
    const found: Found[] = [];
    new Visitor({
      Literal: (node) => {
        if ('regex' in node) found.push({ file, source: node.regex.pattern, flags: node.regex.flags });
      },
    }).visit(parseSync(file, readFileSync(new URL(file, folder), 'utf8')).program);
    return found.filter(({ source }) => /[*+]|\{\d+,\}/.test(source.replace(/\\./g, '')));
  });
}

/** One sign for each class that a pattern may hold. */
const usual = ['a', 'A', '0', ' ', '\n', '.', '-', ':', '/', '"', '\\', '|', '{', '('];

/** What is repeated, and how often, to a text of a length. */
export interface Repetition {
  piece: string;
  times: number;
}

/** Long repetitions of what the pattern itself is made of: where it takes more than linear time, one of them shows it. */
export function repetitionsFor(source: string, length: number): Repetition[] {
  const words = source.replace(/\\[a-zA-Z]|\(\?<?[=!:a-z]*>?/g, ' ').match(/[A-Za-z0-9:_./ -]{2,}/g) ?? [];
  const signs = [...new Set(source.replace(/[\^$\\]/g, ''))].slice(0, 24);
  const spaced = words.map((word) => `${word} `);
  const pairs = ['a.', 'a ', ' a', 'a-', 'a:', '\n\n ', '\\\\"'];
  const pieces = [...new Set([...usual, ...signs, ...words, ...spaced, ...pairs])];
  return pieces.map((piece) => ({ piece, times: Math.ceil(length / piece.length) }));
}
