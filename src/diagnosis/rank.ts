/** Orders failures by how likely each is the cause of what Lambda shows. */
import type { ExplainedCause } from '../catalogue/known-text.js';
import { stages, type Stage } from '../checks/define.js';
import type { CheckId } from '../catalogue/check-ids.js';
import type { Finding } from '../checks/run.js';
import type { Cause } from './diagnosis.js';

/** The check whose failure is a symptom, or a user's decision. */
export const stateCheck = 'mapping.state' satisfies CheckId;

/** Something that AWS shows for the mapping, with the checks known to produce it, the most frequent first. */
export interface Clue {
  kind: 'log' | 'text' | 'stop-code';
  causes: readonly ExplainedCause[];
}

export interface RankContext {
  /** The clues that are known, most specific first; empty where nothing that Lambda shows is known. */
  clues: readonly Clue[];
  /** A user disabled the mapping: that is why it does not poll. */
  disabledByUser: boolean;
  /** Lambda shows success, or no text: then no warning is a cause. */
  showsNoError?: boolean;
}

const stageNames: Record<Stage, string> = {
  mapping: 'in the mapping’s settings',
  role: 'when Lambda assumes the execution role',
  secret: 'when they read the secret',
  'control-plane': 'when they call the MSK and EC2 APIs',
  network: 'on the network',
  login: 'when they log in to the brokers',
  authorization: 'when the cluster checks their permissions',
  invoke: 'when they invoke the function',
  flow: 'when they process records',
};

const sources: Record<Clue['kind'], string> = {
  log: 'the pollers’ log shows it: ',
  text: '',
  'stop-code': 'Lambda stopped the mapping for this reason: ',
};

/**
 * Every `fail` is a cause: those known to produce what is shown first, in the catalogue's order, the others in the order
 * of the pollers' stages; then each `warn` known to produce an error that is shown. The mapping's state is a symptom and
 * comes last, unless a user disabled the mapping: then it is first, after resources that no longer exist.
 */
export function rankCauses(
  findings: readonly Finding[],
  { clues, disabledByUser, showsNoError = false }: RankContext,
): Cause[] {
  const explained = explainedBy(clues);
  const rankOf = (finding: Finding) => explained.findIndex((cause) => cause.check === finding.check);
  const byRank = (a: Finding, b: Finding) => rankOf(a) - rankOf(b);
  const failing = findings.filter((finding) => finding.status === 'fail');
  const [state, all] = [failing.filter(isState), failing.filter((finding) => !isState(finding))];
  const gone = disabledByUser ? all.filter(({ kind }) => kind === 'gone') : [];
  const others = all.filter((finding) => !gone.includes(finding));
  const known = others.filter((finding) => rankOf(finding) >= 0).toSorted(byRank);
  const explaining = inFixingOrder([...known.filter(isCluster), ...known.filter((finding) => !isCluster(finding))]);
  const rest = inFixingOrder(others.filter((finding) => rankOf(finding) < 0).toSorted(byStage));
  const warning = showsNoError
    ? []
    : findings.filter((finding) => finding.status === 'warn' && rankOf(finding) >= 0).toSorted(byRank);

  const because = (finding: Finding) => explained[rankOf(finding)]!.because;
  const stopping = (finding: Finding) =>
    explained.length === 0
      ? `This stops the pollers ${stageNames[finding.stage]}.`
      : `This stops the pollers ${stageNames[finding.stage]}, although the error that Lambda reports usually has another cause.`;
  const alone = all.length + warning.length === 0;
  const symptomBecause = disabledByUser
    ? 'A disabled mapping does not poll.'
    : alone
      ? 'A mapping in this state does not poll.'
      : 'This is a consequence of the cause.';
  const symptom = state.map((finding) => ({ finding, start: disabledByUser ? 0.97 : 0.5, because: symptomBecause }));
  return [
    ...gone.toSorted(byStage).map((finding) => ({
      finding,
      start: 0.97,
      because: 'Enabling the mapping is not enough, because a resource that it uses no longer exists.',
    })),
    ...(disabledByUser ? symptom : []),
    ...explaining.map((finding) => ({ finding, start: 0.96, because: because(finding) })),
    ...rest.map((finding) => ({ finding, start: explained.length === 0 ? 0.9 : 0.6, because: stopping(finding) })),
    ...warning.map((finding) => ({ finding, start: 0.4, because: because(finding) })),
    ...(disabledByUser ? [] : symptom),
  ].map(({ finding, start, because: reason }, index, ranked) => ({
    check: finding.check,
    // Each later cause is less likely to be the first obstacle of the pollers, and never likelier than the one before
    // it.
    confidence: Number(
      Math.max(0.1, Math.min(start, ...ranked.slice(0, index).map((before) => before.start)) - index * 0.08).toFixed(2),
    ),
    because: reason,
  }));
}

const byStage = (a: Finding, b: Finding): number => stages.indexOf(a.stage) - stages.indexOf(b.stage);

/**
 * Failures that must be fixed before others: a permission or an ACL has no effect on a topic that does not exist, and AWS
 * refuses private DNS for an endpoint while a DNS attribute of its VPC is off (AWS: interface endpoints, private DNS).
 */
const fixedBefore: Partial<Record<CheckId, readonly CheckId[]>> = {
  'cluster.topic': ['access.kafka-topic', 'cluster.acl'],
  'network.vpc-dns': ['network.endpoint-private-dns'],
};

/** The same order, except that such a failure comes before those that must be fixed after it. */
function inFixingOrder(findings: readonly Finding[]): Finding[] {
  const ordered = [...findings];
  for (const [id, others] of Object.entries(fixedBefore)) {
    const from = ordered.findIndex(({ check }) => check === id);
    const to = ordered.findIndex(({ check }) => others.includes(check));
    if (to >= 0 && from > to) ordered.splice(to, 0, ...ordered.splice(from, 1));
  }
  return ordered;
}

/** The causes of all clues as one list; a check that several clues name keeps its first position. */
export function explainedBy(clues: readonly Clue[]): ExplainedCause[] {
  const named = clues.flatMap(({ kind, causes }) =>
    causes.map(({ check, because }) => ({ check, because: `${sources[kind]}${because}` })),
  );
  const seen = new Set<CheckId>();
  return named.filter(({ check }) => !seen.has(check) && seen.add(check));
}

const isState = (finding: Finding): boolean => finding.check === stateCheck;
/** Rare in public reports, but certain when found: no poller can use a cluster that is deleted or not active. */
const isCluster = (finding: Finding): boolean => finding.check === 'cluster.state';
