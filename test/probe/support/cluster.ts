/** Brokers in this process that answer like a healthy cluster, except where a test says otherwise. */
import type { ResponseOfApi } from '../../kafka/support/scripted-broker.js';
import { offer, ScriptedBroker, type Answers, type BrokerOptions } from '../../kafka/support/scripted-broker.js';
import { batch2 } from '../../kafka/support/batches.js';

export const topic = 'orders';
export const group = 'orders-group';

export interface ClusterOptions {
  brokers?: number;
  /** Answers of all brokers, over the healthy ones. */
  answers?: Answers;
  tls?: BrokerOptions['tls'];
  onSocket?: BrokerOptions['onSocket'];
  mutate?: BrokerOptions['mutate'];
}

export interface Cluster {
  brokers: ScriptedBroker[];
  bootstrap: { host: string; port: number }[];
  /** All requests of a name, on all brokers. */
  count: (name: string) => number;
  stop: () => Promise<void>;
}

/** Each broker leads one partition of the topic; the first one is the coordinator. */
export async function startCluster({ brokers: size = 1, answers, ...options }: ClusterOptions = {}): Promise<Cluster> {
  const brokers: ScriptedBroker[] = [];
  for (let index = 0; index < size; index++)
    brokers.push(await ScriptedBroker.start({ ...options, answers: { ...healthy(brokers), ...answers } }));
  return {
    brokers,
    bootstrap: brokers.map(({ address }) => address),
    count: (name) => brokers.reduce((sum, broker) => sum + broker.count(name), 0),
    stop: async () => void (await Promise.all(brokers.map((broker) => broker.stop()))),
  };
}

/** The metadata of a healthy cluster. */
export const metadataOf = (brokers: readonly ScriptedBroker[], asked: boolean): ResponseOfApi<'metadata'> => ({
  throttleTimeMs: 0,
  brokers: brokers.map(({ address }, index) => ({ nodeId: index + 1, ...address, rack: null })),
  clusterId: 'cluster',
  controllerId: 1,
  topics: asked
    ? [
        {
          errorCode: 0,
          name: topic,
          isInternal: false,
          partitions: brokers.map((_, index) => ({
            errorCode: 0,
            partitionIndex: index,
            leaderId: index + 1,
            leaderEpoch: 0,
            replicaNodes: [index + 1],
            isrNodes: [index + 1],
            offlineReplicas: [],
          })),
          topicAuthorizedOperations: 0,
        },
      ]
    : [],
  clusterAuthorizedOperations: 0,
});

function healthy(brokers: readonly ScriptedBroker[]): Answers {
  return {
    apiVersions: offer(),
    metadata: ({ request }) => metadataOf(brokers, (request.topics ?? []).length > 0),
    findCoordinator: () => ({
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      nodeId: 1,
      ...brokers[0]!.address,
    }),
    describeGroups: () => ({
      throttleTimeMs: 0,
      groups: [
        {
          errorCode: 0,
          groupId: group,
          groupState: 'Empty',
          protocolType: 'consumer',
          protocolData: '',
          members: [],
          authorizedOperations: 0,
        },
      ],
    }),
    listGroups: () => ({ throttleTimeMs: 0, errorCode: 0, groups: [] }),
    consumerGroupDescribe: () => ({ throttleTimeMs: 0, groups: [describedGroup({ errorCode: 69 })] }),
    joinGroup: () => joined(79, 'msk-lambda-1'),
    leaveGroup: () => ({ throttleTimeMs: 0, errorCode: 0, members: [] }),
    listOffsets: ({ request }) => ({
      throttleTimeMs: 0,
      topics: request.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex, timestamp }) => ({
          partitionIndex,
          errorCode: 0,
          timestamp: -1,
          offset: timestamp === -2 ? 10 : 30,
          leaderEpoch: 0,
        })),
      })),
    }),
    offsetFetch: ({ request }) => ({
      throttleTimeMs: 0,
      errorCode: 0,
      topics: (request.topics ?? []).map(({ name, partitionIndexes }) => ({
        name,
        partitions: partitionIndexes.map((partitionIndex) => ({
          partitionIndex,
          committedOffset: partitionIndex === 0 ? 25 : -1,
          committedLeaderEpoch: 0,
          metadata: '',
          errorCode: 0,
        })),
      })),
    }),
    fetch: ({ request }) => {
      const { partition, fetchOffset } = request.topics[0]!.partitions[0]!;
      return fetched(
        partition,
        batch2({
          firstOffset: fetchOffset,
          timestamp: 1_700_000_000_000,
          records: [{ key: Buffer.from('k1'), value: Buffer.from('hello'), headers: [['h', 'x']] }],
        }),
      );
    },
  };
}

export const joined = (errorCode: number, memberId: string): ResponseOfApi<'joinGroup'> => ({
  throttleTimeMs: 0,
  errorCode,
  generationId: -1,
  protocolType: null,
  protocolName: '',
  leader: '',
  skipAssignment: false,
  memberId,
  members: [],
});

export const fetched = (partitionIndex: number, records: Buffer, errorCode = 0): ResponseOfApi<'fetch'> => ({
  throttleTimeMs: 0,
  errorCode: 0,
  sessionId: 0,
  responses: [
    {
      topic,
      partitions: [
        {
          partitionIndex,
          errorCode,
          highWatermark: 30,
          lastStableOffset: 30,
          logStartOffset: 10,
          abortedTransactions: null,
          preferredReadReplica: -1,
          records,
        },
      ],
    },
  ],
});

type DescribedGroup = ResponseOfApi<'consumerGroupDescribe'>['groups'][number];

/** A group of the consumer protocol of KIP-848. */
export const describedGroup = (changes: Partial<DescribedGroup>): DescribedGroup => ({
  errorCode: 0,
  errorMessage: null,
  groupId: group,
  groupState: '',
  groupEpoch: 0,
  assignmentEpoch: 0,
  assignorName: '',
  members: [],
  authorizedOperations: 0,
  ...changes,
});

export const member: DescribedGroup['members'][number] = {
  memberId: 'm',
  instanceId: null,
  rackId: null,
  memberEpoch: 3,
  clientId: 'c',
  clientHost: 'h',
  subscribedTopicNames: [topic],
  subscribedTopicRegex: null,
  assignment: { topicPartitions: [{ topicId: '00'.repeat(16), topicName: topic, partitions: [0] }] },
  targetAssignment: { topicPartitions: [] },
  memberType: -1,
};
