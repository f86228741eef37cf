/** Judges a snapshot: findings, causes and verdict of every target. Pure: the same snapshot gives the same bytes. */
import { matchText } from '../catalogue/match.js';
import type { CheckId } from '../catalogue/check-ids.js';
import type { KnownText } from '../catalogue/known-text.js';
import { loggedErrors, matchLogged } from '../catalogue/poller-log.js';
import { stoppedBecause } from '../catalogue/stop-codes.js';
import { checks as allChecks } from '../checks/index.js';
import type { AnyCheck } from '../checks/define.js';
import { runChecks, type Finding } from '../checks/run.js';
import { deniedActions, isOk } from '../snapshot/read.js';
import { resourceNamesOf } from '../snapshot/resource-names.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { Subject } from '../subject/subject.js';
import { SharedWork } from '../subject/shared-work.js';
import { subjectOf, subjectsAmong } from '../subject/subject.js';
import { verdicts, type Diagnosis, type MappingDiagnosis, type Verdict } from './diagnosis.js';
import { likelyCauses, withNextActions } from './likely-causes.js';
import { hintsFor } from './hints.js';
import { diagnoseLeftOut } from './self-managed.js';
import { withOneVersion } from './merge-policy-changes.js';
import { rankCauses, type Clue } from './rank.js';
import { isDisabledByUser, judgeVerdict } from './verdict.js';

/** Diagnoses all targets of the snapshot with the given checks. */
export function diagnose(snapshot: Snapshot, checks: readonly AnyCheck[] = allChecks): Diagnosis {
  return summarize(snapshot, checks, targetsOf(snapshot).map(diagnoserOf(snapshot, checks)));
}

/** The same, with a pause before each target, so that the program can handle signals while it judges thousands. */
export async function diagnosePausing(
  snapshot: Snapshot,
  checks: readonly AnyCheck[],
  pause: () => Promise<void> | undefined,
): Promise<Diagnosis> {
  const diagnoseTarget = diagnoserOf(snapshot, checks);
  const mappings: MappingDiagnosis[] = [];
  for (const uuid of targetsOf(snapshot)) {
    await pause();
    mappings.push(diagnoseTarget(uuid));
  }
  return summarize(snapshot, checks, mappings);
}

/**
 * Diagnoses all targets, each with checks of its own: the same checks, some of which were decided by other means.
 * `checks`: those that ran for every target.
 */
export const diagnoseEach = (
  snapshot: Snapshot,
  checks: readonly AnyCheck[],
  checksFor: (uuid: string) => readonly AnyCheck[],
): Diagnosis =>
  summarize(
    snapshot,
    checks,
    targetsOf(snapshot).map((uuid) => diagnoseMapping(snapshot, uuid, checksFor(uuid), isPartial(checks))),
  );

const targetsOf = ({ targets }: Snapshot): string[] => [...new Set(targets)];

/** Diagnoses single targets of a snapshot. They share the parts of it that are the same for them. */
export function diagnoserOf(
  snapshot: Snapshot,
  checks: readonly AnyCheck[] = allChecks,
): (uuid: string) => MappingDiagnosis {
  const isSelection = isPartial(checks);
  if (snapshot.targets.length < 2) return (uuid) => diagnoseMapping(snapshot, uuid, checks, isSelection);
  const shared = new SharedWork<Subject>();
  const subjectAmong = subjectsAmong(shared, snapshot);
  return (uuid) => {
    const sharing = subjectAmong(uuid);
    return conclude(
      uuid,
      sharing.subject,
      runChecks(checks, sharing.subject, shared.checkRunner(sharing)),
      isSelection,
    );
  };
}

/** The findings about mappings that are not in the snapshot, judged with what was read around them. */
export function findingsAmong(
  snapshot: Snapshot,
  checks: readonly AnyCheck[] = allChecks,
): (mapping: Mapping) => Finding[] {
  const shared = new SharedWork<Subject>();
  const subjectAmong = subjectsAmong(shared, snapshot);
  return (mapping) => {
    const sharing = subjectAmong(mapping.UUID, mapping);
    return withOneVersion(runChecks(checks, sharing.subject, shared.checkRunner(sharing)));
  };
}

function summarize(snapshot: Snapshot, checks: readonly AnyCheck[], unordered: readonly MappingDiagnosis[]): Diagnosis {
  const mappings = unordered.toSorted(byGravity);
  const count = (verdict: Verdict) => mappings.filter((mapping) => mapping.verdict === verdict).length;
  const coverage = { decided: 0, unknown: 0 };
  const { leftOut, missing: ofSources } = diagnoseLeftOut(snapshot, checks, diagnoseMapping);
  const missing = new Set([...listRefused(snapshot), ...deniedActions(ofSources)]);
  for (const finding of leftOut.flatMap(({ findings }) => findings))
    for (const action of finding.missingActions) missing.add(action);
  for (const { findings } of mappings)
    for (const finding of findings) {
      if (isDecided(finding)) coverage.decided++;
      else if (finding.status === 'unknown') coverage.unknown++;
      for (const action of finding.missingActions) missing.add(action);
    }
  return {
    account: snapshot.account,
    region: snapshot.region,
    capturedAt: snapshot.capturedAt,
    summary: {
      healthy: count('healthy'),
      atRisk: count('at-risk'),
      broken: count('broken'),
      disabled: count('disabled'),
      unknown: count('unknown'),
    },
    mappings,
    leftOut,
    coverage: { ...coverage, missingActions: withNextActions(missing, snapshot.reads) },
    scope: scopeOf(checks),
    reads: snapshot.reads,
    names: resourceNamesOf(snapshot),
  };
}

