/** Every command line of this tool that the documents and the help show. */
import { readdirSync, readFileSync } from 'node:fs';
import { commands } from '../../src/cli/commands/index.js';
import type { AnyCommand } from '../../src/cli/define-command.js';
import { shellLines, shellWords } from './aws-cli.js';

const root = new URL('../../', import.meta.url);

/** Words after `msk-lambda`, of each part of a line that calls it; what follows a pipe, a redirection or a comment is another's. */
const callsIn = (line: string): string[][] =>
  line
    .replace(/\s#\s.*$/, '')
    .split('&&')
    .flatMap((part) => /^\s*(?:npx )?msk-lambda (.*)$/.exec(part)?.[1] ?? [])
    .map((rest) => shellWords(rest.split(/\s[|>]/, 1)[0]!));

export interface Shown {
  where: string;
  words: string[];
}

const inDocument = (path: string): Shown[] => {
  const text = readFileSync(new URL(path, root), 'utf8');
  // In the prose a call stands in backquotes: one without options only names a command, whose help must be there.
  const prose = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/`(msk-lambda [^`]+)`/g)]
    .map((match) => match[1]!)
    .filter((line) => !/^msk-lambda [A-Z]/.test(line));
  return [
    ...shellLines(text)
      .flatMap(callsIn)
      .map((words) => ({ where: path, words })),
    ...prose.flatMap(callsIn).map((words) => ({
      where: path,
      words: words.some((word) => word.startsWith('-')) ? words : [...words, '--help'],
    })),
  ];
};

/** In the order in which a reader meets them. */
export const shownInDocuments = (): Shown[] => [
  ...['README.md', 'docs/README.md'].flatMap(inDocument),
  ...readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .toSorted()
    .flatMap((file) => inDocument(`docs/${file}`)),
];

const inCommand = (command: AnyCommand): Shown[] => [
  ...(command.examples ?? [])
    .flatMap(({ command: line }) => callsIn(line))
    .map((words) => ({ where: `help of ${command.name}`, words })),
  ...(command.commands ?? []).flatMap(inCommand),
];

export const shownInHelp = (): Shown[] => commands.flatMap(inCommand);
