/** From what a probe did to the findings of the responsible checks, and to what Lambda would show. */
import { checks } from '../../checks/index.js';
import type { Evidence } from '../../checks/define.js';
import type { Finding, Status } from '../../checks/run.js';
import type { CheckId } from '../../catalogue/check-ids.js';
import type { ProbeResult } from '../probe-result.js';
import { factsOfFault, titleOfFault } from './describe-fault.js';
import { checkOf, faultOf, type FailedStep, type FaultKind } from './fault.js';
import { fixesOfFault } from './fix-fault.js';
import { lambdaText, problemText } from './lambda-text.js';
import { originWords, type ProbeContext } from './probe-context.js';
import { largeRecord } from './large-record.js';
import { otherMembers } from './other-members.js';

export interface ProbeJudgement {
  /** The result, with the verdict `blocked` where the probe succeeded and Lambda could not. */
  result: ProbeResult;
  /** One for each check: the failing ones first. */
  findings: Finding[];
  /** The LastProcessingResult that Lambda would show; null where it would show no error, or none is known. */
  wouldShow: string | null;
}

/** A failed step with its meaning. */
interface Fault {
  problem: FailedStep;
  kind: FaultKind;
  check: CheckId;
}

/** Checks whose failure is certain from the secret alone, whatever the brokers say. */
const unusableSecret = new Set<CheckId>(['secret.private-key', 'secret.size']);

/** Pure: the same answers of the brokers give the same findings. */
export function judgeProbe(probed: ProbeResult, context: ProbeContext): ProbeJudgement {
  if (probed.verdict === 'unknown') return { result: probed, findings: [], wouldShow: null };
  const result = refuseSecret(probed, context);
  const { stoppedAt } = result;
  const ofSteps = problemsOf(result).map((problem) => toFault(problem, result, context));
  const stop = stoppedAt === null ? null : toFault(stoppedAt, result, context);
  const groups = groupByCheck(stop === null ? ofSteps : [stop, ...ofSteps.filter((other) => !isSame(other, stop))]);
  const ofSecret = secretFindings(context, stop);
  const findings = [...groups].flatMap(([check, faults]): Finding[] => {
    // The checks of the content say more exactly why the secret cannot be used.
    if (ofSecret.some((finding) => finding.check === check) || (isOfSecret(faults[0]!) && hasFailing(ofSecret)))
      return [];
    return [findingOf(check, faults, check === stop?.check ? 'fail' : 'warn', result, context)];
  });
  const all = [...ofSecret, ...findings, ...largeRecord(result), ...otherMembers(result, context)];
  return {
    result,
    findings: [...all.filter(isFailing), ...all.filter((finding) => !isFailing(finding))],
    wouldShow: stop === null ? null : textOf(stop, ofSecret, context),
  };
}

const isFailing = ({ status }: Finding): boolean => status === 'fail';
const hasFailing = (findings: readonly Finding[]): boolean => findings.some(isFailing);
const isOfSecret = ({ kind }: Fault): boolean => ['certificate', 'private-key', 'no-user'].includes(kind);

const isSame = (a: Fault, b: Fault): boolean =>
  a.problem.broker === b.problem.broker && a.problem.step === b.problem.step;

const toFault = (problem: FailedStep, result: ProbeResult, context: ProbeContext): Fault => {
  const kind = faultOf(problem, result);
  return { problem, kind, check: checkOf(kind, result.auth, problem, context) };
};

/** The failed steps of all brokers, in their order. */
function problemsOf({ brokers }: ProbeResult): FailedStep[] {
  return brokers.flatMap(({ address, steps }) =>
    steps.flatMap(({ step, status, code, name, because }) =>
      status === 'failed' ? [{ broker: address, step, code, name: name ?? 'ERROR', because: because ?? '' }] : [],
    ),
  );
}

/** A key or a secret that Lambda cannot use blocks it, even if Node could use it. */
function refuseSecret(result: ProbeResult, { secret }: ProbeContext): ProbeResult {
  const unusable = secret?.findings.find(({ check, status }) => status === 'fail' && unusableSecret.has(check));
  const [first] = result.brokers;
  if (result.verdict !== 'reaches' || unusable === undefined || first === undefined) return result;
  const problem = { code: null, name: 'NOT_USABLE_BY_LAMBDA', because: unusable.title };
  return {
    ...result,
    verdict: 'blocked',
    stoppedAt: { broker: first.address, step: result.auth === 'scram' ? 'sasl' : 'client-certificate', ...problem },
  };
}

