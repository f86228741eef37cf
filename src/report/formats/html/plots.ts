/** The metrics of a mapping that were read, as plots: lag, polled, dropped and failed records. */
import { parseFunctionArn } from '../../../aws/function-arn.js';
import { functionMetrics, mappingMetrics, metricKey, type WantedMetric } from '../../../snapshot/metrics.js';
import { isOk } from '../../../snapshot/read.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { html, type Markup } from './markup.js';
import { drawPlot, type Plot } from './plot.js';

const titles: Readonly<Record<string, [title: string, kind: Plot['kind']]>> = {
  PolledEventCount: ['Polled records', 'bars'],
  InvokedEventCount: ['Records sent to the function', 'bars'],
  FilteredOutEventCount: ['Filtered records', 'bars'],
  DroppedEventCount: ['Dropped records', 'bars'],
  FailedInvokeEventCount: ['Failed records', 'bars'],
  OnFailureDestinationDeliveredEventCount: ['Records sent to the on-failure destination', 'bars'],
  PollingErrorCount: ['Polling errors', 'bars'],
  Errors: ['Function errors', 'bars'],
  Throttles: ['Throttled invocations', 'bars'],
};

/** The lag that is closest to the mapping is enough. */
const lags: Readonly<Record<string, string>> = {
  SumOffsetLag: 'Offset lag, all partitions',
  MaxOffsetLag: 'Offset lag, largest partition',
  OffsetLag: 'Offset lag (metric of the function)',
};

/** Null where no metric has a datapoint. */
export function plotsOf(snapshot: Snapshot, uuid: string): Markup | null {
  const read = snapshot.mappings[uuid] ?? snapshot.selfManagedMappings[uuid];
  if (read === undefined || !isOk(read)) return null;
  const { FunctionArn: functionArn, Topics: topics = [] } = read.value;
  const target = parseFunctionArn(functionArn);
  const wanted = [...mappingMetrics(uuid), ...(target === null ? [] : functionMetrics(target.name, target.qualifier))];
  const lag =
    lagPlot(snapshot, wanted) ??
    consumerLag(snapshot, read.value.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId, topics[0]);
  const plots = [
    lag,
    ...wanted.flatMap((metric) => {
      const [title, kind] = titles[metric.name] ?? [];
      const plot = title === undefined ? null : plotOf(snapshot, metricKey(metric), title, kind!);
      // A count that is always zero says nothing, except for what was polled.
      return plot === null || (metric.name !== 'PolledEventCount' && plot.values.every((value) => value === 0))
        ? []
        : [plot];
    }),
  ].flatMap((plot) => (plot === null ? [] : (drawPlot(plot) ?? [])));
  return plots.length === 0 ? null : html`<div class="plots">${plots}</div>`;
}

function lagPlot(snapshot: Snapshot, wanted: readonly WantedMetric[]): Plot | null {
  for (const [name, title] of Object.entries(lags)) {
    const metric = wanted.find((candidate) => candidate.name === name);
    const plot = metric === undefined ? null : plotOf(snapshot, metricKey(metric), title, 'line');
    if (plot !== null) return plot;
  }
  return null;
}

/** Of the cluster, for the consumer group and the topic of the mapping. */
function consumerLag(snapshot: Snapshot, group: string | undefined, topic: string | undefined): Plot | null {
  if (group === undefined || topic === undefined) return null;
  const key = Object.keys(snapshot.metrics).find(
    (candidate) =>
      candidate.startsWith('AWS/Kafka|SumOffsetLag|') && candidate.endsWith(`|Consumer Group=${group}|Topic=${topic}`),
  );
  return key === undefined ? null : plotOf(snapshot, key, 'Offset lag of the consumer group', 'line');
}

function plotOf(snapshot: Snapshot, key: string, title: string, kind: Plot['kind']): Plot | null {
  const read = snapshot.metrics[key];
  if (read === undefined || !isOk(read) || read.value.values.length === 0) return null;
  const { timestamps, values, periodSeconds } = read.value;
  return { title, kind, timestamps, values, periodSeconds };
}
