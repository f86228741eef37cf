/** A repair plan for people: its steps, choices, manual steps, and what the simulation says. */
import type { ChalkInstance } from 'chalk';
import { setsPollers } from '../fixes/cost.js';
import { cliWords } from '../fixes/render-cli.js';
import { undoOf, type WithheldStep } from '../plan/repair.js';
import type { ManualStep, RepairChoice, RepairPlan, RepairStep, SimulatedResult } from '../repair/repair-plan.js';
import type { Owner } from '../snapshot/owner-of-tags.js';
import { noNames, type ResourceNames } from '../snapshot/resource-names.js';
import { ownership } from './ownership.js';
import { ownerTemplate } from './plan-formats/owner-template.js';
import { inShell, type Shell } from '../text/shells.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { commandLine } from './command-line.js';
import { safetyLabel } from './fix-lines.js';
import { Mentions } from './resource-mentions.js';
import { stepTitle } from './step-title.js';

export interface RepairPlanStyle {
  colour: ChalkInstance;
  columns: number;
  region: string;
  profile?: string | undefined;
  /** The shell for printed commands. */
  shell?: Shell | undefined;
  /** With the call of each step as an AWS CLI command. */
  showCalls?: boolean;
  /** “order-handler ← orders” for a UUID. */
  mappingName?: (uuid: string) => string;
  /** Steps that need a flag or an answer before they are made. */
  withheld?: readonly WithheldStep[];
  /** The simulation of the steps that are made, where others are withheld. */
  simulated?: SimulatedResult;
  names?: ResourceNames;
}

const indent = 5;

/** Ends without a newline. */
export function renderRepairPlan(plan: RepairPlan, style: RepairPlanStyle): string {
  const chosen = plan.steps.filter(({ isChosen }) => isChosen);
  if (chosen.length === 0 && plan.byHand.length === 0 && plan.accepted.length > 0)
    return wrap(
      `Repair plan: no step. The configuration file accepts ${[...new Set(plan.accepted.map(({ finding: { check } }) => check))].join(', ')}, and accepted findings are not repaired.`,
      { columns: style.columns, hang: 2 },
    );
  if (chosen.length === 0 && plan.byHand.length === 0)
    return plan.simulated.verdict === 'broken' || plan.simulated.verdict === 'unknown'
      ? 'Repair plan: no step. No cause was found that a plan can repair.'
      : 'Repair plan: nothing to repair.';
  const mentions = new Mentions(style.names ?? noNames);
  return [
    style.colour.bold(wrap(heading(plan, chosen.length, style), { columns: style.columns, hang: 2 })),
    ...chosen.map((step, index) => renderStep(step, index + 1, chosen, { ...style, mentions })),
    ...(plan.choices.length === 0 ? [] : [renderChoices(plan.choices, style)]),
    ...(plan.byHand.length === 0 ? [] : [renderManual(plan.byHand, style)]),
    wrap(lastSentence(plan, style), { columns: style.columns }),
  ].join('\n\n');
}

function heading({ steps, byHand }: RepairPlan, chosen: number, { mappingName }: RepairPlanStyle): string {
  const parts = [
    ...(chosen === 0 ? [] : [counted(chosen, 'step')]),
    ...(byHand.length === 0 ? [] : [counted(byHand.length, 'manual step')]),
  ];
  const mappings = mappingsOf([...steps, ...byHand]);
  const subject =
    mappingName === undefined || mappings.length === 0
      ? ''
      : ` for ${mappings.length === 1 ? visible(mappingName(mappings[0]!)) : counted(mappings.length, 'mapping')}`;
  return `Repair plan${subject}: ${parts.join(', ')}`;
}

const mappingsOf = (items: readonly Pick<RepairStep, 'resolves'>[]): string[] => [
  ...new Set(items.flatMap(({ resolves }) => resolves.map(({ mapping }) => mapping))),
];

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function renderStep(
  step: RepairStep,
  number: number,
  chosen: readonly RepairStep[],
  style: RepairPlanStyle & { mentions: Mentions },
): string {
  const { colour, columns, mentions, withheld = [] } = style;
  const line = (text: string): string => wrap(mentions.sentence(text), { columns, indent, hang: 2 });
  const why = withheld.find((candidate) => candidate.step.id === step.id);
  // Steps for the same fault follow one another: it is said once.
  const before = chosen[number - 2];
  const resolves = (item: RepairStep): string =>
    resolvesLines(item.resolves, mappingsOf(chosen).length > 1 ? style.mappingName : undefined).join('\n');
  return [
    wrap(`${String(number).padStart(3)}  ${colour.bold(mentions.sentence(stepTitle(step)))}`, {
      columns,
      hang: indent,
    }),
    ...(before?.reason === step.reason ? [] : [line(step.reason)]),
    wrap(
      [stepLabel(step, colour), costLabel(step), undoOf(step) === null ? 'cannot be undone' : 'can be undone']
        .filter((part) => part !== '')
        .join(', '),
      { columns, indent, hang: 2 },
    ),
    ...step.dangers.map((danger) => colour.yellow(line(step.safety === 'risky' ? `Danger: ${danger}` : danger))),
    ...(step.owner === null ? [] : [colour.yellow(line(ownerSentence(step.owner)))]),
    ...ownerTemplate(step).map((text) => `       ${visible(text)}`.trimEnd()),
    ...(before !== undefined && resolves(before) === resolves(step)
      ? []
      : resolves(step).split('\n').filter(Boolean).map(line)),
    ...(why === undefined ? [] : [colour.yellow(line(withheldSentence(why, chosen)))]),
    ...(style.showCalls === true ? [commandLine(cliWords(step, style), style)] : []),
  ].join('\n');
}

