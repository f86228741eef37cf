import { isOk, type ReadFailure } from '../../snapshot/read.js';
import { metricKey, metricPeriodSeconds, metricWindowSeconds, type WantedMetric } from '../../snapshot/metrics.js';
import type { Metric } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { listOf, type Reader } from '../reader.js';

/** GetMetricData takes at most this many queries (API reference). */
const batch = 500;

/** The last hour of every requested metric, in as few calls as batches and pages allow. */
export async function readMetrics(reader: Reader, snapshot: Snapshot, wanted: readonly WantedMetric[]): Promise<void> {
  const unique = [...new Map(wanted.map((metric) => [metricKey(metric), metric])).values()];
  const batches = Array.from({ length: Math.ceil(unique.length / batch) }, (_, index) =>
    unique.slice(index * batch, (index + 1) * batch),
  );
  await Promise.all(batches.map((some) => readBatch(reader, snapshot, some)));
}

/** A metric's datapoints may be spread over several results and pages. */
interface MetricPart {
  Id?: string;
  Timestamps?: string[];
  Values?: number[];
  StatusCode?: string;
}

/**
 * Why one metric was not read while CloudWatch answered for others: each has its own status (API reference:
 * MetricDataResult). A metric that could not be read is not one without datapoints.
 */
function readFailure(name: string, parts: readonly MetricPart[]): ReadFailure | null {
  const status = parts.length === 0 ? 'nothing' : (parts.at(-1)!.StatusCode ?? 'Complete');
  const someValues = parts.some(({ Values: values }) => listOf(values).length > 0);
  if (status === 'Complete' || (status === 'PartialData' && someValues)) return null;
  return {
    outcome: status === 'Forbidden' ? 'denied' : 'failed',
    service: 'cloudwatch',
    operation: 'GetMetricData',
    action: 'cloudwatch:GetMetricData',
    error: `CloudWatch answered ${status} for ${name}`,
  };
}

async function readBatch(reader: Reader, snapshot: Snapshot, wanted: readonly WantedMetric[]): Promise<void> {
  const end = Math.floor(Date.parse(snapshot.capturedAt) / 60_000) * 60_000;
  const input = {
    StartTime: new Date(end - metricWindowSeconds * 1000),
    EndTime: new Date(end),
    ScanBy: 'TimestampAscending',
    MetricDataQueries: wanted.map((metric, index) => ({
      Id: `m${index}`,
      ReturnData: true,
      MetricStat: {
        Metric: {
          Namespace: metric.namespace,
          MetricName: metric.name,
          Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: metricPeriodSeconds,
        Stat: metric.statistic,
      },
    })),
  };
  const results = await reader.pages('cloudwatch', 'GetMetricData', input, {
    once: true,
  });
  const partsById = new Map<unknown, MetricPart[]>();
  for (const part of isOk(results) ? (results.value as MetricPart[]) : [])
    partsById.set(part?.Id, [...(partsById.get(part?.Id) ?? []), part]);
  wanted.forEach((metric, index) => {
    const key = metricKey(metric);
    if (!isOk(results)) {
      snapshot.metrics[key] = results;
      return;
    }
    const parts = partsById.get(`m${index}`) ?? [];
    const failure = readFailure(metric.name, parts);
    if (failure !== null) {
      snapshot.metrics[key] = failure;
      return;
    }
    const value: Metric = {
      namespace: metric.namespace,
      name: metric.name,
      statistic: metric.statistic,
      periodSeconds: metricPeriodSeconds,
      timestamps: parts.flatMap((part) => listOf(part.Timestamps).map(String)),
      values: parts.flatMap((part) => listOf(part.Values).map(Number)),
    };
    snapshot.metrics[key] = { outcome: 'ok', value };
  });
}
