/** The diagnosis of one mapping for people: the cause in the first line, then the proof, the repair, and the rest. */
import { clusterNameOf } from '../aws/event-source.js';
import { qualifiedNameOf } from '../aws/function-arn.js';
import { withoutProblem } from '../catalogue/text-state.js';
import type { ChalkInstance } from 'chalk';
import type { Diagnosis, MappingDiagnosis, Verdict } from '../diagnosis/diagnosis.js';
import type { Finding } from '../checks/run.js';
import { shell, type ShellCommand } from '../text/shell.js';
import { inShell, type Shell } from '../text/shells.js';
import { symbols } from '../text/symbols.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { couldNotCheck, hiddenCause } from './doctor-undecided-text.js';
import { evidenceLines } from './evidence-lines.js';
import { repairLines, safetyLabels, type RepairCommands } from './fix-lines.js';
import { Mentions } from './resource-mentions.js';

export interface MappingStyle {
  colour: ChalkInstance;
  columns: number;
  /** `--verbose`: every check with its reason, every finding with its evidence, every AWS CLI command. */
  verbose: boolean;
  /** The user's profile, which a printed AWS CLI command needs too. */
  profile?: string | undefined;
  /** The shell for printed commands. */
  shell?: Shell | undefined;
  /** Commands that repair a mapping, by its UUID; null where this program does not carry repairs out. */
  repairOf: (uuid: string) => RepairCommands | null;
  /** The command that prints the permissions that the user's credentials lack for a mapping. */
  missingPolicyOf: (uuid: string) => ShellCommand;
}

const signs: Record<Verdict, { sign: string; paint: 'red' | 'yellow' | 'green' }> = {
  broken: { sign: symbols.failed, paint: 'red' },
  unknown: { sign: symbols.unknown, paint: 'yellow' },
  disabled: { sign: symbols.off, paint: 'yellow' },
  'at-risk': { sign: symbols.warning, paint: 'yellow' },
  healthy: { sign: symbols.passed, paint: 'green' },
};

/** The sign of a verdict in its colour. */
export const signOf = (verdict: Verdict, colour: ChalkInstance): string =>
  colour[signs[verdict].paint](signs[verdict].sign);

/** `order-handler`, with its alias or version. */
export const functionOf = ({ functionArn }: Pick<MappingDiagnosis, 'functionArn'>): string =>
  visible(qualifiedNameOf(functionArn) ?? 'a function that could not be read');

export const clusterOf = ({ eventSourceArn }: Pick<MappingDiagnosis, 'eventSourceArn'>): string =>
  visible(clusterNameOf(eventSourceArn) ?? 'a cluster that could not be read');

/** The answer in a few words: the first cause, or what the verdict means. */
export function answerOf(mapping: MappingDiagnosis, { names, scope }: Pick<Diagnosis, 'names' | 'scope'>): string {
  const { verdict, observed, findings, causes } = mapping;
  const title = (finding: Finding | undefined) =>
    finding === undefined ? null : inSentence(new Mentions(names, mapping.uuid).title(finding.title));
  if (verdict === 'disabled') return 'disabled by a user; no check fails';
  const cause = title(findings.find(({ check }) => check === causes[0]?.check));
  if (cause !== null) return cause;
  const state = observed.state === null ? 'in an unknown state' : observed.state.toLowerCase();
  switch (verdict) {
    case 'healthy':
      if (observed.state !== 'Enabled') return `${state}; no check fails`;
      return `${scope === null ? 'works' : 'none of the checks that ran fails'}. Last result: ${visible(observed.lastProcessingResult ?? 'none')}`;
    case 'at-risk':
      return `works. Warning: ${title(firstWarning(findings)) ?? 'see below'}`;
    case 'broken':
      return observed.error === null ? `${state}: it does not poll` : 'Lambda reports an error that no check explains';
    case 'unknown':
      return findings.some(({ unread = [] }) => unread.some(({ outcome }) => outcome === 'denied'))
        ? 'missing permissions hide the cause'
        : 'reads that failed hide the cause';
  }
}

/** The warning that makes a working mapping `at-risk`. */
const firstWarning = (findings: readonly Finding[]): Finding | undefined =>
  findings.find(({ status, severity }) => status === 'warn' && severity !== 'info');

/** A title after a colon: small, unless it begins with a name. */
const inSentence = (title: string): string =>
  /^(?:The|A|An|No|Few|It|Its|All|Some|Only|Each|This|There|Subnets?|Security|Private|Records?|Routes?|Network|Topics?|Secrets?|Mappings?|Function|Execution|Deliver\w*|Calls?)\b/.test(
    title,
  )
    ? title.charAt(0).toLowerCase() + title.slice(1)
    : title;

