/** How many records of a topic one call of the function can carry. */
import { payloadBytes } from '../../../aws/limits.js';
import type { MeasuredMetric } from '../../../subject/facts/metrics.js';

/** A record's key and value are sent in Base64: 4 characters for 3 bytes. */
const base64 = 4 / 3;

/**
 * From the topic's traffic of the last hour: the mean record size in bytes, and how many such records fit (at least
 * one). Null where CloudWatch shows no traffic. The topic's bytes may be compressed, so even fewer may fit.
 */
export function recordsPerCall(metrics: readonly MeasuredMetric[]): { meanBytes: number; fitting: number } | null {
  const total = (name: string) =>
    metrics
      .filter((metric) => metric.name === name)
      .flatMap(({ values }) => values)
      .reduce((sum, value) => sum + value, 0);
  const [bytes, records] = [total('BytesInPerSec'), total('MessagesInPerSec')];
  if (bytes === 0 || records === 0) return null;
  const meanBytes = bytes / records;
  return { meanBytes, fitting: Math.max(1, Math.floor(payloadBytes / (meanBytes * base64))) };
}
