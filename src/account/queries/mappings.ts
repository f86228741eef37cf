/** Event source mappings as they are now, without a snapshot: every call asks AWS again. */
import * as z from 'zod/mini';
import { mappingMetrics } from '../../snapshot/metrics.js';
import { isOk, mapRead, type Read } from '../../snapshot/read.js';
import { groupBy } from '../../text/group-by.js';
import { mappingSchema, type Mapping } from '../../snapshot/resources/index.js';
import { readOnce, type Clients } from '../clients.js';
import { keep, keepList, Reader } from '../reader.js';

const minute = 60_000;

/** A mapping as it is now, for waiting on a change of state. */
export async function getMapping(clients: Clients, uuid: string): Promise<Read<Mapping>> {
  const read = await new Reader(clients).call('lambda', 'GetEventSourceMapping', { UUID: uuid }, uuid);
  return keep(read, mappingSchema, { service: 'lambda', operation: 'GetEventSourceMapping', resource: uuid });
}

/**
 * The mappings of an event source and a function, as they are now. `functionName` with its qualifier, if it has one.
 */
export async function findMappings(
  clients: Clients,
  eventSourceArn: string,
  functionName?: string,
): Promise<Read<Mapping[]>> {
  const filter = {
    EventSourceArn: eventSourceArn,
    ...(functionName === undefined ? {} : { FunctionName: functionName }),
  };
  const pages = await new Reader(clients).pages('lambda', 'ListEventSourceMappings', filter);
  return keepList(pages, mappingSchema, { service: 'lambda', operation: 'ListEventSourceMappings' });
}

/** Every mapping of the region as it is now, those on other sources than MSK too. */
export async function listMappings(clients: Clients): Promise<Read<Mapping[]>> {
  const pages = await new Reader(clients).pages('lambda', 'ListEventSourceMappings', {});
  return keepList(pages, mappingSchema, { service: 'lambda', operation: 'ListEventSourceMappings' });
}

const selfManagedSchema = z.object({
  UUID: z.string(),
  SelfManagedKafkaEventSourceConfig: z.optional(z.object({ ConsumerGroupId: z.optional(z.string()) })),
});

/** UUIDs of the mappings on self-managed Kafka that use a consumer group. */
export async function findSelfManagedUsers(clients: Clients, group: string): Promise<Read<string[]>> {
  return mapRead(await selfManagedGroups(clients), (groups) => (groups.get(group) ?? []).map(({ UUID }) => UUID));
}

type SelfManaged = z.infer<typeof selfManagedSchema>;

const selfManagedGroups = (clients: Clients): Promise<Read<Map<string | undefined, SelfManaged[]>>> =>
  readOnce(clients, 'consumer groups on self-managed Kafka', async () => {
    const pages = await new Reader(clients).pages('lambda', 'ListEventSourceMappings', {});
    const list = keepList(pages, selfManagedSchema, { service: 'lambda', operation: 'ListEventSourceMappings' });
    return mapRead(list, (all) =>
      groupBy(all, ({ SelfManagedKafkaEventSourceConfig: config }) => config?.ConsumerGroupId),
    );
  });

const tagsSchema = z.object({ Tags: z._default(z.record(z.string(), z.string()), {}) });

/** Tags of a mapping, by the ARN of the mapping. */
export async function lookUpTags(clients: Clients, arn: string): Promise<Read<Record<string, string>>> {
  const read = await new Reader(clients).call('lambda', 'ListTags', { Resource: arn }, arn);
  return mapRead(
    keep(read, tagsSchema, { service: 'lambda', operation: 'ListTags', resource: arn }),
    ({ Tags: tags }) => tags,
  );
}

/**
 * Whether CloudWatch has a poll of this mapping in the last hour; false where the metric is off or could not be
 * read.
 */
export async function hasPolled(clients: Clients, uuid: string, now: Date): Promise<boolean> {
  const end = Math.ceil(now.getTime() / minute) * minute;
  const wanted = mappingMetrics(uuid).find(({ name }) => name === 'PolledEventCount');
  if (wanted === undefined) return false;
  const query = {
    Id: 'polled',
    MetricStat: {
      Metric: {
        Namespace: wanted.namespace,
        MetricName: wanted.name,
        Dimensions: Object.entries(wanted.dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: 60,
      Stat: wanted.statistic,
    },
  };
  const read = await new Reader(clients).call('cloudwatch', 'GetMetricData', {
    StartTime: new Date(end - 60 * minute),
    EndTime: new Date(end),
    MetricDataQueries: [query],
  });
  const results = isOk(read) ? (read.value['MetricDataResults'] as { Values?: number[] }[] | undefined) : undefined;
  return results?.some(({ Values: values }) => (values ?? []).length > 0) === true;
}
