/** What cannot be known about a mapping whose metrics are off. */
import { shell } from '../text/shell.js';
import { metricGroups, type MetricGroup } from '../snapshot/metrics.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { Subject } from '../subject/subject.js';

/** Metric groups that the checks of the records need, and what each shows. */
const tells: readonly { group: MetricGroup; what: string }[] = [
  { group: 'EventCount', what: 'dropped or filtered records' },
  { group: 'ErrorCount', what: 'failed polls, commits and deliveries' },
];

/** One sentence with the command that turns the groups on; empty where all are on. */
export function metricsOff({ mapping }: Subject): string[] {
  if (mapping.is !== 'known') return [];
  const { UUID: uuid, MetricsConfig: config } = mapping.value satisfies Mapping;
  const on = new Set(config?.Metrics ?? []);
  const off = tells.filter(({ group }) => !on.has(group));
  if (off.length === 0) return [];
  const wanted = (Object.keys(metricGroups) as MetricGroup[]).filter(
    (group) => on.has(group) || off.some((entry) => entry.group === group),
  );
  return [
    `Metrics off: cannot see ${off[0]!.what} (\`${shell`msk-lambda update ${uuid} --metrics ${wanted.join(',')}`}\`)`,
  ];
}