function stepLabel(step: RepairStep, colour: ChalkInstance): string {
  const label = safetyLabel({ safety: step.safety, changes: [step] });
  return step.safety === 'safe' ? colour.green(label) : step.safety === 'care' ? label : colour.red(label);
}

export function costLabel(step: Pick<RepairStep, 'cost'> & Partial<RepairStep>): string {
  if (step.cost === 'free') return '';
  return step.cost === 'data'
    ? 'billed per GB'
    : setsPollers(step.input ?? {})
      ? 'billed per event poller hour'
      : 'billed per hour';
}

/** “Belongs to stack orders-app: change its template.” */
export function ownerSentence(owner: Owner): string {
  const words = ownership(owner);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** Why a step is not made, and the flag that changes it. */
export function withheldSentence(withheld: WithheldStep, chosen: readonly RepairStep[]): string {
  switch (withheld.why) {
    case 'risky':
      return 'Needs --allow-risky: --yes does not cover this step.';
    case 'owned':
      return 'Needs --change-owned: the next deployment of the owner may revert a direct change.';
    case 'depends':
      return `Depends on step ${chosen.indexOf(withheld.on) + 1}, which is not made.`;
  }
}

/** Grouped by mapping; without the mapping where the plan is for one only. */
function resolvesLines(resolves: RepairStep['resolves'], mappingName: RepairPlanStyle['mappingName']): string[] {
  if (resolves.length === 0) return [];
  const byMapping = new Map<string, string[]>();
  for (const { mapping, check } of resolves) byMapping.set(mapping, [...(byMapping.get(mapping) ?? []), check]);
  if (mappingName === undefined) return [`Resolves ${[...new Set(resolves.map(({ check }) => check))].join(', ')}`];
  const names = new Map<string, string[]>();
  for (const [mapping, checks] of byMapping) {
    const key = checks.join(', ');
    names.set(key, [...(names.get(key) ?? []), mappingName(mapping)]);
  }
  return [...names].map(([checks, mappings]) => `Resolves ${checks} of ${mappings.join(', ')}`);
}

function renderChoices(choices: readonly RepairChoice[], { colour, columns }: RepairPlanStyle): string {
  const several = choices.length > 1;
  return [
    colour.bold(several ? 'Choices' : 'Choice'),
    ...choices.flatMap(({ question, options, chosen }, index) => [
      wrap(`  ${several ? `${index + 1}. ` : ''}${visible(question)}`, { columns, hang: 4 }),
      ...options.map(({ title, cost }, option) => {
        const notes = [/billed/.test(title) ? '' : costLabel({ cost }), option === chosen ? 'chosen' : ''].filter(
          (note) => note !== '',
        );
        const text = `    --choose ${option + 1}  ${visible(title)}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
        return wrap(option === chosen ? colour.bold(text) : text, { columns, hang: 16 });
      }),
    ]),
    ...(several ? [wrap('  Pass one --choose for each choice, in this order.', { columns })] : []),
  ].join('\n');
}

function renderManual(steps: readonly ManualStep[], style: RepairPlanStyle): string {
  const { colour, columns } = style;
  return [
    colour.bold(steps.length === 1 ? 'Manual step' : 'Manual steps'),
    ...steps.map(({ title, command }) =>
      [
        wrap(`  - ${visible(title)}`, { columns, hang: 4 }),
        ...(command === null
          ? []
          : inShell(command, style.shell)
              .split('\n')
              .map((line) => `       ${visible(line)}`)),
      ].join('\n'),
    ),
  ].join('\n');
}

function lastSentence(plan: RepairPlan, { withheld = [], simulated }: RepairPlanStyle): string {
  const hasWithheld = withheld.length > 0 && simulated !== undefined;
  if (!hasWithheld) return simulatedSentence(plan);
  return withheld.length === plan.steps.filter(({ isChosen }) => isChosen).length
    ? 'No step is made: each needs a flag.'
    : resultSentence(simulated, 'the steps that are made');
}

/** What the simulation of the whole plan says. */
function simulatedSentence({ steps, byHand, simulated }: RepairPlan): string {
  const isEmpty = !steps.some(({ isChosen }) => isChosen);
  if (isEmpty) return byHand.length === 0 ? '' : 'No step can be made automatically.';
  return resultSentence(simulated, 'this plan');
}

/** `made`: after what the account is as simulated. */
export function resultSentence({ verdict, failing }: SimulatedResult, made: string): string {
  if (failing.length > 0)
    return `Simulated: after ${made} ${failing.length === 1 ? 'this check still fails' : 'these checks still fail'}: ${failing.join(', ')}.`;
  return verdict === 'unknown'
    ? 'Not simulated completely: a step cannot be simulated, or a check could not be decided.'
    : `Simulated: after ${made} every check passes.`;
}
