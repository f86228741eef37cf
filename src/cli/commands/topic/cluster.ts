/** Finds the cluster whose topics a command is about. */
import type { Clients } from '../../../account/clients.js';
import { clusterNotFound, lookUpCluster } from '../../../account/queries/clusters.js';
import { NotReadable, UsageError } from '../../../errors.js';
import { normalizeCluster } from '../../../mapping/normalize-input.js';
import { resolveCluster } from '../../../mapping/resolve.js';
import { whyNoTopics } from '../../../mapping/topic.js';
import { isOk, type ReadFailure } from '../../../snapshot/read.js';
import type { Cluster } from '../../../snapshot/resources/index.js';
import { visible } from '../../../text/visible.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { openClients } from '../../open-account.js';
import { sayUserError } from '../../user-error.js';
import type { TopicListOptions } from './list/options.js';

/**
 * The clients and the cluster, or an exit code after a message on stderr. Throws `UsageError` for a cluster that
 * does not support topics in the MSK API.
 */
export async function findTopicCluster(
  name: string,
  options: Omit<TopicListOptions, 'output'>,
  io: Io,
): Promise<{ clients: Clients; cluster: Cluster } | number> {
  const clients = await openClients(options, io);
  const normalized = normalizeCluster(name);
  for (const note of normalized.notes) io.stderr.write(`note: ${visible(note)}\n`);
  try {
    const read = await lookUpCluster(clients, await resolveCluster(clients, normalized.value));
    io.signal.throwIfAborted();
    if (!isOk(read)) {
      if (read.outcome === 'not-found') throw await clusterNotFound(clients, name);
      return sayUnread(io, `The cluster ${name}`, read);
    }
    const lacking = whyNoTopics(read.value);
    if (lacking !== null)
      throw new UsageError(
        `The MSK API has no topics for ${read.value.ClusterName ?? name}: ${lacking}.`,
        'Use kafka-topics from a client that can reach the brokers.',
      );
    return { clients, cluster: read.value };
  } catch (error) {
    if (error instanceof NotReadable) return sayUserError(io, error);
    throw error;
  }
}

/** Reports on stderr what could not be read; returns the exit code. */
export function sayUnread(io: Io, what: string, { error, outcome, action }: ReadFailure): number {
  io.stderr.write(
    `error: ${visible(`${what} could not be read: ${error}`)}\n${outcome === 'denied' ? `  Your credentials need ${action}, and kafka-cluster:Connect and kafka-cluster:DescribeTopic inside the cluster.\n` : ''}`,
  );
  return exitCodes.cannotTell;
}
