/** Metadata of the cluster and of the topic: brokers, partitions, leaders. */
import type { Connection } from '../kafka/connection.js';
import { errorName } from '../kafka/error-codes.js';
import { metadata } from '../kafka/messages/topics.js';
import { kafkaError, malformed, WireError } from '../kafka/wire-error.js';
import type { BrokerLink, ProbeContext } from './broker-link.js';
import type { HostPort } from './probe-input.js';
import { askUntilFinal } from './retry.js';

export interface Partition {
  id: number;
  /** Null without a leader. */
  leader: number | null;
}

export interface ClusterView {
  /** The broker that answered. */
  link: BrokerLink;
  brokers: Map<number, HostPort>;
  topic: { errorCode: number; partitions: Partition[] } | null;
}

/** A leader of -1, LEADER_NOT_AVAILABLE, or LISTENER_NOT_FOUND: the leader does not have this listener. */
const noLeader = (id: number, code: number): boolean => id < 0 || code === 5 || code === 72;

async function ask(
  connection: Connection,
  topic: string | null,
  signal: AbortSignal,
): Promise<Omit<ClusterView, 'link'>> {
  const answer = await connection.request(
    metadata,
    {
      topics: topic === null ? [] : [{ name: topic }],
      allowAutoTopicCreation: false,
      includeClusterAuthorizedOperations: false,
      includeTopicAuthorizedOperations: false,
    },
    { signal },
  );
  const found = answer.topics.find(({ name }) => name === topic);
  if (topic !== null && found === undefined) throw malformed('the broker does not answer about the topic');
  const brokers = new Map(answer.brokers.map(({ nodeId, host, port }) => [nodeId, { host, port }]));
  return {
    brokers,
    topic:
      found === undefined
        ? null
        : {
            errorCode: found.errorCode,
            partitions: found.partitions
              .map(({ partitionIndex, leaderId, errorCode }) => ({
                id: partitionIndex,
                leader: noLeader(leaderId, errorCode) || !brokers.has(leaderId) ? null : leaderId,
              }))
              .toSorted((a, b) => a.id - b.id),
          },
  };
}

/** Step `metadata` of one broker. */
export async function readMetadata(link: BrokerLink, { input }: ProbeContext): Promise<ClusterView> {
  const connection = await link.ready();
  const view = await link.step('metadata', (signal) => explainClose(ask(connection, input.topic, signal), input.auth));
  return { link, ...view };
}

/** A listener with SASL closes the connection at the first request without a login. */
async function explainClose<T>(answer: Promise<T>, auth: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (
      error instanceof WireError &&
      ['CLOSED', 'ECONNRESET'].includes(error.label) &&
      !['iam', 'scram'].includes(auth)
    )
      throw new WireError(error.label, `${error.message}; a listener that requires a login (SASL) does so`, {
        cause: error,
      });
    throw error;
  }
}

/** Elections take moments: a topic without a leader is asked about again for a part of the step's limit. */
const isElecting = ({ topic }: Pick<ClusterView, 'topic'>): boolean =>
  topic !== null &&
  (topic.errorCode === 5 || (topic.errorCode === 0 && topic.partitions.some((each) => each.leader === null)));

/** Step `topic`: the view to go on with, and the error of the topic. Rejects with `StepFailed` where there is no answer. */
export async function judgeTopic(view: ClusterView, topic: string, context: ProbeContext): Promise<ClusterView> {
  const { link } = view;
  const connection = await link.ready();
  let latest: Omit<ClusterView, 'link'> = view;
  await link.step('topic', async (signal) => {
    const { limits } = context;
    if (isElecting(latest))
      latest = await askUntilFinal(() => ask(connection, topic, signal), isElecting, { limits, signal, share: 0.3 });
  });
  return { link, ...latest };
}

/** The error of the topic; null where every partition has a leader. */
export function topicProblem({ topic: found }: ClusterView, topic: string): WireError | null {
  if (found === null) return null;
  if (found.errorCode !== 0) return kafkaError(found.errorCode, topicRefusal(found.errorCode, topic, 'Describe'));
  const without = found.partitions.filter(({ leader }) => leader === null).map(({ id }) => id);
  if (without.length > 0)
    return kafkaError(
      5,
      `${without.length} of ${found.partitions.length} partitions of the topic ${topic} have no leader: ${listed(without)}`,
    );
  if (found.partitions.length === 0) return kafkaError(3, `the topic ${topic} has no partitions`);
  return null;
}

const listed = (ids: readonly number[]): string =>
  ids.length > 10 ? `${ids.slice(0, 10).join(', ')} and ${ids.length - 10} more` : ids.join(', ');

/** `permission`: the one that the request needs. */
export function topicRefusal(code: number, topic: string, permission: 'Describe' | 'Read'): string {
  switch (code) {
    case 3:
      return `the topic ${topic} does not exist`;
    case 5:
      return `the topic ${topic} has no leader`;
    case 17:
      return `${topic} is not a valid name of a topic`;
    case 29:
      return permission === 'Read'
        ? `the principal has no permission to read the topic ${topic}`
        : `the principal has no permission to describe the topic ${topic}, or the topic does not exist: without the permission Kafka answers the same for both`;
    default:
      return `the broker answers ${errorName(code)} for the topic ${topic}`;
  }
}
