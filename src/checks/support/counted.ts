/** What CloudWatch counted for one mapping in the last hour, since its last change. */
import { shell } from '../../text/shell.js';
import { pass, skip, undecided, type Judgement } from '../define.js';
import { groupOfMetric, metricGroups, type CountedMetric, type MetricGroup } from '../../snapshot/metrics.js';
import type { Mapping, Metric } from '../../snapshot/resources/index.js';
import { valueOrNull, type Fact } from '../../subject/fact.js';

const minute = 60_000;
/** Up to this age a datapoint is recent: it covers five minutes, and the newest ones may not be published yet. */
const recentMinutes = 20;
/** Errors over this much time are not a single incident, such as restarting brokers. */
const persistentMinutes = 30;

export interface Point {
  /** Start of the five minutes that it covers. */
  at: number;
  value: number;
}

/**
 * One metric. `off`: its group is not in MetricsConfig. `absent`: the group is on, but the snapshot lacks the
 * metric.
 */
export interface Counted {
  is: 'read' | 'off' | 'absent';
  points: Point[];
  /** Datapoints above zero. */
  counted: Point[];
  total: number;
  /** Some of them are recent. */
  recent: boolean;
  /** It continues: some are recent, or they are spread over much of the hour. */
  persists: boolean;
}

export interface CountedFacts {
  mapping: Mapping;
  mappingMetrics: Record<string, Metric>;
  capturedAt: Date;
}

/** What a check of counted records uses: the metrics may be unread. */
export type UncertainCounts = Omit<CountedFacts, 'mappingMetrics'> & { mappingMetrics: Fact<Record<string, Metric>> };

/**
 * The facts with the metrics, or the judgement where those of these groups could not be read. A group that is off
 * counts nothing: no permission to read metrics would decide anything.
 */
export function countsOf(
  { mapping, mappingMetrics: metrics, capturedAt }: UncertainCounts,
  ...groups: MetricGroup[]
): CountedFacts | Judgement<never> {
  if (metrics.is !== 'unread') return { mapping, mappingMetrics: valueOrNull(metrics) ?? {}, capturedAt };
  const isOn = groups.some((group) => mapping.MetricsConfig?.Metrics.includes(group) ?? false);
  return isOn
    ? undecided('the mapping’s metrics could not be read', metrics.missing)
    : skip(switchedOff(mapping, ...groups));
}

/** A metric of the mapping. Datapoints from before its last change are about other settings and are left out. */
export function countOf({ mapping, mappingMetrics, capturedAt }: CountedFacts, name: CountedMetric): Counted {
  const metric = mappingMetrics[name];
  const now = capturedAt.getTime();
  const changed = Date.parse(mapping.LastModified ?? '');
  // A change in the future of the snapshot's clock says nothing.
  const from = changed <= now ? changed : Number.NEGATIVE_INFINITY;
  const points = (metric?.values ?? [])
    .map((value, index) => ({ at: Date.parse(metric!.timestamps[index] ?? ''), value }))
    .filter(({ at }) => at >= from);
  const group = groupOfMetric(name)!;
  const isOn = mapping.MetricsConfig?.Metrics.includes(group) ?? false;
  const counted = points.filter(({ value }) => value > 0);
  const span = counted.length === 0 ? 0 : counted.at(-1)!.at - counted[0]!.at;
  const recent = counted.some(({ at }) => now - at <= recentMinutes * minute);
  return {
    is: points.length > 0 || (isOn && metric !== undefined) ? 'read' : isOn ? 'absent' : 'off',
    points,
    counted,
    total: counted.reduce((sum, { value }) => sum + value, 0),
    recent,
    persists: recent || span >= persistentMinutes * minute,
  };
}

/** Why a metric says nothing, and the command that turns its group on in addition to those that are on. */
export const switchedOff = ({ UUID: uuid, MetricsConfig: config }: Mapping, ...groups: MetricGroup[]): string => {
  const on = new Set<string>([...(config?.Metrics ?? []), ...groups]);
  const known = (Object.keys(metricGroups) as MetricGroup[]).filter((group) => on.has(group));
  return `the mapping’s ${groups.join(' and ')} metrics are off; \`${shell`msk-lambda update ${uuid} --metrics ${known.join(',')}`}\` turns them on (billed as CloudWatch metrics)`;
};

/** The start of the last datapoint above zero, as `09:50 UTC`. */
export const lastTime = ({ counted }: Counted): string => {
  const last = counted.at(-1);
  return last === undefined ? '' : `${new Date(last.at).toISOString().slice(11, 16)} UTC`;
};

/** Why a metric is not judged although its group is on. */
export const notInSnapshot = 'the snapshot does not contain this metric; take a new snapshot';
export const nothingCounted =
  'CloudWatch has no datapoints for this mapping in the last hour, or none since its last change';

/** The judgement where nothing bad was counted: a pass only if the metrics are on and the mapping polled. */
export function judgeZero(facts: CountedFacts, counts: readonly Counted[], ...groups: MetricGroup[]): Judgement<never> {
  if (counts.every(({ is }) => is === 'off')) return skip(switchedOff(facts.mapping, ...groups));
  if (counts.some(({ is }) => is === 'absent')) return undecided(notInSnapshot);
  // A poll without records is a datapoint of 0 (AWS: types of metrics for Lambda functions).
  const polled = countOf(facts, 'PolledEventCount');
  return polled.is === 'read' && polled.points.length === 0 ? skip(nothingCounted) : pass;
}

/** A number with its noun. */
export const quantity = (count: number, noun: string): string =>
  `${Math.round(count).toLocaleString('en-US')} ${noun}${Math.round(count) === 1 ? '' : 's'}`;
