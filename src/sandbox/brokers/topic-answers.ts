/** Answers about topics: metadata, offsets, records. */
import { lastSegment } from '../../aws/arn.js';
import { errorCode } from '../../kafka/error-codes.js';
import type { Answerers, ApiRequest, ApiResponse } from './answer-types.js';
import { encodeBatch } from './encode-batch.js';
import type { Session } from './session.js';
import { leaderOf, offsetFor, recordAt, timeOf, topicsOf, type TopicView } from './topics.js';

const denied = errorCode('TOPIC_AUTHORIZATION_FAILED');
const unknownTopic = errorCode('UNKNOWN_TOPIC_OR_PARTITION');
const notLeader = errorCode('NOT_LEADER_OR_FOLLOWER');
const noLeader = errorCode('LEADER_NOT_AVAILABLE');
const outOfRange = errorCode('OFFSET_OUT_OF_RANGE');
/** Kafka's value where it was not asked for the allowed operations. */
const notAsked = -2_147_483_648;

const topics = ({ cluster }: Session): TopicView[] => topicsOf(cluster.snapshot(), cluster.clusterArn, cluster.state);

/** The topic; otherwise Kafka's error number. Without Describe, Kafka hides whether the topic exists. */
function topicFor(session: Session, name: string, operation: 'Describe' | 'Read'): TopicView | number {
  if (!session.allows(operation, { type: 'topic', name })) return denied;
  return topics(session).find((topic) => topic.name === name) ?? unknownTopic;
}

/** Kafka's error number for a partition; 0 where this broker leads it. */
function partitionError({ listener, cluster }: Session, topic: TopicView, partition: number): number {
  if (partition < 0 || partition >= topic.partitions) return unknownTopic;
  if (topic.leaderless.includes(partition)) return notLeader;
  return leaderOf(partition, cluster.brokers.length) === listener.node ? 0 : notLeader;
}

export const topicAnswers: Answerers<'metadata' | 'listOffsets' | 'fetch'> = {
  metadata(request, session) {
    const { brokers, clusterArn } = session.cluster;
    const names =
      request.topics?.map(({ name }) => name) ??
      topics(session).flatMap(({ name }) => (session.allows('Describe', { type: 'topic', name }) ? [name] : []));
    return {
      throttleTimeMs: 0,
      brokers: brokers.map(({ node, host, port }) => ({ nodeId: node, host, port, rack: null })),
      clusterId: lastSegment(clusterArn),
      controllerId: 1,
      topics: names.map((name) => describeTopic(session, name)),
      clusterAuthorizedOperations: notAsked,
    };
  },

  listOffsets: (request, session) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => {
      const topic = topicFor(session, name, 'Describe');
      return {
        name,
        partitions: partitions.map(({ partitionIndex, timestamp }) => {
          const code = typeof topic === 'number' ? topic : partitionError(session, topic, partitionIndex);
          const offset = typeof topic === 'number' || code !== 0 ? -1 : positionOf(session, topic, timestamp);
          return { partitionIndex, errorCode: code, timestamp: -1, offset, leaderEpoch: 0 };
        }),
      };
    }),
  }),

  fetch: (request, session) => ({
    throttleTimeMs: 0,
    errorCode: 0,
    sessionId: 0,
    responses: request.topics.map(({ topic: name, partitions }) => {
      const topic = topicFor(session, name, 'Read');
      return { topic: name, partitions: partitions.map((wanted) => fetchPartition(session, topic, name, wanted)) };
    }),
  }),
};

function describeTopic(session: Session, name: string): ApiResponse<'metadata'>['topics'][number] {
  const topic = topicFor(session, name, 'Describe');
  const found = typeof topic !== 'number';
  const count = session.cluster.brokers.length;
  return {
    errorCode: found ? 0 : topic,
    name,
    isInternal: false,
    partitions: !found
      ? []
      : Array.from({ length: topic.partitions }, (_, partition) => {
          const leader = leaderOf(partition, count);
          const lost = topic.leaderless.includes(partition);
          return {
            errorCode: lost ? noLeader : 0,
            partitionIndex: partition,
            leaderId: lost ? -1 : leader,
            leaderEpoch: 0,
            replicaNodes: [leader],
            isrNodes: [leader],
            offlineReplicas: lost ? [leader] : [],
          };
        }),
    topicAuthorizedOperations: notAsked,
  };
}

/** -2 asks for the first offset, -1 for the end (Kafka: ListOffsets). */
function positionOf({ cluster }: Session, { end }: TopicView, timestamp: number): number {
  if (timestamp === -2) return 0;
  if (timestamp < 0) return end;
  const offset = offsetFor(cluster.snapshot(), end, timestamp);
  return offset === end ? -1 : offset;
}

type WantedPartition = ApiRequest<'fetch'>['topics'][number]['partitions'][number];

function fetchPartition(
  session: Session,
  topic: TopicView | number,
  name: string,
  { partition, fetchOffset, partitionMaxBytes }: WantedPartition,
): ApiResponse<'fetch'>['responses'][number]['partitions'][number] {
  const end = typeof topic === 'number' ? -1 : topic.end;
  const code = typeof topic === 'number' ? topic : partitionError(session, topic, partition);
  const error = code === 0 && (fetchOffset < 0 || fetchOffset > end) ? outOfRange : code;
  return {
    partitionIndex: partition,
    errorCode: error,
    highWatermark: error === 0 ? end : -1,
    lastStableOffset: error === 0 ? end : -1,
    logStartOffset: error === 0 ? 0 : -1,
    abortedTransactions: null,
    preferredReadReplica: -1,
    records: error === 0 ? batchFrom(session, { topic: name, partition, end, fetchOffset, partitionMaxBytes }) : null,
  };
}

/** The records from an offset on, at least one and within the size as a broker does (KIP-74). */
function batchFrom(
  { cluster }: Session,
  wanted: { topic: string; partition: number; end: number; fetchOffset: number; partitionMaxBytes: number },
): Buffer {
  const { topic, partition, end, fetchOffset, partitionMaxBytes } = wanted;
  const records = Array.from({ length: end - fetchOffset }, (_, index) => {
    const offset = fetchOffset + index;
    const { key, value } = recordAt(cluster.state, { topic, partition, offset });
    return { key: Buffer.from(key), value, timestamp: timeOf(cluster.snapshot(), offset) };
  });
  let bytes = 0;
  const fitting = records.filter(({ key, value }, index) => {
    bytes += key.length + value.length + 16;
    return index === 0 || bytes <= partitionMaxBytes;
  });
  return encodeBatch(fetchOffset, fitting);
}
