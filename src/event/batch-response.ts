/**
 * The partial batch response of a function (Lambda developer guide: kafka-retry-configurations):
 * `{"batchItemFailures": [{"itemIdentifier": {"partition": "topic-0", "offset": 5}}]}`.
 */
import { visible } from '../text/visible.js';
import type { KafkaEvent } from './kafka-event.js';

/** A record that the function reports as failed. */
export interface FailedItem {
  /** `topic-partition`. */
  partition: string;
  offset: number;
}

/** How Lambda takes a response. */
export interface BatchResponse {
  failures: FailedItem[];
  /** Why Lambda retries the complete batch instead; null for a response that it accepts. */
  fault: string | null;
}

/** Reads a response. Null, an empty one and one without failures are a complete success. */
export function readBatchResponse(response: unknown, event: KafkaEvent): BatchResponse {
  const items = isObject(response) ? response['batchItemFailures'] : undefined;
  if (items === undefined || items === null) return { failures: [], fault: null };
  if (!Array.isArray(items)) return { failures: [], fault: 'batchItemFailures is not a list' };
  const failures: FailedItem[] = [];
  for (const [index, item] of items.entries()) {
    const path = `batchItemFailures[${index}]`;
    const identifier: unknown = isObject(item) ? item['itemIdentifier'] : undefined;
    if (!isObject(identifier))
      return {
        failures,
        fault: `${path}.itemIdentifier is ${identifier === undefined ? 'missing' : visible(JSON.stringify(identifier))}; for Kafka it is {"partition": "TOPIC-NUMBER", "offset": NUMBER}`,
      };
    const { partition, offset } = identifier;
    if (typeof partition !== 'string' || typeof offset !== 'number')
      return { failures, fault: `${path}.itemIdentifier needs “partition” (text) and “offset” (a number)` };
    const records = Object.hasOwn(event.records, partition) ? event.records[partition]! : null;
    if (records === null)
      return {
        failures,
        fault: `${path} names the partition ${visible(JSON.stringify(partition))}, which is not in the event; partitions are named TOPIC-NUMBER`,
      };
    if (!records.some((record) => record.offset === offset))
      return {
        failures,
        fault: `${path} names the offset ${offset} of ${visible(partition)}, which is not in the event`,
      };
    failures.push({ partition, offset });
  }
  return { failures, fault: null };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
