/**
 * The answer of `doctor` for people: the cause first, with its evidence and the fix to copy. Everything else
 * follows, shorter.
 */
import { clusterNameOf } from '../aws/event-source.js';
import { qualifiedNameOf } from '../aws/function-arn.js';
import type { ChalkInstance } from 'chalk';
import type { Diagnosis, MappingDiagnosis, Verdict } from '../diagnosis/diagnosis.js';
import type { Finding } from '../checks/run.js';
import { renderLikely, renderUndecided } from './doctor-undecided-text.js';
import { renderCause, renderFinding, type FindingStyle } from './doctor-finding.js';
import { leftOutHeading, renderLeftOut } from './left-out-text.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

export interface DoctorStyle {
  colour: ChalkInstance;
  columns: number;
  /** `--verbose`: every check with its reason. */
  verbose: boolean;
  /** The user's global options, which a printed command needs too. */
  profile?: string | undefined;
}

export const renderDoctor = (diagnosis: Diagnosis, style: DoctorStyle): string =>
  [...doctorPieces(diagnosis, style)].join('');

/** The same text as one piece per mapping, so that a text about thousands is never in memory at once. */
export function* doctorPieces(diagnosis: Diagnosis, style: DoctorStyle): Generator<string> {
  const { mappings, leftOut, region } = diagnosis;
  const others = leftOut.length === 0 ? '' : renderLeftOut(leftOut, { ...style, region });
  if (mappings.length === 0) {
    yield others === '' ? `There is no event source mapping on Amazon MSK in ${region}.` : others;
    return;
  }
  const selfManaged = others === '' ? '' : `${style.colour.bold(leftOutHeading(leftOut))}\n${others}`;
  // Broken mappings first.
  const isBroken = (list: readonly { verdict: Verdict | null }[]) => list.some(({ verdict }) => verdict === 'broken');
  const isFirst = isBroken(leftOut) && !isBroken(mappings);
  if (selfManaged !== '' && isFirst) yield `${selfManaged}\n\n`;
  yield* mappingPieces(diagnosis, style);
  if (selfManaged !== '' && !isFirst) yield `\n\n${selfManaged}`;
}

function* mappingPieces(diagnosis: Diagnosis, style: DoctorStyle): Generator<string> {
  const { mappings } = diagnosis;
  // In a long answer, each working mapping is one line at the end.
  const isShort = ({ verdict }: MappingDiagnosis) => mappings.length > 1 && !style.verbose && verdict === 'healthy';
  let separator = '';
  for (const mapping of mappings.filter((other) => !isShort(other))) {
    yield `${separator}${renderMapping(mapping, diagnosis, style)}`;
    separator = '\n\n';
  }
  for (const mapping of mappings.filter(isShort)) {
    yield `${separator}${heading(mapping, style)}`;
    separator = '\n';
  }
  if (mappings.length > 1) yield `\n\n${summaryLine(diagnosis)}`;
}

const signs: Record<Verdict, { sign: string; word: string; paint: 'red' | 'yellow' | 'green' }> = {
  broken: { sign: '✗', word: 'broken', paint: 'red' },
  unknown: { sign: '?', word: 'unknown', paint: 'yellow' },
  disabled: { sign: '○', word: 'disabled', paint: 'yellow' },
  'at-risk': { sign: '!', word: 'works, at risk', paint: 'yellow' },
  healthy: { sign: '✓', word: 'works', paint: 'green' },
};

function heading(
  { verdict, functionArn, eventSourceArn, topic, uuid, observed: { state } }: MappingDiagnosis,
  { colour, columns }: DoctorStyle,
): string {
  const { sign, word: usual, paint } = signs[verdict];
  const word = verdict === 'healthy' && state !== 'Enabled' ? (state ?? usual).toLowerCase() : usual;
  const name = qualifiedNameOf(functionArn) ?? 'a function that could not be read';
  const source =
    topic === null ? '' : ` ← ${topic} on ${clusterNameOf(eventSourceArn) ?? 'a cluster that could not be read'}`;
  return wrap(
    `${colour[paint](`${sign} ${word}`)}  ${colour.bold(visible(name))}${visible(source)}  ${colour.dim(visible(uuid))}`,
    { columns, hang: 2 },
  );
}

