/** The judgement of every subnet, and the worst of them. */
import type { AuthMethod } from '../aws/msk.js';
import type { Finding } from '../checks/run.js';
import { emptyResult } from '../probe/empty-result.js';
import { judgeProbe, type ProbeJudgement } from '../probe/judge/judge-probe.js';
import { problemText } from '../probe/judge/lambda-text.js';
import type { ProbeContext, ProbeOrigin } from '../probe/judge/probe-context.js';
import type { ServiceReach } from '../probe/function/remote-event.js';
import { hideValues } from '../probe/hide-values.js';
import type { ProbeResult } from '../probe/probe-result.js';
import type { SubnetOutcome } from './probe-from-subnets.js';
import type { RemoteRefusal } from './refusal.js';
import { findingsOfSubnet, type FindingContext } from './subnet-findings.js';

export interface SubnetJudgement {
  from: ProbeOrigin & { kind: 'subnet' };
  /** Of the brokers and of everything else that the subnet showed. */
  judgement: ProbeJudgement;
  /** Of the brokers alone, for the proof of `doctor`. */
  ofBrokers: ProbeJudgement;
  services: ServiceReach[];
  /** Null where the function ran. */
  refusal: RemoteRefusal | null;
}

export interface SubnetsContext extends FindingContext {
  auth: AuthMethod;
  probe: Omit<ProbeContext, 'from'>;
  /** Values that no output may contain. */
  hidden: readonly string[];
}

/** In the order of the subnets. */
export const judgeSubnets = (outcomes: readonly SubnetOutcome[], context: SubnetsContext): SubnetJudgement[] =>
  outcomes.map((outcome) => {
    const from = { kind: 'subnet' as const, subnet: outcome.subnet };
    const result = outcome.answer?.result ?? emptyResult(context.auth, 'unknown');
    const ofBrokers = judgeProbe(hideValues(result, context.hidden), { ...context.probe, from });
    return {
      from,
      judgement: withOthers(ofBrokers, findingsOfSubnet(outcome, context)),
      ofBrokers,
      services: outcome.answer?.services ?? [],
      refusal: outcome.refusal,
    };
  });

/** What the subnet needs besides the brokers comes first: the pollers read the secret and call STS before they connect. */
function withOthers(brokers: ProbeJudgement, others: ReturnType<typeof findingsOfSubnet>): ProbeJudgement {
  const isFailing = ({ status }: Finding): boolean => status === 'fail';
  const added = others.map(({ finding }) => finding);
  const taken = new Set(added.map(({ check }) => check));
  const all = [...added, ...brokers.findings.filter(({ check }) => !taken.has(check))];
  const fails = added.some(isFailing);
  const shows = others.find(({ shows }) => shows !== null)?.shows ?? null;
  return {
    result: fails ? { ...brokers.result, verdict: 'blocked' } : brokers.result,
    findings: [...all.filter(isFailing), ...all.filter((finding) => !isFailing(finding))],
    wouldShow: shows === null ? brokers.wouldShow : problemText(shows),
  };
}

const severity: readonly ProbeResult['verdict'][] = ['blocked', 'unknown', 'reaches'];

/** The first subnet with the most severe verdict, with the failing checks of the others. */
export function worstOf(subnets: readonly SubnetJudgement[]): SubnetJudgement {
  const worst = severity.flatMap((verdict) => subnets.filter(({ judgement }) => judgement.result.verdict === verdict));
  const [first, ...others] = worst as [SubnetJudgement, ...SubnetJudgement[]];
  const { findings } = first.judgement;
  const known = new Set(findings.map(({ check }) => check));
  const more = others.flatMap(({ judgement }) =>
    judgement.findings.filter(({ check, status }) => status === 'fail' && !known.has(check) && known.add(check)),
  );
  return { ...first, judgement: { ...first.judgement, findings: [...findings, ...more] } };
}
