/** What the tests of the checks share: an account after a change, judged; and a fault found, mended and gone. */
import { expect } from 'vitest';
import type { AwsCall } from '../../src/aws/call.js';
import type { CheckId } from '../../src/catalogue/check-ids.js';
import { checks } from '../../src/checks/index.js';
import { runChecks, type Finding, type Status } from '../../src/checks/run.js';
import { diagnoseMapping } from '../../src/diagnosis/diagnose.js';
import type { MappingDiagnosis } from '../../src/diagnosis/diagnosis.js';
import type { Fix } from '../../src/fixes/fix.js';
import { replayAll } from '../../src/simulate/simulate.js';
import {
  clusterMetrics,
  functionMetrics,
  lagMetrics,
  mappingMetrics,
  metricKey,
  type WantedMetric,
} from '../../src/snapshot/metrics.js';
import { ok } from '../../src/snapshot/read.js';
import type { Mapping } from '../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { subjectOf } from '../../src/subject/subject.js';
import {
  accountWith,
  capturedAt,
  clusterName,
  functionName,
  topic,
  uuid,
  value,
  type HealthyOptions,
} from '../accounts/account.js';

export type Change = (snapshot: Snapshot) => void;

/** All checks on the account's mapping, premises included. */
const judgeAll = (change: Change, options: HealthyOptions = {}): Finding[] =>
  runChecks(checks, subjectOf(accountWith(change, options), uuid));

/** One check's finding. */
export const judge = (id: CheckId, change: Change = () => {}, options: HealthyOptions = {}): Finding =>
  judgeAll(change, options).find(({ check }) => check === id)!;

/** One check's finding after a fix was applied. */
export const judgeAfter = (
  id: CheckId,
  change: Change,
  calls: readonly AwsCall[],
  options: HealthyOptions = {},
): Finding =>
  runChecks(checks, subjectOf(replayAll(accountWith(change, options), calls), uuid)).find(({ check }) => check === id)!;

/** What a finding says, in one text. */
export const textOf = ({ title, evidence }: Finding): string =>
  [title, ...evidence.map(({ resource, fact }) => `${resource}: ${fact}`)].join('\n');

/** The mapping with other members. */
export const mapping =
  (members: Partial<Mapping>): Change =>
  (snapshot) =>
    void Object.assign(value(snapshot.mappings, uuid), members);

export const all =
  (...changes: Change[]): Change =>
  (snapshot) =>
    changes.forEach((change) => change(snapshot));

/** The mapping shows this text. */
export const shows = (text: string): Change => mapping({ LastProcessingResult: text });

/** A metric of the last hour, one value each five minutes. */
export const measured =
  (wanted: WantedMetric, values: number[]): Change =>
  (snapshot) => {
    const { namespace, name, statistic } = wanted;
    const timestamps = values.map((_, index) =>
      new Date(Date.parse(capturedAt) - (values.length - index) * 300_000).toISOString(),
    );
    snapshot.metrics[metricKey(wanted)] = ok({ namespace, name, statistic, periodSeconds: 300, timestamps, values });
  };

/** CloudWatch answered, and had no datapoint of anything. */
export const nothingMeasured: Change = (snapshot) => {
  for (const wanted of [
    ...clusterMetrics(clusterName, 3),
    ...lagMetrics(clusterName, uuid, topic, 3),
    ...mappingMetrics(uuid),
    ...functionMetrics(functionName, null),
  ])
    measured(wanted, [])(snapshot);
};

/** An odd account that works: nothing fails, and the check has the status. */
export function expectHarmless(id: CheckId, status: Status, change: Change, options: HealthyOptions = {}): void {
  const findings = judgeAll(change, options);
  expect(findings.filter((finding) => finding.status === 'fail').map((finding) => finding.check)).toEqual([]);
  const finding = findings.find(({ check }) => check === id)!;
  expect(finding.status, textOf(finding)).toBe(status);
}

/** A broken account: the check is the first cause; its fix that has changes is applied, and the mapping is well. */
export function expectMended(
  id: CheckId,
  change: Change,
  options: HealthyOptions = {},
  verdict: MappingDiagnosis['verdict'] = 'healthy',
): void {
  const broken = accountWith(change, options);
  const before = diagnoseMapping(broken, uuid);
  expect(before.causes[0]?.check, JSON.stringify(before.causes)).toBe(id);
  const fix = before.findings
    .find((finding) => finding.check === id)!
    .fixes.find((candidate: Fix) => candidate.changes.length > 0);
  expect(fix, 'a fix with changes').toBeDefined();
  const mended = replayAll(broken, fix!.changes);
  // Lambda's text belongs to the attempt before the repair.
  value(mended.mappings, uuid).LastProcessingResult = 'OK';
  const after = diagnoseMapping(mended, uuid);
  expect(after.causes).toEqual([]);
  expect(after.verdict).toBe(verdict);
}
