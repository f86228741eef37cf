/** The repair of a finding for people: title with its safety, commands set apart. */
import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import type { Finding } from '../checks/run.js';
import { costOf } from '../fixes/cost.js';
import type { Fix } from '../fixes/fix.js';
import { cliWords } from '../fixes/render-cli.js';
import { alternativesOf } from '../repair/alternatives.js';
import type { ShellCommand } from '../text/shell.js';
import { inShell, type Shell } from '../text/shells.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { commandLine } from './command-line.js';
import { inAccount } from './in-account.js';
import { ownerTemplate } from './plan-formats/owner-template.js';
import { ownership } from './ownership.js';
import type { Mentions } from './resource-mentions.js';

/** With a repair plan: its commands have the options that lead to the account. */
interface RepairStyle {
  colour: ChalkInstance;
  columns: number;
  region: string;
  profile?: string | undefined;
  /** The shell for printed commands. */
  shell?: Shell | undefined;
}

export interface FixStyle extends RepairStyle {
  /** Options of the user that lead another command of this program to the same account. */
  source: readonly string[];
}

/** Commands of this program that show and carry out the repair of one mapping. */
export interface RepairCommands {
  fix: ShellCommand;
  plan: ShellCommand;
  /** Takes the option of the plan's choice, counting from 1. */
  choose: (option: number) => ShellCommand;
  /** Also changes what a template owns. */
  changeOwned: ShellCommand;
  /** The statements that the execution role needs, for a template. */
  policy: (tool: 'cloudformation' | 'terraform') => ShellCommand;
  /** Options that lead another command of this program to the same account. */
  source: readonly string[];
}

/** `care` and `risky` are names of the JSON document; for people: what to do before, and what is affected. */
const safetyLabels: Record<Fix['safety'], string> = {
  safe: 'safe',
  care: 'review first',
  risky: 'affects other resources',
  'by-hand': 'manual',
};

/** The label of a fix. A filter or destination of the mapping itself is risky too, but no other resource is affected. */
export const safetyLabel = ({ safety, changes }: Pick<Fix, 'safety' | 'changes'>): string =>
  safety === 'risky' && changes.every(({ operation }) => operation === 'UpdateEventSourceMapping')
    ? 'affects record delivery'
    : safetyLabels[safety];

/** AWS CLI commands are shown without `--verbose` if there is one, and it is at most this long. */
const shortCommand = 300;

/**
 * Every fix as title, label and AWS CLI commands: for commands that have no repair plan, such as `create`. `index`: more
 * than 0 for an alternative.
 */
export function fixLines(fix: Fix, index: number, mentions: Mentions, style: FixStyle): string[] {
  const { colour, columns } = style;
  const label = fix.safety === 'safe' ? '' : ` (${safetyLabel(fix)})`;
  const head = `${index === 0 ? 'Fix' : 'Or'}${label}: ${mentions.sentence(fix.title)}`;
  return [
    wrap(colour.green(head), { columns, indent: 2, hang: 5 }),
    ...awsCommands(fix, style),
    ...manualLines(fix, style),
  ];
}

const awsCommands = ({ changes }: Fix, style: RepairStyle, indent = 4): string[] =>
  changes.map((change) => commandLine(cliWords(change, style), style, indent));

/** What to run or to add that is not an AWS call. */
const manualLines = ({ commands = [], statements = [] }: Fix, { shell, region, profile, source }: FixStyle): string[] =>
  [...commands.map((line) => inShell(inAccount(line, { region, profile, source }), shell)), ...statements].map(
    (line) => `    ${visible(line)}`,
  );

