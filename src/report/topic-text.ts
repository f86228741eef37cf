/** The answer of `topic list` for people. */
import stringWidth from 'string-width';
import { visible } from '../text/visible.js';

export interface TopicRow {
  name: string;
  partitions: number | null;
  replicationFactor: number | null;
  outOfSyncReplicas: number | null;
}

export function renderTopics(topics: readonly TopicRow[], cluster: string): string {
  if (topics.length === 0)
    return `MSK lists no topic of ${visible(cluster)} to your credentials: it shows those only that they may describe.`;
  const width = Math.max(...topics.map(({ name }) => stringWidth(visible(name))));
  return topics
    .map(({ name, partitions, replicationFactor, outOfSyncReplicas }) => {
      const details = [
        partitions === null ? '' : `${partitions} ${partitions === 1 ? 'partition' : 'partitions'}`,
        replicationFactor === null ? '' : `replication factor ${replicationFactor}`,
        outOfSyncReplicas === null || outOfSyncReplicas === 0 ? '' : `${outOfSyncReplicas} replicas out of sync`,
      ].filter((part) => part !== '');
      const shown = visible(name);
      return `${shown}${' '.repeat(width - stringWidth(shown))}  ${details.join(', ')}`.trimEnd();
    })
    .join('\n');
}
