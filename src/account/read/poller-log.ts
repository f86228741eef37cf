import * as z from 'zod/mini';
import { mapRead } from '../../snapshot/read.js';
import type { PollerLog } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keepList, listOf, type Reader } from '../reader.js';

/** CloudWatch Logs may return empty pages while it searches; this many are enough. */
const mostPages = 20;

/**
 * The last hour of the pollers' log. Lambda writes it into the function's log group, to streams named
 * `YYYY/MM/DD/<uuid>` (AWS: event source mapping logging).
 */
export async function readPollerLog(reader: Reader, snapshot: Snapshot, uuid: string, logGroup: string): Promise<void> {
  const end = Date.parse(snapshot.capturedAt);
  const day = snapshot.capturedAt.slice(0, 10).replaceAll('-', '/');
  const input = {
    logGroupName: logGroup,
    logStreamNamePrefix: `${day}/${uuid}`,
    startTime: end - 3_600_000,
    endTime: end,
  };
  const events = await reader.pages('logs', 'FilterLogEvents', input, {
    resource: logGroup,
    most: mostPages,
  });
  const kept = keepList(events, eventSchema, { service: 'logs', operation: 'FilterLogEvents', resource: logGroup });
  snapshot.pollerLogs[uuid] = mapRead(kept, (list) => list.flatMap((event) => parseLine(event, uuid)));
}

/** Milliseconds since 1970 that a `Date` can hold. */
const time = z.number().check(z.gte(0), z.lte(8.64e15));
const eventSchema = z.object({
  timestamp: z.optional(time),
  message: z.optional(z.string()),
  logStreamName: z.optional(z.string()),
});

/** One JSON line; null for any other text, and for another mapping's line. */
function parseLine({ timestamp, message, logStreamName }: z.infer<typeof eventSchema>, uuid: string): PollerLog[] {
  let line: Record<string, unknown>;
  try {
    line = JSON.parse(message ?? '') as Record<string, unknown>;
  } catch {
    return [];
  }
  if (typeof line !== 'object' || line === null || logStreamName?.includes(uuid) === false) return [];
  const error = (line['error'] ?? {}) as Record<string, unknown>;
  const network = (line['networkConfig'] ?? {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return [
    {
      timestamp: new Date(timestamp ?? 0).toISOString(),
      level: text(line['level']),
      eventType: text(line['eventType']),
      errorCode: text(error['errorCode']),
      errorMessage: text(error['errorMessage']),
      brokers: listOf(line['brokerEndpoints']).map(String),
      securityProtocol: text(line['securityProtocol']),
      saslMechanism: text(line['saslMechanism']),
      consumerGroup: text(line['consumerGroupId']),
      subnetCidr: text(network['subnetCidr']),
      securityGroups: listOf(network['securityGroups']).map(String),
    },
  ];
}