/** The repair of a cause: one fix, or several to choose from. */
export function repairLines(
  finding: Pick<Finding, 'check' | 'status' | 'fixes'>,
  mentions: Mentions,
  style: RepairStyle & { verbose: boolean; repair: RepairCommands | null },
): string[] {
  const { colour, columns, region, repair, verbose, shell } = style;
  const { fixes } = finding;
  if (fixes.length === 0) return [];
  const isChoice = fixes.length > 1;
  const options = planOptions(finding);
  const command = (line: string): string => `${' '.repeat(commandIndent)}${visible(line)}`;
  const printed = (line: ShellCommand): string => command(inShell(line, shell));
  const manual = (line: ShellCommand): string =>
    printed(inAccount(line, { region, profile: style.profile, source: repair?.source ?? [] }));
  const lines = fixes.flatMap((fix, index) => {
    const { title, label } = costApart(fix);
    const option = options.indexOf(fix);
    const owned = repair === null ? [] : ownerLines(fix, mentions, repair, style);
    const isOwned = owned.length > 0;
    return [
      titleLine(isChoice ? `${index + 1}  ` : `${colour.green('Repair:')} `, mentions.sentence(title), label, {
        columns,
        indent: isChoice ? 4 : 2,
      }),
      ...owned,
      ...(index === 0 && fix.changes.length > 0 && repair !== null && !isOwned ? [printed(repair.fix)] : []),
      ...(index > 0 && option > 0 && fix.changes.length > 0 && repair !== null
        ? [printed(repair.choose(option + 1))]
        : []),
      ...(verbose || repair === null || isShort(fix, style) ? awsCommands(fix, style, commandIndent) : []),
      ...(fix.commands ?? []).map(manual),
      ...(fix.statements ?? []).map(command),
    ];
  });
  const hasCalls = fixes.some(({ changes }) => changes.length > 0);
  return [
    ...(isChoice ? [`  ${colour.green('Repair')} (choose one)`] : []),
    ...lines,
    ...(hasCalls && repair !== null ? ['  Preview of all steps (changes nothing):', printed(repair.plan)] : []),
  ];
}

/** The options between which the repair plan lets a user choose, in its order; a warning is not part of the plan. */
const planOptions = (finding: Pick<Finding, 'check' | 'status' | 'fixes'>): readonly Fix[] => {
  const options = finding.status === 'fail' ? alternativesOf(finding) : [];
  return options.length > 1 ? options : [];
};

const priceInTitle = / \((billed [^()]*)\)$/;

/** The title without the price, and a label with safety and price. */
function costApart(fix: Fix): { title: string; label: string } {
  const price = priceInTitle.exec(fix.title)?.[1] ?? (/billed/.test(fix.title) ? '' : prices[costOf(fix)]);
  return {
    title: fix.title.replace(priceInTitle, ''),
    label: [...(price === '' ? [] : [price]), safetyLabel(fix)].join(', '),
  };
}

const prices = { free: '', data: 'billed per GB', hour: 'billed per hour' } as const;

/** More lines of a template are in the preview. */
const mostTemplateLines = 24;

/** Where a template owns what the fix changes: whose it is, and what to add there. */
function ownerLines(fix: Fix, mentions: Mentions, repair: RepairCommands, { columns, shell }: RepairStyle): string[] {
  const owned = fix.changes.flatMap((change) => {
    const owner = mentions.ownerOf(change);
    return owner === null ? [] : [{ change, owner, resource: mentions.changed(change) }];
  });
  const [first] = owned;
  if (first === undefined) return [];
  const tool = first.owner.tool === 'terraform' ? 'terraform' : 'cloudformation';
  const sentences = owned.map(({ resource, owner }) => `${resource} ${ownership(owner)}`);
  const indent = commandIndent;
  const text = (line: string) => wrap(visible(line), { columns, indent, hang: 2 });
  const lines = owned.flatMap(({ change, owner }) => ownerTemplate({ ...change, owner }));
  // The statement of one cause is a part of the role's; `policy` prints all.
  const isRole = fix.changes.every(({ service }) => service === 'iam');
  return [
    ...[...new Set(sentences)].map(text),
    ...(isRole
      ? [`${' '.repeat(indent)}${inShell(repair.policy(tool), shell)}`]
      : lines.length <= mostTemplateLines
        ? lines.map((line) => `${' '.repeat(indent + 2)}${visible(line)}`.trimEnd())
        : []),
    text('Direct change, which the next deployment may revert:'),
    `${' '.repeat(indent)}${inShell(repair.changeOwned, shell)}`,
  ];
}

const commandIndent = 7;

function isShort({ changes }: Fix, { region, profile }: RepairStyle): boolean {
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
