/** What in the Markdown pages of `pages` follows from the code, between marks; the rest of the text is written by hand. */
import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import stringWidth from 'string-width';
import { templateChecks } from '../src/catalogue/template-checks.js';
import { checks as accountChecks } from '../src/checks/index.js';
import { commands } from '../src/cli/commands/index.js';
import { layers } from './layers.js';
import type { AnyCommand } from '../src/cli/define-command.js';
import { exitCodeMeanings } from '../src/cli/exit-codes.js';
import { createIo } from '../src/cli/io.js';
import { main } from '../src/cli/main.js';

/** What a command prints to a pipe of 100 columns. */
async function printed(words: readonly string[]): Promise<string> {
  let text = '';
  const stdout = { write: (part: string) => (text += part), columns: 100 };
  await main(
    words,
    createIo({
      stdout,
      stderr: { write: () => true },
      stdin: new PassThrough(),
      env: {},
      signal: new AbortController().signal,
    }),
  );
  return text.trimEnd();
}

const escaped = (cell: string): string => cell.replaceAll('|', '\\|');
/** A Markdown table, its columns padded as the formatter pads them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(escaped));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => stringWidth(row[column] ?? ''))));
  const line = (row: readonly string[], filler = ' '): string =>
    `| ${row.map((cell, column) => cell + filler.repeat(widths[column]! - stringWidth(cell))).join(' | ')} |`;
  const [first, ...others] = cells;
  return [
    line(first!),
    line(
      head.map(() => ''),
      '-',
    ),
    ...others.map((row) => line(row)),
  ].join('\n');
}

/** A command and those below it, each in a line. */
const rowsOf = ({ name, summary, load, commands: children = [] }: AnyCommand, before = ''): string[][] => [
  ...(load === undefined && children.length > 0 ? [] : [[`\`${before}${name}\``, summary]]),
  ...children.flatMap((child) => rowsOf(child, `${before}${name} `)),
];

const checks = [...accountChecks, ...templateChecks];
const families = [...new Set(checks.map(({ id }) => id.split('.')[0]!))];

/** What the README tells of bench/RESULTS.md: a row by how it begins, and a row below it. */
const describedFiles: readonly (readonly [string, string])[] = [
  ['`--help`', ''],
  ['`doctor`, IAM, interface', ''],
  ['`doctor`, IAM, interface', '– at 50 ms'],
  ['`doctor`, IAM, interface', '– the same by the AWS CLI'],
  ['`doctor --all`', ''],
  ['`doctor --all`', '– time'],
  ['`doctor --all`', '– memory'],
  ['judging', ''],
  ['judging', '– of 1,000'],
  ['judging', '– of 10,000'],
];

function figures(): string {
  const rows = readFileSync(new URL('../bench/RESULTS.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  const chosen = describedFiles.flatMap(([parent, below]) => {
    const from = rows.findIndex(([name = '']) => name.startsWith(parent));
    const to = below === '' ? from : rows.findIndex(([name = ''], index) => index > from && name.startsWith(below));
    return from < 0 || to < 0 ? [] : [rows[to]!];
  });
  return table(['What', 'Figure', 'Target'], chosen);
}

/** Pages with generated blocks. */
export const pages = ['README.md', 'docs/README.md', 'docs/architecture.md'] as const;

/** By the name of the mark. */
const blocks: Record<string, () => Promise<string> | string> = {
  diagnosis: async () => `\`\`\`text\n${await printed(['doctor', '--sandbox'])}\n\`\`\``,
  commands: () =>
    table(
      ['Command', 'What it does'],
      commands.flatMap((command) => rowsOf(command)),
    ),
  'exit-codes': () =>
    table(
      ['Code', 'Meaning'],
      exitCodeMeanings.map(([code, says]) => [String(code), says]),
    ),
  figures,
  layers: () =>
    table(
      ['Layer', 'Holds', 'May import'],
      layers.map(({ name, holds, imports }) => [
        `\`${name}\``,
        holds,
        imports.map((other) => `\`${other}\``).join(', ') || '–',
      ]),
    ),
  checks: () =>
    families
      .map(
        (family) =>
          `### ${family}\n\n${table(
            ['Check', 'What it finds'],
            checks
              .filter(({ id }) => id.startsWith(`${family}.`))
              .map(({ id, title }) => [`[${id}](checks/${id}.md)`, title]),
          )}`,
      )
      .join('\n\n'),
};

/** The text with every marked block made anew. */
export async function fillBlocks(text: string): Promise<string> {
  let filled = text;
  for (const [name, make] of Object.entries(blocks)) {
    const [begin, end] = [`<!-- begin ${name}: npm run generate -->`, `<!-- end ${name} -->`];
    const [from, to] = [filled.indexOf(begin), filled.indexOf(end)];
    if (from >= 0 && to > from)
      filled = `${filled.slice(0, from + begin.length)}\n\n${await make()}\n\n${filled.slice(to)}`;
  }
  return filled;
}