/** `also`: other mappings with the same cause. */
export function headLine(
  mapping: MappingDiagnosis,
  diagnosis: Pick<Diagnosis, 'names' | 'scope'>,
  { colour, columns }: Pick<MappingStyle, 'colour' | 'columns'>,
  also = '',
): string {
  const { verdict, topic } = mapping;
  const source = topic === null ? '' : ` ← ${visible(topic)}`;
  return wrap(
    `${signOf(verdict, colour)} ${colour.bold(`${functionOf(mapping)}${source}`)}: ${answerOf(mapping, diagnosis)}${also === '' ? '' : colour.dim(` (${also})`)}`,
    { columns, hang: 2 },
  );
}

export function renderMapping(
  mapping: MappingDiagnosis,
  diagnosis: Diagnosis,
  style: MappingStyle,
  also: readonly string[] = ['', ''],
): string {
  const { columns } = style;
  const mentions = new Mentions(diagnosis.names, mapping.uuid);
  const byCheck = new Map(mapping.findings.map((finding) => [finding.check, finding]));
  const causes = mapping.causes.flatMap((cause) => byCheck.get(cause.check) ?? []);
  const [first = mapping.verdict === 'at-risk' ? firstWarning(mapping.findings) : undefined, ...others] = causes;
  const warnings = [
    ...others.filter(({ status }) => status === 'warn'),
    ...mapping.findings.filter(
      (finding) => finding.status === 'warn' && finding !== first && !causes.includes(finding),
    ),
  ];
  const undecided = mapping.findings.filter(({ status }) => status === 'unknown');
  // `--fix` repairs all causes at once, unless the first has to be repaired by hand.
  const hasCalls = (finding: Finding | undefined) => (finding?.fixes[0]?.changes.length ?? 0) > 0;
  const isInPlan = (finding: Finding) => finding.status === 'fail' && hasCalls(first) && hasCalls(finding);
  const isHidden = mapping.verdict === 'unknown';
  const ask = { columns, missingPolicy: inShell(style.missingPolicyOf(mapping.uuid), style.shell) };
  const blocks = [
    [headLine(mapping, diagnosis, style, also[0])],
    [...reported(mapping, style), ...(also[1] === undefined || also[1] === '' ? [] : [also[1]])],
    ...(first === undefined ? [] : causeBlocks(first, mapping, mentions, { ...style, region: diagnosis.region })),
    otherLines('Also failing, repaired by the same command', others.filter(isInPlan), mapping, mentions, style, true),
    otherLines(
      'Also failing',
      others.filter((finding) => finding.status === 'fail' && !isInPlan(finding)),
      mapping,
      mentions,
      style,
    ),
    isHidden ? hiddenCause(mapping, undecided, diagnosis, ask) : [],
    warningLines(warnings, mentions, style),
    mapping.hints.map((hint) => wrap(`Note: ${mentions.sentence(hint)}`, { columns, indent: 2, hang: 2 })),
    style.verbose ? everyCheck(mapping.findings, style) : [],
    [
      counts(mapping.findings, first, columns),
      ...(isHidden || undecided.length === 0 ? [] : couldNotCheck(undecided, diagnosis.reads, ask)),
      ...scopeLine(diagnosis.scope, columns),
    ],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** What Lambda shows: the state, unless it is Enabled, and the last result; then which mapping it is. */
function reported(mapping: MappingDiagnosis, { colour, columns }: MappingStyle): string[] {
  const { state, stateTransitionReason: reason, lastProcessingResult: result } = mapping.observed;
  const isByUser = /^user[ _](action|initiated)/i.test(reason ?? '');
  const stateText =
    state === null || state === 'Enabled'
      ? []
      : [`${state}${isByUser ? ' by a user' : reason === null ? '' : ` (${visible(reason)})`}.`];
  const text = withoutProblem(visible(result ?? ''));
  const resultText = text === '' ? [] : [stateText.length === 0 ? text : `Last result: ${text}`];
  // A working mapping has its last result in the first line.
  const lines = mapping.verdict === 'healthy' && stateText.length === 0 ? '' : [...stateText, ...resultText].join(' ');
  const cluster = mapping.eventSourceArn === null ? '' : ` on ${clusterOf(mapping)}`;
  return [
    ...(lines === '' ? [] : [wrap(`Lambda reports: ${lines}`, { columns, indent: 2, hang: 2 })]),
    colour.dim(wrap(`Mapping ${visible(mapping.uuid)}${cluster}`, { columns, indent: 2, hang: 2 })),
  ];
}

/** Why it stops the trigger, the evidence, the repair, and the consequences. */
function causeBlocks(
  cause: Finding,
  mapping: MappingDiagnosis,
  mentions: Mentions,
  style: MappingStyle & { region: string },
): string[][] {
  const { colour, columns } = style;
  const because = mapping.verdict === 'disabled' ? '' : (mapping.causes[0]?.because ?? '');
  const why =
    because === '' ? [] : [`${because.charAt(0).toUpperCase()}${because.slice(1)}${/[.!?]$/.test(because) ? '' : '.'}`];
  return [
    [
      ...why.map((text) => wrap(`${colour.bold('Why:')} ${mentions.sentence(text)}`, { columns, indent: 2, hang: 5 })),
      // That a user disabled the mapping is what Lambda reports, above.
      ...(mapping.verdict === 'disabled' ? [] : evidenceLines(cause, mentions, { columns, indent: 4 })),
    ],
    repairLines(cause.fixes, mentions, { ...style, repair: style.repairOf(mapping.uuid) }),
    consequenceLines(cause, mapping.findings, mentions, style),
  ];
}

/** Findings that the repair of a cause resolves, then those that can be judged only after it. Neither has a fix. */
function consequenceLines(
  { check }: Finding,
  findings: readonly Finding[],
  mentions: Mentions,
  { colour, columns }: MappingStyle,
): string[] {
  const list = (heading: string, isResolved: boolean) => {
    const lines = findings.flatMap(({ check: other, consequence }) =>
      consequence?.of === check && consequence.isResolved === isResolved && consequence.title !== null
        ? [
            wrap(`- ${mentions.title(consequence.title)} ${colour.dim(`(${other})`)}`, {
              columns,
              indent: 4,
              hang: 2,
            }),
          ]
        : [],
    );
    return lines.length === 0 ? [] : [`  ${heading}`, ...lines];
  };
  return [...list('Resolved by this repair:', true), ...list('Check again after this repair:', false)];
}

/** Other failures: a line each, with the repair where `isRepaired` is false; with `--verbose` also the evidence. */
function otherLines(
  heading: string,
  findings: readonly Finding[],
  mapping: MappingDiagnosis,
  mentions: Mentions,
  style: MappingStyle,
  isRepaired = false,
): string[] {
  const { colour, columns, verbose } = style;
  if (findings.length === 0) return [];
  return [
    `  ${colour.bold(heading)}`,
    ...findings.flatMap((finding) => [
      wrap(`- ${mentions.title(finding.title)} ${colour.dim(`(${finding.check})`)}`, { columns, indent: 2, hang: 2 }),
      ...(verbose ? evidenceLines(finding, mentions, { columns, indent: 4 }) : []),
      ...(isRepaired ? [] : finding.fixes.slice(0, 1)).map((fix) =>
        wrap(`Repair: ${mentions.sentence(fix.title)} (${safetyLabels[fix.safety]})`, {
          columns,
          indent: 4,
          hang: 2,
        }),
      ),
      ...consequenceLines(finding, mapping.findings, mentions, style),
    ]),
  ];
}

function warningLines(
  findings: readonly Finding[],
  mentions: Mentions,
  { colour, columns, verbose }: MappingStyle,
): string[] {
  return findings.flatMap((finding) => [
    wrap(
      `${finding.severity === 'info' ? 'Note' : 'Warning'}: ${mentions.title(finding.title)} ${colour.dim(`(${finding.check})`)}`,
      { columns, indent: 2, hang: 2 },
    ),
    ...(verbose ? evidenceLines(finding, mentions, { columns, indent: 4 }) : []),
  ]);
}

const everyCheck = (findings: readonly Finding[], { colour, columns }: MappingStyle): string[] => [
  `  ${colour.bold('Every check')}`,
  ...findings.map(({ check, status, title, evidence }) =>
    wrap(
      `${status.padEnd(7)} ${check}${status === 'pass' ? '' : `: ${visible(title)}${status === 'unknown' ? evidence.map(({ resource, fact }) => `; ${visible(resource)} ${visible(fact)}`).join('') : ''}`}`,
      { columns, indent: 2, hang: 8 },
    ),
  ),
];

function counts(findings: readonly Finding[], cause: Finding | undefined, columns: number): string {
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  const passed = count('pass');
  return wrap(
    `${passed} ${passed === 1 ? 'check' : 'checks'} passed (${count('skip')} not applicable).${cause === undefined ? '' : ` Details: ${shell`msk-lambda explain ${cause.check}`}`}`,
    { columns, indent: 2 },
  );
}

/** With `--check` or `--skip`: the checks that ran, or the ones left out if these are fewer. */
function scopeLine(scope: Diagnosis['scope'], columns: number): string[] {
  if (scope === null) return [];
  const { run, leftOut } = scope;
  const text =
    run.length <= leftOut.length
      ? `Only these checks ran: ${run.join(', ')}. ${leftOut.length} were left out (--check, --skip).`
      : `These checks were left out (--check, --skip): ${leftOut.join(', ')}.`;
  return [wrap(text, { columns, indent: 2 })];
}
