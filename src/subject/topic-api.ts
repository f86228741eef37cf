/** Which clusters have the MSK topic API (AWS: MSK topic operations). */
import type { ClusterView } from './cluster-view.js';

/** Why MSK has no topic API for a cluster, as a clause; null where it has one. */
export function whyNoTopicApi({ type, kafkaVersion }: Pick<ClusterView, 'type' | 'kafkaVersion'>): string | null {
  if (type === 'serverless') return 'MSK Serverless has no API to list topics';
  return isBelow(kafkaVersion, 3, 6)
    ? `MSK has no API to list topics of Kafka ${kafkaVersion} (3.6 or later is required)`
    : null;
}

/** An unknown version does not count as too old. */
function isBelow(version: string | null, major: number, minor: number): boolean {
  const parts = /^(\d+)\.(\d+)/.exec(version ?? '');
  if (parts === null) return false;
  const [itsMajor, itsMinor] = [Number(parts[1]), Number(parts[2])];
  return itsMajor < major || (itsMajor === major && itsMinor < minor);
}
