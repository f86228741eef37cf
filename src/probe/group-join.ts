/** The permission to read as a consumer group: only JoinGroup proves it (Read on the group; AlterGroup with IAM). */
import { joinGroup, leaveGroup } from '../kafka/messages/groups.js';
import type { Connection } from '../kafka/connection.js';
import { errorCode as codeOf } from '../kafka/error-codes.js';
import { kafkaError } from '../kafka/wire-error.js';
import type { BrokerLink, ProbeContext } from './broker-link.js';
import { groupRefusal, isMoving, type DescribedGroup } from './group-steps.js';
import { askUntilFinal } from './retry.js';

/** Milliseconds after which Kafka forgets a member that does not leave; within the default limits of brokers. */
const sessionTimeout = 10_000;

const memberIdRequired = codeOf('MEMBER_ID_REQUIRED');

/** The subscription of Kafka's own consumers, version 0, to no topic: it could not be given a partition. */
const subscription = Buffer.from([0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);

/**
 * Step `group-join`, on the coordinator and only in an empty group. From version 4 on the broker authorizes the request
 * and answers with a member id, before anything changes in the group (KIP-394); an older broker lets the probe in. In
 * both cases the probe leaves at once.
 */
export async function joinEmptyGroup(link: BrokerLink, group: DescribedGroup, context: ProbeContext): Promise<void> {
  if (group.keepOut !== null) return link.steps.skip('group-join', group.keepOut);
  const connection = await link.ready();
  await link.step('group-join', async (signal) => {
    const { errorCode, memberId } = await askUntilFinal(
      () =>
        connection.request(
          joinGroup,
          {
            groupId: group.id,
            sessionTimeoutMs: sessionTimeout,
            rebalanceTimeoutMs: sessionTimeout,
            memberId: '',
            groupInstanceId: null,
            protocolType: 'consumer',
            protocols: [{ name: 'range', metadata: subscription }],
            reason: null,
          },
          { signal },
        ),
      (answer) => isMoving(answer.errorCode),
      { limits: context.limits, signal },
    );
    if (errorCode !== 0 && errorCode !== memberIdRequired)
      throw kafkaError(errorCode, groupRefusal(errorCode, group.id, 'Read'));
    if (memberId !== '') await leave(connection, group.id, memberId, context, signal);
  });
}

async function leave(
  connection: Connection,
  groupId: string,
  memberId: string,
  { facts }: ProbeContext,
  signal: AbortSignal,
): Promise<void> {
  const members = [{ memberId, groupInstanceId: null, reason: 'probe' }];
  const { errorCode } = await connection.request(leaveGroup, { groupId, memberId, members }, { signal });
  if (errorCode !== 0)
    facts.notes.push(
      `Kafka did not confirm that the probe left the group; it forgets the probe’s member id within ${sessionTimeout / 1000} seconds.`,
    );
}
