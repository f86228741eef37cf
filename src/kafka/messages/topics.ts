/** Messages about topics: metadata, offsets and records (Kafka: message definitions). */
import {
  array,
  between,
  boolean,
  from,
  int16,
  int32,
  int64,
  int8,
  nullableArray,
  nullableBytes,
  nullableString,
  string,
  structure,
} from '../fields.js';
import { declareApi } from './session.js';

/** Kafka's value where it was not asked for the operations that the principal is allowed. */
const notAsked = -2_147_483_648;

const metadataResponse = structure({
  throttleTimeMs: from(3, int32, 0),
  brokers: array(structure({ nodeId: int32, host: string, port: int32, rack: nullableString })),
  clusterId: from(2, nullableString, null),
  controllerId: int32,
  topics: array(
    structure({
      errorCode: int16,
      name: string,
      isInternal: boolean,
      partitions: array(
        structure({
          errorCode: int16,
          partitionIndex: int32,
          leaderId: int32,
          leaderEpoch: from(7, int32, -1),
          replicaNodes: array(int32),
          isrNodes: array(int32),
          offlineReplicas: from(5, array(int32), []),
        }),
      ),
      topicAuthorizedOperations: from(8, int32, notAsked),
    }),
  ),
  clusterAuthorizedOperations: from(8, int32, notAsked),
});

/** Version 4 is the first in which a client can forbid that the question creates the topic. An empty list asks for no topic. */
export const metadata = declareApi({
  name: 'Metadata',
  key: 3,
  versions: { least: 1, most: 9 },
  preferred: 4,
  flexible: 9,
  request: structure({
    topics: nullableArray(structure({ name: string })),
    allowAutoTopicCreation: from(4, boolean, true),
    includeClusterAuthorizedOperations: from(8, boolean, false),
    includeTopicAuthorizedOperations: from(8, boolean, false),
  }),
  response: metadataResponse,
});

export const listOffsets = declareApi({
  name: 'ListOffsets',
  key: 2,
  versions: { least: 1, most: 7 },
  preferred: 1,
  flexible: 6,
  request: structure({
    replicaId: int32,
    isolationLevel: from(2, int8, 0),
    topics: array(
      structure({
        name: string,
        partitions: array(
          structure({ partitionIndex: int32, currentLeaderEpoch: from(4, int32, -1), timestamp: int64 }),
        ),
      }),
    ),
  }),
  response: structure({
    throttleTimeMs: from(2, int32, 0),
    topics: array(
      structure({
        name: string,
        partitions: array(
          structure({
            partitionIndex: int32,
            errorCode: int16,
            timestamp: int64,
            offset: int64,
            leaderEpoch: from(4, int32, -1),
          }),
        ),
      }),
    ),
  }),
});

export const fetch = declareApi({
  name: 'Fetch',
  key: 1,
  versions: { least: 4, most: 12 },
  // Before version 10, a broker refuses records of a topic that it compresses by zstd itself (KIP-110).
  preferred: 10,
  flexible: 12,
  request: structure({
    replicaId: int32,
    maxWaitMs: int32,
    minBytes: int32,
    maxBytes: int32,
    isolationLevel: int8,
    sessionId: from(7, int32, 0),
    sessionEpoch: from(7, int32, -1),
    topics: array(
      structure({
        topic: string,
        partitions: array(
          structure({
            partition: int32,
            currentLeaderEpoch: from(9, int32, -1),
            fetchOffset: int64,
            lastFetchedEpoch: from(12, int32, -1),
            logStartOffset: from(5, int64, -1),
            partitionMaxBytes: int32,
          }),
        ),
      }),
    ),
    forgottenTopicsData: from(7, array(structure({ topic: string, partitions: array(int32) })), []),
    rackId: from(11, string, ''),
  }),
  response: structure({
    throttleTimeMs: int32,
    errorCode: from(7, int16, 0),
    sessionId: from(7, int32, 0),
    responses: array(
      structure({
        topic: string,
        partitions: array(
          structure({
            partitionIndex: int32,
            errorCode: int16,
            highWatermark: int64,
            lastStableOffset: int64,
            logStartOffset: from(5, int64, -1),
            abortedTransactions: nullableArray(structure({ producerId: int64, firstOffset: int64 })),
            preferredReadReplica: between(11, 12, int32, -1),
            records: nullableBytes,
          }),
        ),
      }),
    ),
  }),
});
