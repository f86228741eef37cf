/** The diagnosis after the chosen steps, and which of the failing findings each of them resolves. */
import type { AnyCheck } from '../checks/define.js';
import type { Finding } from '../checks/run.js';
import type { CheckId } from '../catalogue/check-ids.js';
import {
  verdicts,
  type Diagnosis,
  type LeftOutDiagnosis,
  type MappingDiagnosis,
  type Verdict,
} from '../diagnosis/diagnosis.js';
import { stateCheck } from '../diagnosis/rank.js';
import { isDisabledByUser } from '../diagnosis/verdict.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { Accepted } from './accepted.js';
import { mergeKey } from './merge-changes.js';
import type { RepairStep, SimulatedResult } from './repair-plan.js';
import type { DraftStep } from './steps.js';
import type { Target } from './taken-fix.js';
import { WorkingAccount } from './working-account.js';

type Judged = MappingDiagnosis | LeftOutDiagnosis;

/** Pauses before each mapping. */
export function* simulatePlan(
  snapshot: Snapshot,
  diagnosis: Diagnosis,
  steps: readonly DraftStep[],
  checks: readonly AnyCheck[],
): Generator<undefined, { result: SimulatedResult; resolves: Target[][] }, undefined> {
  const account = new WorkingAccount(snapshot, checks);
  let isWhole = true;
  for (const effect of account.applyAll(steps.filter(({ isChosen }) => isChosen)))
    if (effect !== 'done' && effect !== 'unneeded') isWhole = false;
  const failing = new Set<CheckId>();
  const reached = new Set<Verdict>();
  const still = new Set<string>();
  const resolved: { target: Target; finding: Finding }[] = [];
  const accepted = new Accepted(diagnosis);
  for (const mapping of judgedOf(diagnosis)) {
    yield;
    const counted = <Mapping extends Judged>(judged: Mapping): Mapping =>
      accepted.explains(mapping) ? judged : accepted.without(judged);
    const before = counted(mapping);
    const isAsBefore = account.snapshot === snapshot || account.leavesUnchanged(before.functionArn);
    const after = isAsBefore ? before : counted(account.diagnose(before.uuid));
    const verdict = verdictAfter(before, after);
    reached.add(verdict);
    for (const { check } of after.findings.filter(isFailing))
      if (verdict !== 'disabled' || check !== stateCheck) failing.add(check);
    for (const { check } of after.findings.filter(isFailing)) still.add(keyOf({ mapping: before.uuid, check }));
    for (const finding of before.findings.filter(isFailing))
      if (isResolved(after.findings.find(({ check }) => check === finding.check)))
        resolved.push({ target: { mapping: before.uuid, check: finding.check }, finding });
  }
  return {
    result: {
      verdict: isWhole ? (verdicts.find((verdict) => reached.has(verdict)) ?? 'healthy') : 'unknown',
      failing: [...failing],
    },
    resolves: resolvedBy(steps, resolved, still),
  };
}

/** The diagnosis after some steps of a plan, with a pause before each mapping. */
export async function simulateStepsPausing(
  snapshot: Snapshot,
  diagnosis: Diagnosis,
  steps: readonly RepairStep[],
  checks: readonly AnyCheck[],
  pause: () => Promise<void> | undefined,
): Promise<SimulatedResult> {
  const drafts = steps.map((step) => ({ ...step, contributions: [] }));
  const simulation = simulatePlan(snapshot, diagnosis, drafts, checks);
  for (;;) {
    const { done, value } = simulation.next();
    if (done === true) return value.result;
    await pause();
  }
}

const judgedOf = ({ mappings, leftOut }: Diagnosis): Judged[] => [
  ...mappings,
  ...leftOut.filter(({ verdict }) => verdict !== null),
];

const isFailing = ({ status }: Finding): boolean => status === 'fail';

/** A check that cannot be judged, or whose result rests on another failure, is not resolved. */
const isResolved = (after: Finding | undefined): boolean =>
  after !== undefined && after.status !== 'fail' && after.status !== 'unknown' && after.consequence === undefined;

/**
 * The text that Lambda shows is of an attempt before the repair, and it stays until the next poll: after the plan it
 * says nothing. So a mapping without a failing check counts as working. Where what was repaired is not known to produce
 * the text, an undecided check that is may hold the cause. Where nothing was found, nothing was repaired, and the verdict
 * stays.
 */
function verdictAfter(before: Judged, after: Judged): Verdict {
  if (before.causes.length === 0) return after.verdict ?? 'unknown';
  if (isDisabledByUser(after.observed) && onlyStateFails(after.findings)) return 'disabled';
  if (after.findings.some(isFailing)) return 'broken';
  if (after.verdict === 'unknown' && before.causes[0]!.confidence < explains) return 'unknown';
  return after.findings.some(({ status, severity }) => status === 'warn' && severity !== 'info')
    ? 'at-risk'
    : 'healthy';
}

/** The lowest confidence of a first cause that produces what Lambda shows (see `rankCauses`). */
const explains = 0.9;

const onlyStateFails = (findings: readonly Finding[]): boolean =>
  findings.every((finding) => !isFailing(finding) || finding.check === stateCheck);

/** For each step what it resolves: the findings whose fix it belongs to, and what others have in common with it. */
function resolvedBy(
  steps: readonly DraftStep[],
  resolved: readonly { target: Target; finding: Finding }[],
  still: ReadonlySet<string>,
): Target[][] {
  const lists = steps.map(({ isChosen, contributions }) =>
    contributions.map(({ for: target }) => target).filter((target) => !isChosen || !still.has(keyOf(target))),
  );
  const chosen = indexOf(steps);
  for (const { target, finding } of resolved) {
    const ofCalls = () =>
      finding.fixes.flatMap(({ changes }) => changes.flatMap((change) => chosen.byCall.get(mergeKey(change)) ?? []));
    const matching =
      chosen.byTarget.get(keyOf(target)) ??
      filled(ofCalls()) ??
      chosen.byCheck.get(target.check) ??
      chosen.byMapping.get(target.mapping) ??
      [];
    for (const index of new Set(matching)) lists[index]!.push(target);
  }
  return lists.map((targets) => [...new Map(targets.map((target) => [keyOf(target), target])).values()]);
}

const filled = (indexes: readonly number[]): readonly number[] | undefined =>
  indexes.length === 0 ? undefined : indexes;

/** The indexes of the chosen steps, so that a plan for thousands of mappings is not searched for each of them. */
function indexOf(steps: readonly DraftStep[]) {
  const found = {
    byTarget: new Map<string, number[]>(),
    byCall: new Map<string, number[]>(),
    byCheck: new Map<string, number[]>(),
    byMapping: new Map<string, number[]>(),
  };
  const add = (to: Map<string, number[]>, key: string, index: number): void => {
    const earlier = to.get(key);
    if (earlier === undefined) to.set(key, [index]);
    else if (earlier.at(-1) !== index) earlier.push(index);
  };
  for (const [index, step] of steps.entries()) {
    if (!step.isChosen) continue;
    add(found.byCall, mergeKey(step), index);
    for (const { for: target } of step.contributions) {
      add(found.byTarget, keyOf(target), index);
      add(found.byCheck, target.check, index);
      add(found.byMapping, target.mapping, index);
    }
  }
  return found;
}

const keyOf = ({ mapping, check }: Target): string => `${mapping} ${check}`;
