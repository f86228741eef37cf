/** Orders what failed by how likely it is the cause of what Lambda shows. */
import type { ExplainedCause } from '../catalogue/known-text.js';
import { stages, type Stage } from '../checks/define.js';
import type { CheckId } from '../catalogue/check-ids.js';
import type { Finding } from '../checks/run.js';
import type { Cause } from './diagnosis.js';

/** Something that AWS says of the mapping, with the checks known to produce it, the most frequent first. */
export interface Clue {
  kind: 'log' | 'text' | 'stop-code';
  causes: readonly ExplainedCause[];
}

export interface RankContext {
  /** What is known to explain the fault, the most telling first; empty where nothing shown is known. */
  clues: readonly Clue[];
  /** A user switched the mapping off: then that, and nothing else, is why it is silent now. */
  disabledByUser: boolean;
}

const stageNames: Record<Stage, string> = {
  mapping: 'in the mapping itself',
  role: 'when assuming the execution role',
  secret: 'when reading the secret',
  'control-plane': 'when looking up the cluster',
  network: 'on the way over the network',
  login: 'at the login to the brokers',
  authorization: 'at the authorization by the cluster',
  invoke: 'at the call of the function',
  flow: 'after the records were read',
};

const sources: Record<Clue['kind'], string> = {
  log: 'the pollers’ own log says so: ',
  text: '',
  'stop-code': 'Lambda’s reason for stopping says so: ',
};

/**
 * Every `fail` is a cause: those known to produce what is shown first, in the catalogue's order, the rest in the order of
 * the pollers' stages; then each `warn` known to produce it. A mapping's state is a symptom and comes last,
 * unless a user switched it off.
 */
export function rankCauses(findings: readonly Finding[], { clues, disabledByUser }: RankContext): Cause[] {
  const explained = explainedBy(clues);
  const rankOf = (finding: Finding) => explained.findIndex((cause) => cause.check === finding.check);
  const byPlace = (a: Finding, b: Finding) => rankOf(a) - rankOf(b);
  const failing = findings.filter((finding) => finding.status === 'fail');
  const [state, others] = [failing.filter(isState), failing.filter((finding) => !isState(finding))];
  const explaining = factsFirst(others.filter((finding) => rankOf(finding) >= 0).toSorted(byPlace));
  const rest = others
    .filter((finding) => rankOf(finding) < 0)
    .toSorted((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage));
  const warning = findings.filter((finding) => finding.status === 'warn' && rankOf(finding) >= 0).toSorted(byPlace);

  const because = (finding: Finding) => explained[rankOf(finding)]!.because;
  const stopping = (finding: Finding) =>
    explained.length === 0
      ? `It stops the pollers ${stageNames[finding.stage]}.`
      : `It stops the pollers ${stageNames[finding.stage]}, though what Lambda shows usually has another cause.`;
  const alone = others.length + warning.length === 0;
  const symptomBecause = disabledByUser
    ? 'A disabled mapping polls nothing.'
    : alone
      ? 'A mapping in this state polls nothing.'
      : 'It is what the fault led to.';
  const symptom = state.map((finding) => ({ finding, start: disabledByUser ? 0.97 : 0.5, because: symptomBecause }));
  return [
    ...(disabledByUser ? symptom : []),
    ...explaining.map((finding) => ({ finding, start: 0.96, because: because(finding) })),
    ...rest.map((finding) => ({ finding, start: explained.length === 0 ? 0.9 : 0.6, because: stopping(finding) })),
    ...warning.map((finding) => ({ finding, start: 0.4, because: because(finding) })),
    ...(disabledByUser ? [] : symptom),
  ].map(({ finding, start, because: reason }, index, all) => ({
    check: finding.check,
    // Of several, each later one is less likely to be the first thing the pollers met, and never likelier than one before it.
    confidence: Number(
      Math.max(0.1, Math.min(start, ...all.slice(0, index).map((before) => before.start)) - index * 0.08).toFixed(2),
    ),
    because: reason,
  }));
}

/** Failures that take the ground from others: no right and no ACL helps to a topic that is not there. */
const ground: Partial<Record<CheckId, readonly CheckId[]>> = { 'cluster.topic': ['access.kafka-topic', 'cluster.acl'] };

/** The same in their order, but each such failure stands before those that it takes the ground from. */
function factsFirst(findings: readonly Finding[]): Finding[] {
  const ordered = [...findings];
  for (const [id, others] of Object.entries(ground)) {
    const from = ordered.findIndex(({ check }) => check === id);
    const to = ordered.findIndex(({ check }) => others.includes(check));
    if (to >= 0 && from > to) ordered.splice(to, 0, ...ordered.splice(from, 1));
  }
  return ordered;
}

/** The causes of all clues as one list; a check that several name stands where the first does. */
function explainedBy(clues: readonly Clue[]): ExplainedCause[] {
  const named = clues.flatMap(({ kind, causes }) =>
    causes.map(({ check, because }) => ({ check, because: `${sources[kind]}${because}` })),
  );
  const seen = new Set<CheckId>();
  return named.filter(({ check }) => !seen.has(check) && seen.add(check));
}

const isState = (finding: Finding): boolean => finding.check === 'mapping.state';