/** Null without a selection: the checks are the list of all checks itself. */
const scopeOf = (checks: readonly AnyCheck[]): Diagnosis['scope'] =>
  checks === allChecks ? null : { run: checks.map(({ id }) => id), leftOut: leftOutOf(checks) };

function leftOutOf(checks: readonly AnyCheck[]): CheckId[] {
  const run = new Set(checks.map(({ id }) => id));
  return allChecks.flatMap(({ id }) => (run.has(id) ? [] : [id]));
}

const isPartial = (checks: readonly AnyCheck[]): boolean => leftOutOf(checks).length > 0;

/** Without named targets the list shows which mappings exist; if it failed, nothing was judged. */
function listRefused({ targets, selfManagedTargets, mappingLists }: Snapshot): string[] {
  const list = mappingLists['*'];
  return targets.length + selfManagedTargets.length > 0 || list === undefined || isOk(list)
    ? []
    : deniedActions([list]);
}

/**
 * Diagnoses one mapping. One that could not be read has the verdict `unknown` and null members. `isPartial`: the
 * user left checks out.
 */
export function diagnoseMapping(
  snapshot: Snapshot,
  uuid: string,
  checks: readonly AnyCheck[] = allChecks,
  isPartial = false,
): MappingDiagnosis {
  const subject = subjectOf(snapshot, uuid);
  return conclude(uuid, subject, runChecks(checks, subject), isPartial);
}

/** From the findings to causes, verdict and hints. */
function conclude(
  uuid: string,
  subject: Subject,
  judgements: readonly Finding[],
  isPartial: boolean,
): MappingDiagnosis {
  const findings = withOneVersion(judgements);
  const mapping = subject.mapping.is === 'known' ? subject.mapping.value : undefined;
  const observed = {
    state: mapping?.State ?? null,
    stateTransitionReason: mapping?.StateTransitionReason ?? null,
    lastProcessingResult: mapping?.LastProcessingResult ?? null,
    error: subject.observedError.is === 'known' ? subject.observedError.value : null,
  };
  const clues = cluesOf(observed, subject);
  const causes = rankCauses(findings, {
    clues,
    disabledByUser: isDisabledByUser(observed),
    // A reason for which Lambda stopped a mapping is an error too, whatever the last text was.
    showsNoError: observed.error === null && !clues.some(({ kind }) => kind === 'stop-code'),
  });
  const verdict = mapping === undefined ? ('unknown' as const) : judgeVerdict({ observed, clues, causes, findings });
  const judged = {
    uuid,
    functionArn: mapping?.FunctionArn ?? null,
    eventSourceArn: mapping?.EventSourceArn ?? null,
    topic: mapping?.Topics[0] ?? null,
    verdict,
    observed,
    causes,
    likely: verdict === 'unknown' ? likelyCauses(findings, clues) : [],
    findings,
  };
  return { ...judged, hints: hintsFor(judged, subject, isPartial) };
}

/** In order of precision: the pollers' log, the text of Lambda, the reason of a stop. */
function cluesOf(
  { state, error, lastProcessingResult: text, stateTransitionReason: reason }: MappingDiagnosis['observed'],
  { loggedError, destinationReference: destination }: Subject,
): Clue[] {
  const toKafka = destination.is === 'known' && destination.value.startsWith('kafka://');
  const clue = (kind: Clue['kind'], entry: KnownText | undefined): Clue[] =>
    entry === undefined
      ? []
      : [{ kind, causes: entry.causes.filter(({ ofKafkaDestination }) => ofKafkaDestination !== true || toKafka) }];
  const logged = loggedError.is === 'known' ? loggedErrors.find(({ id }) => id === loggedError.value) : undefined;
  return [
    ...clue('log', logged),
    ...clue('text', error === null ? undefined : (matchLogged(text!) ?? matchText(text!))),
    ...clue('stop-code', state === 'Enabled' ? undefined : stoppedBecause(reason ?? '')),
  ];
}

const isDecided = (finding: Finding): boolean =>
  finding.status === 'pass' || finding.status === 'warn' || finding.status === 'fail';

const text = (value: string | null): string => value ?? '';

// Compares code units: the order must not depend on the machine's locale.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order of mappings: the most severe first. */
export const byGravity = (a: MappingDiagnosis, b: MappingDiagnosis): number =>
  verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
  compare(text(a.eventSourceArn), text(b.eventSourceArn)) ||
  compare(text(a.functionArn), text(b.functionArn)) ||
  compare(a.uuid, b.uuid);
