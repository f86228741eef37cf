/** Answers about consumer groups. No group changes: a member that joins is told its id and leaves. */
import { textState } from '../../catalogue/text-state.js';
import { randomUUID } from 'node:crypto';
import { matchText } from '../../catalogue/match.js';
import { errorCode } from '../../kafka/error-codes.js';
import type { Answerers, ApiResponse } from './answer-types.js';
import type { KafkaGroup } from './kafka-state.js';
import type { Session } from './session.js';
import { mappingsOf, topicsOf } from './topics.js';

const groupDenied = errorCode('GROUP_AUTHORIZATION_FAILED');
const topicDenied = errorCode('TOPIC_AUTHORIZATION_FAILED');
const groupMissing = errorCode('GROUP_ID_NOT_FOUND');
const otherProtocol = errorCode('INCONSISTENT_GROUP_PROTOCOL');
const memberIdRequired = errorCode('MEMBER_ID_REQUIRED');
const invalidGroup = errorCode('INVALID_GROUP_ID');
const notAsked = -2_147_483_648;

/** Whether Lambda shows a result for which its pollers must have read from the brokers. */
const isPolling = (text: string): boolean =>
  ['ok', 'idle'].includes(textState(text)) || matchText(text)?.id === 'function-call-failed';

/** The groups of the account, and those of mappings: their pollers are members while they process records. */
function groupsOf({ cluster }: Session): ReadonlyMap<string, KafkaGroup> {
  const snapshot = cluster.snapshot();
  const ofMappings = mappingsOf(snapshot, cluster.clusterArn).flatMap((mapping): [string, KafkaGroup][] => {
    const id = mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId;
    if (id === undefined) return [];
    const { State: state, LastProcessingResult: text } = mapping;
    const polls = state === 'Enabled' && isPolling(text ?? '');
    return [
      [
        id,
        polls
          ? { state: 'Stable', type: 'consumer', members: 1, protocol: 'range' }
          : { state: 'Empty', type: 'consumer', members: 0, protocol: '' },
      ],
    ];
  });
  return new Map([...ofMappings, ...Object.entries(cluster.state.groups ?? {})]);
}

/** The coordinator of a group: the same broker for all questions. */
const coordinatorOf = ({ cluster }: Session, group: string) => {
  const sum = [...Buffer.from(group)].reduce((total, byte) => total + byte, 0);
  return cluster.brokers[sum % cluster.brokers.length]!;
};

const mayDescribe = (session: Session, name: string): boolean => session.allows('Describe', { type: 'group', name });

export const groupAnswers: Answerers<
  | 'findCoordinator'
  | 'describeGroups'
  | 'listGroups'
  | 'consumerGroupDescribe'
  | 'joinGroup'
  | 'leaveGroup'
  | 'offsetFetch'
