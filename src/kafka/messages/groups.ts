/** Messages about consumer groups (Kafka: message definitions). */
import {
  array,
  between,
  boolean,
  bytes,
  from,
  int16,
  int32,
  int64,
  int8,
  nullableArray,
  nullableString,
  string,
  structure,
  uuid,
} from '../fields.js';
import { declareApi } from './session.js';

export const findCoordinator = declareApi({
  name: 'FindCoordinator',
  key: 10,
  versions: { least: 0, most: 3 },
  preferred: 0,
  flexible: 3,
  /** `keyType` 0 is a consumer group. */
  request: structure({ key: string, keyType: from(1, int8, 0) }),
  response: structure({
    throttleTimeMs: from(1, int32, 0),
    errorCode: int16,
    errorMessage: from(1, nullableString, null),
    nodeId: int32,
    host: string,
    port: int32,
  }),
});

export const describeGroups = declareApi({
  name: 'DescribeGroups',
  key: 15,
  versions: { least: 0, most: 5 },
  preferred: 0,
  flexible: 5,
  request: structure({ groups: array(string), includeAuthorizedOperations: from(3, boolean, false) }),
  response: structure({
    throttleTimeMs: from(1, int32, 0),
    groups: array(
      structure({
        errorCode: int16,
        groupId: string,
        groupState: string,
        protocolType: string,
        protocolData: string,
        members: array(
          structure({
            memberId: string,
            groupInstanceId: from(4, nullableString, null),
            clientId: string,
            clientHost: string,
            memberMetadata: bytes,
            memberAssignment: bytes,
          }),
        ),
        authorizedOperations: from(3, int32, -2_147_483_648),
      }),
    ),
  }),
});

export const listGroups = declareApi({
  name: 'ListGroups',
  key: 16,
  versions: { least: 0, most: 5 },
  preferred: 0,
  flexible: 3,
  /** Empty filters ask for all groups. */
  request: structure({ statesFilter: from(4, array(string), []), typesFilter: from(5, array(string), []) }),
  response: structure({
    throttleTimeMs: from(1, int32, 0),
    errorCode: int16,
    groups: array(
      structure({
        groupId: string,
        protocolType: string,
        groupState: from(4, string, ''),
        groupType: from(5, string, ''),
      }),
    ),
  }),
});

const assignment = structure({
  topicPartitions: array(structure({ topicId: uuid, topicName: string, partitions: array(int32) })),
});

/** Describes groups of the consumer protocol of KIP-848; brokers before 3.7 do not have it. */
export const consumerGroupDescribe = declareApi({
  name: 'ConsumerGroupDescribe',
  key: 69,
  versions: { least: 0, most: 1 },
  preferred: 0,
  flexible: 0,
  request: structure({ groupIds: array(string), includeAuthorizedOperations: boolean }),
  response: structure({
    throttleTimeMs: int32,
    groups: array(
      structure({
        errorCode: int16,
        errorMessage: nullableString,
        groupId: string,
        groupState: string,
        groupEpoch: int32,
        assignmentEpoch: int32,
        assignorName: string,
        members: array(
          structure({
            memberId: string,
            instanceId: nullableString,
            rackId: nullableString,
            memberEpoch: int32,
            clientId: string,
            clientHost: string,
            subscribedTopicNames: array(string),
            subscribedTopicRegex: nullableString,
            assignment,
            targetAssignment: assignment,
            memberType: from(1, int8, -1),
          }),
        ),
        authorizedOperations: int32,
      }),
    ),
  }),
});

/**
 * From version 4 on the broker answers a first request with MEMBER_ID_REQUIRED and a member id: the request was
 * authorized, and the group has not been rebalanced (KIP-394).
 */
export const joinGroup = declareApi({
  name: 'JoinGroup',
  key: 11,
  versions: { least: 2, most: 9 },
  preferred: 4,
  flexible: 6,
  request: structure({
    groupId: string,
    sessionTimeoutMs: int32,
    rebalanceTimeoutMs: int32,
    memberId: string,
    groupInstanceId: from(5, nullableString, null),
    protocolType: string,
    protocols: array(structure({ name: string, metadata: bytes })),
    reason: from(8, nullableString, null),
  }),
  response: structure({
    throttleTimeMs: int32,
    errorCode: int16,
    generationId: int32,
    protocolType: from(7, nullableString, null),
    /** Null is allowed from version 7 on. */
    protocolName: nullableString,
    leader: string,
    skipAssignment: from(9, boolean, false),
    memberId: string,
    members: array(structure({ memberId: string, groupInstanceId: from(5, nullableString, null), metadata: bytes })),
  }),
});

export const leaveGroup = declareApi({
  name: 'LeaveGroup',
  key: 13,
  versions: { least: 0, most: 5 },
  preferred: 0,
  flexible: 4,
  request: structure({
    groupId: string,
    memberId: between(0, 2, string, ''),
    members: from(
      3,
      array(structure({ memberId: string, groupInstanceId: nullableString, reason: from(5, nullableString, null) })),
      [],
    ),
  }),
  response: structure({
    throttleTimeMs: from(1, int32, 0),
    errorCode: int16,
    members: from(3, array(structure({ memberId: string, groupInstanceId: nullableString, errorCode: int16 })), []),
  }),
});

export const offsetFetch = declareApi({
  name: 'OffsetFetch',
  key: 9,
  versions: { least: 1, most: 7 },
  preferred: 1,
  flexible: 6,
  request: structure({
    groupId: string,
    /** Null asks for all partitions, from version 2 on. */
    topics: nullableArray(structure({ name: string, partitionIndexes: array(int32) })),
    requireStable: from(7, boolean, false),
  }),
  response: structure({
    throttleTimeMs: from(3, int32, 0),
    topics: array(
      structure({
        name: string,
        partitions: array(
          structure({
            partitionIndex: int32,
            committedOffset: int64,
            committedLeaderEpoch: from(5, int32, -1),
            metadata: nullableString,
            errorCode: int16,
          }),
        ),
      }),
    ),
    errorCode: from(2, int16, 0),
  }),
});
