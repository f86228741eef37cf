/** The consumer group: its coordinator, its state, and whether the principal may join it. */
import { errorName } from '../kafka/error-codes.js';
import { consumerGroupDescribe, describeGroups, findCoordinator, listGroups } from '../kafka/messages/groups.js';
import type { Connection } from '../kafka/connection.js';
import { kafkaError, malformed, type WireError } from '../kafka/wire-error.js';
import type { BrokerLink, ProbeContext } from './broker-link.js';
import type { HostPort } from './probe-input.js';
import type { GroupResult } from './probe-result.js';
import { askUntilFinal } from './retry.js';

/** The coordinator is loading its state, is not there yet, or has moved. */
export const isMoving = (code: number): boolean => code === 14 || code === 15 || code === 16;

/** `permission`: the one that the request needs. */
export function groupRefusal(code: number, group: string, permission: 'Describe' | 'Read'): string {
  switch (code) {
    case 14:
      return `the coordinator of the group ${group} is still loading`;
    case 15:
      return `the group ${group} has no coordinator; on a new cluster Kafka first creates the topic __consumer_offsets`;
    case 16:
      return `the coordinator of the group ${group} moves between brokers`;
    case 24:
      return `${group} is not a valid id of a group`;
    case 30:
      return permission === 'Read'
        ? `the principal has no permission to read as the group ${group}`
        : `the principal has no permission to describe the group ${group}`;
    default:
      return `the broker answers ${errorName(code)} for the group ${group}`;
  }
}

/** Step `coordinator`, on any broker. */
export async function findGroupCoordinator(
  link: BrokerLink,
  group: string,
  { limits, facts }: ProbeContext,
): Promise<HostPort & { nodeId: number }> {
  const connection = await link.ready();
  return link.step('coordinator', async (signal) => {
    let first: number | null = null;
    const answer = await askUntilFinal(
      async () => {
        const found = await connection.request(findCoordinator, { key: group, keyType: 0 }, { signal });
        first ??= found.errorCode;
        return found;
      },
      ({ errorCode }) => isMoving(errorCode),
      { limits, signal },
    );
    if (first === 15) facts.notes.push(newCluster);
    if (answer.errorCode !== 0) throw kafkaError(answer.errorCode, groupRefusal(answer.errorCode, group, 'Describe'));
    return answer;
  });
}

const newCluster =
  'The broker first had no coordinator. On a cluster without consumer groups, asking for one makes Kafka create the internal topic __consumer_offsets.';

/** A group with what decides whether a join disturbs anyone. */
export interface DescribedGroup extends GroupResult {
  /** Null where the group is proven to be empty; otherwise why no join is tried. */
  keepOut: string | null;
  /** Why Kafka would let no consumer join; null where nothing says so. */
  conflict: WireError | null;
}

/** NOT_COORDINATOR: the group has moved to another broker. */
const notCoordinator = 16;

/**
 * Step `group-describe`, on the coordinator. With `mayMove`, null where it is no longer the coordinator: a client then
 * asks for the coordinator again.
 */
export async function describeGroup(
  link: BrokerLink,
  group: string,
  { limits }: ProbeContext,
  mayMove: boolean,
): Promise<DescribedGroup | null> {
  const connection = await link.ready();
  return link.step('group-describe', async (signal) => {
    const described = await askUntilFinal(
      async () => {
        const { groups } = await connection.request(
          describeGroups,
          { groups: [group], includeAuthorizedOperations: false },
          { signal },
        );
        const found = groups.find(({ groupId }) => groupId === group);
        if (found === undefined) throw malformed('the broker does not answer about the group');
        return found;
      },
      ({ errorCode }) => isMoving(errorCode) && !(mayMove && errorCode === notCoordinator),
      { limits, signal },
    );
    if (mayMove && described.errorCode === notCoordinator) return null;
    const { errorCode, groupState, members, protocolData, protocolType } = described;
    // Later versions answer with GROUP_ID_NOT_FOUND instead of the state Dead.
    if (errorCode !== 0 && errorCode !== 69) throw kafkaError(errorCode, groupRefusal(errorCode, group, 'Describe'));
    if (errorCode === 69 || (groupState === 'Dead' && members.length === 0))
      return describeUnknown(connection, group, signal);
    const found = { id: group, state: groupState, members: members.length, protocol: protocolData || null };
    const conflict = members.length === 0 ? null : otherType(group, protocolType);
    return { ...found, conflict, keepOut: groupState === 'Empty' && members.length === 0 ? null : active(found) };
  });
}

/** Members of another type, such as workers of Kafka Connect, keep consumers out; an empty group takes any type. */
const otherType = (group: string, type: string): WireError | null =>
  type === 'consumer' || type === ''
    ? null
    : kafkaError(23, `the group ${group} is of the type ${type}, and Kafka lets no consumer join it`);

const active = ({ state, members }: Pick<GroupResult, 'state' | 'members'>): string =>
  `the group is in use (state ${state ?? 'unknown'}, members: ${members ?? 'unknown'}), and a join would disturb it`;

/**
 * A group that DescribeGroups does not know either does not exist or is of the consumer protocol of KIP-848, which
 * DescribeGroups shows as Dead, without its members.
 */
async function describeUnknown(connection: Connection, group: string, signal: AbortSignal): Promise<DescribedGroup> {
  const unknown = { id: group, state: 'Dead', members: 0, protocol: null, conflict: null };
  if (connection.versionOf(consumerGroupDescribe) !== null) {
    const { groups } = await connection.request(
      consumerGroupDescribe,
      { groupIds: [group], includeAuthorizedOperations: false },
      { signal },
    );
    const found = groups.find(({ groupId }) => groupId === group);
    if (found?.errorCode === 0) {
      const { groupState: state, members, assignorName } = found;
      const described = { id: group, state, members: members.length, protocol: assignorName || null };
      return {
        ...described,
        conflict: null,
        keepOut: state === 'Empty' && members.length === 0 ? null : active(described),
      };
    }
  }
  if (connection.versionOf(listGroups) === null)
    return { ...unknown, keepOut: 'the broker does not list groups, so the group is not proven to be empty' };
  const { errorCode, groups } = await connection.request(listGroups, { statesFilter: [], typesFilter: [] }, { signal });
  if (errorCode !== 0)
    return {
      ...unknown,
      keepOut: `the broker does not list groups (${errorName(errorCode)}), so the group is not proven to be empty`,
    };
  const listed = groups.find(({ groupId }) => groupId === group);
  if (listed !== undefined)
    return {
      ...unknown,
      // Kafka keeps consumers out of a share group (KIP-932) even when it is empty.
      conflict: listed.protocolType === 'share' ? otherType(group, 'share') : null,
      state: null,
      members: null,
      keepOut: 'the broker lists the group and does not show its members',
    };
  return { ...unknown, keepOut: null };
}