> = {
  findCoordinator({ key }, session) {
    if (!mayDescribe(session, key))
      return { throttleTimeMs: 0, errorCode: groupDenied, errorMessage: null, nodeId: -1, host: '', port: -1 };
    const { node, host, port } = coordinatorOf(session, key);
    return { throttleTimeMs: 0, errorCode: 0, errorMessage: null, nodeId: node, host, port };
  },

  describeGroups: ({ groups: ids }, session) => ({
    throttleTimeMs: 0,
    groups: ids.map((id) => describeGroup(session, id)),
  }),

  listGroups: (_, session) => ({
    throttleTimeMs: 0,
    errorCode: 0,
    groups: [...groupsOf(session)]
      .filter(([id]) => mayDescribe(session, id))
      .map(([groupId, { type, state }]) => ({
        groupId,
        protocolType: type,
        groupState: state,
        groupType: 'classic',
      })),
  }),

  /** No group is of the protocol of KIP-848. */
  consumerGroupDescribe: ({ groupIds }, session) => ({
    throttleTimeMs: 0,
    groups: groupIds.map((groupId) => ({
      errorCode: mayDescribe(session, groupId) ? groupMissing : groupDenied,
      errorMessage: null,
      groupId,
      groupState: '',
      groupEpoch: 0,
      assignmentEpoch: 0,
      assignorName: '',
      members: [],
      authorizedOperations: notAsked,
    })),
  }),

  joinGroup({ groupId, protocolType }, session) {
    const found = groupsOf(session).get(groupId);
    const code =
      groupId === ''
        ? invalidGroup
        : !session.allows('Read', { type: 'group', name: groupId })
          ? groupDenied
          : found !== undefined && found.members > 0 && found.type !== protocolType
            ? otherProtocol
            : memberIdRequired;
    return {
      throttleTimeMs: 0,
      errorCode: code,
      generationId: -1,
      protocolType: null,
      protocolName: '',
      leader: '',
      skipAssignment: false,
      memberId: code === memberIdRequired ? `msk-lambda-${randomUUID()}` : '',
      members: [],
    };
  },

  leaveGroup: ({ groupId, members }, session) => ({
    throttleTimeMs: 0,
    errorCode: session.allows('Read', { type: 'group', name: groupId }) ? 0 : groupDenied,
    members: members.map(({ memberId, groupInstanceId }) => ({ memberId, groupInstanceId, errorCode: 0 })),
  }),

  offsetFetch({ groupId, topics }, session) {
    const isDenied = !mayDescribe(session, groupId);
    const wanted =
      topics ??
      topicsOf(session.cluster.snapshot(), session.cluster.clusterArn, session.cluster.state).map((topic) => ({
        name: topic.name,
        partitionIndexes: Array.from({ length: topic.partitions }, (_, partition) => partition),
      }));
    return {
      throttleTimeMs: 0,
      errorCode: isDenied ? groupDenied : 0,
      topics: wanted.map(({ name, partitionIndexes }) => {
        const topicIsDenied = !session.allows('Describe', { type: 'topic', name });
        return {
          name,
          partitions: partitionIndexes.map((partitionIndex) => ({
            partitionIndex,
            committedOffset: isDenied || topicIsDenied ? -1 : committed(session, groupId, name, partitionIndex),
            committedLeaderEpoch: -1,
            metadata: '',
            errorCode: isDenied ? groupDenied : topicIsDenied ? topicDenied : 0,
          })),
        };
      }),
    };
  },
};

function describeGroup(session: Session, groupId: string): ApiResponse<'describeGroups'>['groups'][number] {
  const isDenied = !mayDescribe(session, groupId);
  const found = isDenied ? undefined : groupsOf(session).get(groupId);
  return {
    errorCode: isDenied ? groupDenied : 0,
    groupId,
    groupState: isDenied ? '' : (found?.state ?? 'Dead'),
    protocolType: found?.type ?? '',
    protocolData: found?.protocol ?? '',
    members: Array.from({ length: found?.members ?? 0 }, (_, index) => ({
      memberId: `consumer-${index + 1}`,
      groupInstanceId: null,
      clientId: `consumer-${index + 1}`,
      clientHost: `/10.0.${index % 3}.50`,
      memberMetadata: Buffer.alloc(0),
      memberAssignment: Buffer.alloc(0),
    })),
    authorizedOperations: notAsked,
  };
}

/** -1 where the group has committed nothing: only the groups of mappings have, for the topic of the mapping. */
function committed({ cluster }: Session, group: string, name: string, partition: number): number {
  const snapshot = cluster.snapshot();
  const reads = mappingsOf(snapshot, cluster.clusterArn).some(
    ({ Topics: topics, AmazonManagedKafkaEventSourceConfig: config }) =>
      config?.ConsumerGroupId === group && topics.includes(name),
  );
  const topic = topicsOf(snapshot, cluster.clusterArn, cluster.state).find((each) => each.name === name);
  if (!reads || topic === undefined || partition >= topic.partitions || topic.end === 0) return -1;
  return cluster.state.committed?.[name]?.[partition] ?? topic.end;
}