function renderMapping(mapping: MappingDiagnosis, diagnosis: Diagnosis, style: DoctorStyle): string {
  const { colour, columns } = style;
  const { region, scope } = diagnosis;
  const findingStyle: FindingStyle = { ...style, region };
  const byCheck = new Map(mapping.findings.map((finding) => [finding.check, finding]));
  const causes = mapping.causes.flatMap((cause) => byCheck.get(cause.check) ?? []);
  const rest = (status: Finding['status']) =>
    mapping.findings.filter((finding) => finding.status === status && !causes.includes(finding));
  const [first, ...others] = causes;
  const followingOf = ({ check }: Finding) => mapping.findings.filter(({ consequence }) => consequence?.of === check);
  const section = (title: string, findings: readonly Finding[]) =>
    findings.length === 0
      ? []
      : [
          [
            colour.bold(title),
            ...findings.map((finding) => renderFinding(finding, findingStyle, 'first', followingOf(finding))),
          ].join('\n'),
        ];
  const because = mapping.causes[0]?.because;
  return [
    [heading(mapping, style), ...observed(mapping, style)].join('\n'),
    ...(first === undefined
      ? [conclusion(mapping, scope, style)]
      : [renderCause(first, because ?? '', findingStyle, followingOf(first))]),
    ...section(
      'Also failing',
      others.filter(({ status }) => status === 'fail'),
    ),
    ...section('Warnings', [...others.filter(({ status }) => status === 'warn'), ...rest('warn')]),
    ...renderLikely(mapping, style),
    ...mapping.hints.map((hint) => wrap(`Note: ${visible(hint)}`, { columns, indent: 0, hang: 6 })),
    ...renderUndecided(rest('unknown'), diagnosis.reads, style),
    ...(style.verbose ? [everyCheck(mapping.findings, style)] : []),
    counts(mapping.findings),
    ...scopeLine(scope, style),
  ].join('\n\n');
}

function observed(
  { observed: { state, stateTransitionReason: reason, lastProcessingResult: text } }: MappingDiagnosis,
  { colour, columns }: DoctorStyle,
): string[] {
  const stateLine = state === null || state === 'Enabled' ? [] : [`${state}${reason === null ? '' : ` (${reason})`}`];
  const lines = [...stateLine, ...(text === null ? [] : [text])];
  return lines.length === 0
    ? []
    : [colour.dim(wrap(`Lambda says: ${lines.map(visible).join('; ')}`, { columns, indent: 2, hang: 2 }))];
}

/** The answer without a cause. It claims no more than the checks that ran can show. */
function conclusion(
  { verdict, observed: { error, state }, findings }: MappingDiagnosis,
  scope: Diagnosis['scope'],
  { columns }: DoctorStyle,
): string {
  const isDenied = findings.some(({ unread = [] }) => unread.some(({ outcome }) => outcome === 'denied'));
  const texts: Record<Verdict, string> = {
    healthy:
      scope !== null || state !== 'Enabled'
        ? `${state === 'Enabled' ? 'Lambda shows no error' : `The mapping is ${state ?? 'in an unknown state'}`}, and ${scope === null ? 'no check fails' : 'none of the checks that ran fails'}.`
        : 'Nothing is wrong: the trigger works, and nothing was found that stops or threatens it.',
    disabled: 'A user disabled the mapping.',
    'at-risk': 'The trigger works. What follows may stop it one day, or does now and then.',
    broken:
      error === null
        ? `The mapping is ${state ?? 'in an unknown state'}, and polls nothing.`
        : `Lambda shows an error, and ${scope === null ? 'nothing that was read' : 'none of the checks that ran'} explains it.`,
    unknown: `Unknown: ${isDenied ? 'missing permissions hide the cause' : 'reads that failed hide the cause'}.`,
  };
  return wrap(texts[verdict], { columns });
}

const everyCheck = (findings: readonly Finding[], { colour, columns }: DoctorStyle): string =>
  [
    colour.bold('Every check'),
    ...findings.map(({ check, status, title, evidence }) =>
      wrap(
        `${status.padEnd(7)} ${check}${status === 'pass' ? '' : `: ${visible(title)}${status === 'unknown' ? evidence.map(({ resource, fact }) => `; ${visible(resource)} ${visible(fact)}`).join('') : ''}`}`,
        { columns, indent: 2, hang: 8 },
      ),
    ),
  ].join('\n');

function counts(findings: readonly Finding[]): string {
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  return `${count('pass')} checks passed, ${count('skip')} do not apply.`;
}

/** With `--check` or `--skip`: the checks that ran, or the ones left out if these are fewer. */
function scopeLine(scope: Diagnosis['scope'], { columns }: DoctorStyle): string[] {
  if (scope === null) return [];
  const { run, leftOut } = scope;
  const text =
    run.length <= leftOut.length
      ? `Only these checks ran: ${run.join(', ')}. ${leftOut.length} were left out (--check, --skip).`
      : `These checks were left out (--check, --skip): ${leftOut.join(', ')}.`;
  return [wrap(text, { columns })];
}

function summaryLine({ summary: { broken, unknown, disabled, atRisk, healthy } }: Diagnosis): string {
  const parts = [
    [broken, 'broken'],
    [unknown, 'unknown'],
    [disabled, 'disabled'],
    [atRisk, 'at risk'],
    [healthy, 'healthy'],
  ] as const;
  return `${broken + unknown + disabled + atRisk + healthy} mappings: ${parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')}.`;
}
