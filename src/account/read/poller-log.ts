import { mapRead } from '../../snapshot/read.js';
import type { PollerLog } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { listOf, type Reader } from '../reader.js';

/** Lines looked at: the newest errors tell, and a DEBUG log has thousands. */
const mostLines = 200;

/** The last hour of the pollers' own log, which Lambda writes into the function's log group (AWS: event source mapping logging). */
export async function readPollerLog(reader: Reader, snapshot: Snapshot, uuid: string, logGroup: string): Promise<void> {
  const end = Date.parse(snapshot.capturedAt);
  const input = { logGroupName: logGroup, startTime: end - 3_600_000, endTime: end, filterPattern: `"${uuid}"`, limit: mostLines };
  const read = await reader.call('logs', 'FilterLogEvents', input, logGroup);
  snapshot.pollerLogs[uuid] = mapRead(read, (output) => listOf(output['events']).flatMap((event) => parseLine(event as LogEvent, uuid)));
}

interface LogEvent {
  timestamp?: number;
  message?: string;
  logStreamName?: string;
}

/** One line as JSON; what is none, or another mapping's, is passed over. */
function parseLine({ timestamp, message, logStreamName }: LogEvent, uuid: string): PollerLog[] {
  let line: Record<string, unknown>;
  try {
    line = JSON.parse(message ?? '') as Record<string, unknown>;
  } catch {
    return [];
  }
  if (typeof line !== 'object' || line === null || !`${logStreamName ?? ''}${message}`.includes(uuid)) return [];
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
