/** The first line of a mapping’s diagnosis: function, topic, and the cause in a few words. */
import { clusterNameOf } from '../aws/event-source.js';
import { qualifiedNameOf } from '../aws/function-arn.js';
import type { ChalkInstance } from 'chalk';
import type { Diagnosis, MappingDiagnosis, Verdict } from '../diagnosis/diagnosis.js';
import type { Finding } from '../checks/run.js';
import { withNextActions } from '../diagnosis/likely-causes.js';
import { symbols } from '../text/symbols.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { Mentions } from './resource-mentions.js';

export interface HeadStyle {
  colour: ChalkInstance;
  columns: number;
  /** Width of the first line; endless where a program reads it, so that it is the whole cause. */
  headColumns?: number;
  /** Mappings that were repaired a moment ago: Lambda still shows the result from before. */
  repaired?: ReadonlySet<string>;
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

/** The parts of a diagnosis that an answer uses. */
export type Answered = Pick<Diagnosis, 'names' | 'scope' | 'reads'>;

/** The answer in a few words: the first cause, or what the verdict means. */
export function answerOf(mapping: MappingDiagnosis, { names, scope, reads }: Answered): string {
  const { verdict, observed, findings, causes } = mapping;
  if (verdict === 'disabled') return 'disabled by a user; no check fails';
  const cause = titleIn(
    findings.find(({ check }) => check === causes[0]?.check),
    mapping,
    names,
  );
  if (cause !== null) return cause;
  const state = observed.state === null ? 'in an unknown state' : observed.state.toLowerCase();
  switch (verdict) {
    case 'healthy':
      if (observed.state !== 'Enabled') return `${state}; no check fails`;
      return `${(scope?.leftOut.length ?? 0) === 0 ? 'works' : 'none of the checks that ran fails'}. Last result: ${visible(observed.lastProcessingResult ?? 'none')}`;
    case 'at-risk':
      return `works. Warning: ${warningOf(mapping, names) ?? 'see below'}`;
    case 'broken':
      return observed.error === null ? `${state}: it does not poll` : 'Lambda reports an error that no check explains';
    case 'unknown':
      return hiddenBecause(mapping, reads);
  }
}

const titleIn = (
  finding: Finding | undefined,
  { uuid }: Pick<MappingDiagnosis, 'uuid'>,
  names: Diagnosis['names'],
): string | null => (finding === undefined ? null : inSentence(new Mentions(names, uuid).title(finding.title)));

/** The first warning of a mapping, for a sentence; null where it has none. */
export const warningOf = (mapping: MappingDiagnosis, names: Diagnosis['names']): string | null =>
  titleIn(firstWarning(mapping.findings), mapping, names);

/** The permission to ask for first: one that the most likely cause needs. The block below lists all. */
function hiddenBecause(
  { findings, likely }: Pick<MappingDiagnosis, 'findings' | 'likely'>,
  reads: Diagnosis['reads'],
): string {
  const deniedIn = (list: readonly Finding[]) => [
    ...new Set(
      list.flatMap(({ unread = [] }) =>
        unread.flatMap(({ outcome, action }) => (outcome === 'denied' ? [action] : [])),
      ),
    ),
  ];
  const denied = deniedIn(findings);
  if (denied.length === 0) {
    const [failed] = findings.flatMap(({ unread = [] }) => unread);
    return `reads that failed hide the cause${failed === undefined ? '' : ` (${failed.action}: ${visible(failed.outcome)})`}`;
  }
  const [first = denied[0]!] = deniedIn(findings.filter(({ check }) => likely.some((cause) => cause.check === check)));
  const others = withNextActions(denied, reads).length - 1;
  return `missing permissions hide the cause: your credentials need ${first}${others === 0 ? '' : ` and ${others} other ${others === 1 ? 'permission' : 'permissions'}`}`;
}

/** The warning that makes a working mapping `at-risk`. A failed delivery is why records are lost, so it comes first. */
export const firstWarning = (findings: readonly Finding[]): Finding | undefined => {
  const warnings = findings.filter(({ status, severity }) => status === 'warn' && severity !== 'info');
  return warnings.find(({ check }) => check === 'records.undelivered') ?? warnings[0];
};

/** A title after a colon: small, unless it begins with a name. */
export const inSentence = (title: string): string =>
  /^(?:The|A|An|No|Few|It|Its|All|Some|Only|Each|Every|This|There|Subnets?|Security|Private|Records?|Routes?|Network|Topics?|Secrets?|Mappings?|Function|Execution|Deliver\w*|Calls?|Policy|Permissions|Clusters?|Offset|Schema|Brokers|Polls?|Recent|Retry|Service|Resource|Role|Public|Inline|Unknown|Broker|Consumer|Your)\b(?! Manager)/.test(
    title,
  )
    ? title.charAt(0).toLowerCase() + title.slice(1)
    : title;

/** `also`: other mappings with the same cause. */
export function headLine(
  mapping: MappingDiagnosis,
  diagnosis: Answered,
  { colour, columns, headColumns = columns, repaired }: HeadStyle,
  also = '',
): string {
  const { verdict, topic } = mapping;
  const source = topic === null ? '' : ` ← ${visible(topic)}`;
  const isAwaited = awaitsResult(mapping, repaired);
  const sign = isAwaited ? colour.yellow(symbols.off) : signOf(verdict, colour);
  const answer = isAwaited ? 'repaired; Lambda has not reported a new result yet' : answerOf(mapping, diagnosis);
  return wrap(
    `${sign} ${colour.bold(`${functionOf(mapping)}${source}`)}: ${answer}${also === '' ? '' : colour.dim(` (${also})`)}`,
    { columns: headColumns, hang: 2 },
  );
}

/** No check fails after the repair, and Lambda still shows the error from before. */
export const awaitsResult = (
  { uuid, verdict, findings }: Pick<MappingDiagnosis, 'uuid' | 'verdict' | 'findings'>,
  repaired: ReadonlySet<string> = new Set(),
): boolean => verdict === 'broken' && repaired.has(uuid) && !findings.some(({ status }) => status === 'fail');
