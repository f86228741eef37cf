/** The man page of a command with its subcommands: `msk-lambda-doctor(1)`. A pure function, so that a test can hold the files to it. */
import type { Argument } from 'commander';
import type { AnyCommand } from '../../src/cli/define-command.js';
import { exitCodeMeanings } from '../../src/cli/exit-codes.js';
import { tool } from '../../src/cli/version.js';
import { headingOf, optionEntry } from './options.js';
import { capitalized, dated, entry, escape, example, filled, paragraphs, section, title } from './roff.js';

const usage = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
};

const synopsis = (path: string, { arguments: words = [] }: AnyCommand): string[] => [
  `.B ${escape(path)}`,
  escape([...words.map(usage), '[option...]'].join(' ')),
];

const descriptionOf = ({ description, summary }: AnyCommand): string => description ?? `${capitalized(summary)}.`;

/** Arguments, options under their headings of `--help`, and examples. */
function body(definition: AnyCommand, heading: (name: string) => string): string[] {
  const { arguments: words = [], options = [], examples = [] } = definition;
  const visible = options.filter(({ hidden }) => !hidden);
  const headings = [...new Set(visible.map(headingOf))];
  return [
    ...(words.length === 0
      ? []
      : [heading('Arguments'), ...words.flatMap((word) => entry(usage(word), word.description))]),
    ...headings.flatMap((name) => [
      heading(name === undefined ? 'Options' : name === 'Options:' ? 'Options' : `${name.replace(':', '')} options`),
      ...visible.filter((option) => headingOf(option) === name).flatMap(optionEntry),
    ]),
    ...(examples.length === 0 ? [] : [heading('Examples')]),
    ...examples.flatMap(({ command: line, does }, index) => [
      ...(index === 0 ? [] : ['.PP']),
      filled(`${capitalized(does)}:`),
      ...example([`$ ${line}`]),
    ]),
  ];
}

const asSection = (name: string): string =>
  section(name.includes(' ') ? `"${name.toUpperCase()}"` : name.toUpperCase());
const asSubsection = (name: string): string => `.SS "${name}"`;

export function commandPage(definition: AnyCommand): string {
  const { name, summary, load, commands: children = [] } = definition;
  const path = `${tool.name} ${name}`;
  return [
    title(`${tool.name}-${name}`, dated, `${tool.name} ${tool.version}`),
    section('NAME'),
    `${escape(`${tool.name}-${name}`)} \\-`,
    filled(summary),
    section('SYNOPSIS'),
    ...(load === undefined ? [] : synopsis(path, definition)),
    ...children.flatMap((child, index) => [
      ...(index === 0 && load === undefined ? [] : ['.br']),
      ...synopsis(`${path} ${child.name}`, child),
    ]),
    section('DESCRIPTION'),
    ...paragraphs(descriptionOf(definition)),
    ...(load === undefined && children.length > 0 ? [] : body(definition, asSection)),
    ...children.flatMap((child) => [
      section(`"${path} ${child.name}"`.toUpperCase()),
      ...paragraphs(descriptionOf(child)),
      ...body(child, asSubsection),
    ]),
    section('"EXIT STATUS"'),
    ...exitCodeMeanings.flatMap(([code, says]) => entry(String(code), says)),
    section('"SEE ALSO"'),
    `.BR ${escape(tool.name)} (1)`,
    '',
  ].join('\n');
}
