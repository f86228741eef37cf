/** The diagnosis of one mapping for people: the cause in the first line, then the proof, the repair, and the rest. */
import { withoutProblem } from '../catalogue/text-state.js';
import type { Diagnosis, MappingDiagnosis } from '../diagnosis/diagnosis.js';
import type { Finding } from '../checks/run.js';
import { shell, type ShellCommand } from '../text/shell.js';
import { inShell, sentenceInShell, type Shell } from '../text/shells.js';
import { visible } from '../text/visible.js';
import { unbroken, wrap } from '../text/wrap.js';
import { awaitsResult, clusterOf, firstWarning, headLine, type HeadStyle } from './doctor-head-line.js';
import { inAccount } from './in-account.js';
import { couldNotCheck, hiddenCause } from './doctor-undecided-text.js';
import { evidenceLines } from './evidence-lines.js';
import { repairLines, safetyLabel, type RepairCommands } from './fix-lines.js';
import { Mentions } from './resource-mentions.js';

export interface MappingStyle extends HeadStyle {
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

/** `also`: other mappings with the same cause. */
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
    // Until Lambda reports a new result, the error is not one that needs an explanation.
    awaitsResult(mapping, style.repaired) ? [] : hintLines(mapping, mentions, style),
    style.verbose ? everyCheck(mapping.findings, style) : [],
    [
      counts(mapping.findings, first, columns),
      ...(isHidden || undecided.length === 0 ? [] : couldNotCheck(undecided, diagnosis.reads, { ...ask, mentions })),
      ...scopeLine(diagnosis.scope, columns),
    ],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** What Lambda shows: the state, unless it is Enabled, and the last result; then which mapping it is. */
function reported(mapping: MappingDiagnosis, { colour, columns, repaired }: MappingStyle): string[] {
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
  const since = awaitsResult(mapping, repaired) ? ' (from before the repair)' : '';
  return [
    ...(lines === '' ? [] : [wrap(`Lambda reports${since}: ${lines}`, { columns, indent: 2, hang: 2 })]),
    colour.dim(wrap(`Mapping ${visible(mapping.uuid)}${cluster}`, { columns, indent: 2, hang: 2 })),
  ];
}

/** Notes, with commands that lead to the same account; a command at the end has a line of its own. */
function hintLines({ uuid, hints }: MappingDiagnosis, mentions: Mentions, style: MappingStyle): string[] {
  const { columns, repairOf } = style;
  const source = repairOf(uuid)?.source ?? [];
  const inThisAccount = (command: string): string =>
    inShell(inAccount(command as ShellCommand, { region: '', source }), style.shell);
  const note = (text: string): string => wrap(`Note: ${text}`, { columns, indent: 2, hang: 2 });
  return hints.flatMap((hint) => {
    const text = mentions.sentence(hint);
    const [, sentence, command] = /^(.*) \(`(msk-lambda [^`]*)`\)$/s.exec(text) ?? [];
    return sentence === undefined
      ? [note(text.replaceAll(/`(msk-lambda [^`]*)`/g, (_, inside: string) => `\`${inThisAccount(inside)}\``))]
      : [note(sentence), `       ${inThisAccount(command!)}`];
  });
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
    repairLines(cause, mentions, { ...style, repair: style.repairOf(mapping.uuid) }),
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
        wrap(`Repair: ${mentions.sentence(fix.title)} (${safetyLabel(fix)})`, {
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

const everyCheck = (findings: readonly Finding[], { colour, columns, shell: syntax }: MappingStyle): string[] => [
  `  ${colour.bold('Every check')}`,
  ...findings.map(({ check, status, title, evidence }) =>
    wrap(
      `${status.padEnd(7)} ${check}${status === 'pass' ? '' : `: ${visible(sentenceInShell(title, syntax))}${status === 'unknown' ? evidence.map(({ resource, fact }) => `; ${visible(resource)} ${visible(fact)}`).join('') : ''}`}`,
      { columns, indent: 2, hang: 8 },
    ),
  ),
];

function counts(findings: readonly Finding[], cause: Finding | undefined, columns: number): string {
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  const passed = count('pass');
  return wrap(
    `${passed} ${passed === 1 ? 'check' : 'checks'} passed (${count('skip')} not applicable).${cause === undefined ? '' : ` ${unbroken(`Details: ${shell`msk-lambda explain ${cause.check}`}`)}`}`,
    { columns, indent: 2 },
  );
}

/** With `--check` or `--skip`: the checks that ran, or the ones left out if these are fewer. */
function scopeLine(scope: Diagnosis['scope'], columns: number): string[] {
  if (scope === null || scope.leftOut.length === 0) return [];
  const { run, leftOut } = scope;
  const text =
    run.length <= leftOut.length
      ? `Only these checks ran: ${run.join(', ')}. ${leftOut.length} were left out (--check, --skip).`
      : `These checks were left out (--check, --skip): ${leftOut.join(', ')}.`;
  return [wrap(text, { columns, indent: 2 })];
}