/**
 * What the checks say about the secret's content. A login that the brokers accepted proves that a risk is none, and
 * that a certificate that looks wrong is accepted.
 */
function secretFindings({ secret }: ProbeContext, stop: Fault | null): Finding[] {
  const accepted = stop === null || !['client-certificate', 'sasl', 'tls', 'tcp', 'dns'].includes(stop.problem.step);
  return (secret?.findings ?? []).flatMap((finding) => {
    if (finding.status === 'fail')
      return [accepted && !unusableSecret.has(finding.check) ? { ...finding, status: 'warn' as const } : finding];
    // The brokers refused the password, and the content has a known risk (blanks, special characters): that is the cause.
    const explains = finding.status === 'warn' && finding.check === 'secret.scram' && stop?.check === finding.check;
    return explains && stop !== null
      ? [{ ...finding, status: 'fail' as const, evidence: [...finding.evidence, evidenceOf(stop.problem)] }]
      : [];
  });
}

/** The most specific reason first: a content that cannot be loaded is refused before any broker is asked. */
function textOf(stop: Fault, ofSecret: readonly Finding[], { secret }: ProbeContext): string | null {
  const fails = (check: CheckId): boolean => ofSecret.some((finding) => finding.check === check && isFailing(finding));
  if (stop.problem.step !== 'client-certificate') return lambdaText(stop.kind, stop.problem);
  const certificate = secret?.profile.certificate;
  const isLoadable = certificate !== undefined && certificate.pem && certificate.unreadableBlocks === 0;
  if (fails('secret.private-key') || fails('secret.size') || (fails('secret.certificate') && !isLoadable))
    return problemText('invalid-certificate-or-key');
  return lambdaText(stop.kind, stop.problem);
}

function groupByCheck(faults: readonly Fault[]): Map<CheckId, Fault[]> {
  const groups = new Map<CheckId, Fault[]>();
  for (const fault of faults) groups.set(fault.check, [...(groups.get(fault.check) ?? []), fault]);
  return groups;
}

const evidenceOf = ({ broker, step, code, name, because }: FailedStep): Evidence => ({
  resource: broker,
  fact: `step ${step} failed with ${name}${code === null ? '' : ` (Kafka error ${code})`}${because === '' ? '' : `: ${because}`}`,
});

/** One finding of a check: titled by its first fault, with the evidence of all. */
function findingOf(
  check: CheckId,
  faults: readonly Fault[],
  status: Extract<Status, 'fail' | 'warn'>,
  result: ProbeResult,
  context: ProbeContext,
): Finding {
  const [{ kind, problem }] = faults as [Fault, ...Fault[]];
  const definition = checks.find(({ id }) => id === check)!;
  const ofRole =
    context.identity?.isExecutionRole === true
      ? context.roleFindings.find((finding) => finding.check === check && finding.status === 'fail')
      : undefined;
  return {
    check,
    status,
    severity: definition.severity,
    stage: definition.stage,
    title: titleOfFault(kind, problem, result, context),
    evidence: [
      ...faults.map((fault) => evidenceOf(fault.problem)),
      ...factsOfFault(kind, problem, result, context).map((fact) => ({ resource: subjectOf(result, context), fact })),
      ...(ofRole?.evidence ?? []),
      ...(context.secret?.findings ?? []).flatMap((finding) =>
        finding.check === check && finding.status === 'warn' ? finding.evidence : [],
      ),
      { resource: subjectOf(result, context), fact: `probed ${originWords(context.from)}` },
    ],
    fixes: ofRole?.fixes.length ? ofRole.fixes : fixesOfFault(kind, problem, result, context),
    missingActions: [],
  };
}

/** The cluster, or the first address where no cluster was named. */
const subjectOf = ({ brokers }: ProbeResult, { clusterArn }: ProbeContext): string =>
  clusterArn ?? brokers[0]?.address ?? 'brokers';
