/** The repair of a finding for people: title with its safety, commands set apart. */
import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import type { Fix } from '../fixes/fix.js';
import { cliWords } from '../fixes/render-cli.js';
import type { ShellCommand } from '../text/shell.js';
import { inShell, type Shell } from '../text/shells.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { commandLine } from './command-line.js';
import type { Mentions } from './resource-mentions.js';

export interface FixStyle {
  colour: ChalkInstance;
  columns: number;
  region: string;
  profile?: string | undefined;
  /** The shell for printed commands. */
  shell?: Shell | undefined;
}

/** Commands of this program that show and carry out the repair of one mapping. */
export interface RepairCommands {
  fix: ShellCommand;
  plan: ShellCommand;
  /** Options that lead another command of this program to the same account, with a space before them; or empty. */
  source: string;
}

/** `care` and `risky` are names of the JSON document; for people: what to do before, and what is affected. */
export const safetyLabels: Record<Fix['safety'], string> = {
  safe: 'safe',
  care: 'review first',
  risky: 'affects other resources',
  'by-hand': 'manual',
};

/** AWS CLI commands are shown without `--verbose` if there is one, and it is at most this long. */
const shortCommand = 300;

/**
 * Every fix as title, label and AWS CLI commands: for commands that have no repair plan, such as `create`. `index`: more
 * than 0 for an alternative.
 */
export function fixLines(fix: Fix, index: number, mentions: Mentions, style: FixStyle): string[] {
  const { colour, columns } = style;
  const label = fix.safety === 'safe' ? '' : ` (${safetyLabels[fix.safety]})`;
  const head = `${index === 0 ? 'Fix' : 'Or'}${label}: ${mentions.sentence(fix.title)}`;
  return [
    wrap(colour.green(head), { columns, indent: 2, hang: 5 }),
    ...awsCommands(fix, style),
    ...manualLines(fix, style),
  ];
}

const awsCommands = ({ changes }: Fix, style: FixStyle, indent = 4): string[] =>
  changes.map((change) => commandLine(cliWords(change, style), style, indent));

/** What to run or to add that is not an AWS call. */
const manualLines = ({ commands = [], statements = [] }: Fix, { shell }: FixStyle): string[] =>
  [...commands.map((line) => inShell(line, shell)), ...statements].map((line) => `    ${visible(line)}`);

/** The repair of a cause: one fix, or several to choose from. */
export function repairLines(
  fixes: readonly Fix[],
  mentions: Mentions,
  style: FixStyle & { verbose: boolean; repair: RepairCommands | null },
): string[] {
  const { colour, columns, repair, verbose } = style;
  if (fixes.length === 0) return [];
  const isChoice = fixes.length > 1;
  const here = (line: ShellCommand): string =>
    inShell((line.startsWith('msk-lambda ') ? `${line}${repair?.source ?? ''}` : line) as ShellCommand, style.shell);
  const command = (line: string): string => `${' '.repeat(commandIndent)}${visible(line)}`;
  const lines = fixes.flatMap((fix, index) => [
    titleLine(
      isChoice ? `${index + 1}  ` : `${colour.green('Repair:')} `,
      mentions.sentence(fix.title),
      safetyLabels[fix.safety],
      { columns, indent: isChoice ? 4 : 2 },
    ),
    ...(index === 0 && fix.changes.length > 0 && repair !== null ? [command(inShell(repair.fix, style.shell))] : []),
    ...(verbose || repair === null || isShort(fix, style) ? awsCommands(fix, style, commandIndent) : []),
    ...(fix.commands ?? []).map((line) => command(here(line))),
    ...(fix.statements ?? []).map(command),
  ]);
  const hasCalls = fixes.some(({ changes }) => changes.length > 0);
  return [
    ...(isChoice ? [`  ${colour.green('Repair')} (choose one)`] : []),
    ...lines,
    ...(hasCalls && repair !== null
      ? ['  All steps, nothing is changed:', command(inShell(repair.plan, style.shell))]
      : []),
  ];
}

const commandIndent = 7;

function isShort({ changes }: Fix, { region, profile }: FixStyle): boolean {
  if (changes.length !== 1) return false;
  return cliWords(changes[0]!, { region, profile }).join(' ').length <= shortCommand;
}

/** The label at the right edge, or after the title where the line is too long for both. */
function titleLine(
  head: string,
  title: string,
  label: string,
  { columns, indent }: { columns: number; indent: number },
): string {
  const width = indent + stringWidth(head) + stringWidth(title);
  const free = columns - width - stringWidth(label);
  return free >= 2
    ? `${' '.repeat(indent)}${head}${title}${' '.repeat(free)}${label}`
    : wrap(`${head}${title} (${label})`, { columns, indent, hang: 3 });
}
