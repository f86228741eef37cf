/** Offsets: first and last of each partition, asked of its leader, and those that the group has committed. */
import { offsetFetch } from '../kafka/messages/groups.js';
import { listOffsets } from '../kafka/messages/topics.js';
import type { Connection } from '../kafka/connection.js';
import { isRetriable } from '../kafka/error-codes.js';
import { kafkaError, malformed } from '../kafka/wire-error.js';
import type { BrokerLink, ProbeContext } from './broker-link.js';
import { groupRefusal, isMoving } from './group-steps.js';
import { askUntilFinal } from './retry.js';
import { topicRefusal } from './topic-step.js';

export interface OffsetRange {
  first: number;
  /** The offset of the next record that is written. */
  last: number;
}

/** Timestamps that name a position (Kafka: ListOffsets). */
const [latest, earliest] = [-1, -2];

/** NOT_LEADER_OR_FOLLOWER: a partition has another leader. */
const notLeader = 6;

/** Step `offsets` on a leader, for the partitions that it leads. */
export async function readRanges(
  link: BrokerLink,
  topic: string,
  partitions: readonly number[],
  context: ProbeContext,
): Promise<Map<number, OffsetRange>> {
  return (await ranges(link, topic, partitions, context, false)) as Map<number, OffsetRange>;
}

/** The same; `moved` where it no longer leads one of them: a client then asks for the leaders again. */
export const readRangesUnlessMoved = (
  link: BrokerLink,
  topic: string,
  partitions: readonly number[],
  context: ProbeContext,
): Promise<Map<number, OffsetRange> | 'moved'> => ranges(link, topic, partitions, context, true);

async function ranges(
  link: BrokerLink,
  topic: string,
  partitions: readonly number[],
  { limits }: ProbeContext,
  mayMove: boolean,
): Promise<Map<number, OffsetRange> | 'moved'> {
  const connection = await link.ready();
  return link.step('offsets', async (signal) => {
    const ask = (position: number) =>
      askUntilFinal(
        () => positions(connection, { topic, partitions, position, signal }),
        (answers) => !hasMoved(answers) && answers.some(({ errorCode }) => errorCode !== 0 && isRetriable(errorCode)),
        { limits, signal, share: 0.3 },
      );
    const hasMoved = (answers: readonly { errorCode: number }[]): boolean =>
      mayMove && answers.some(({ errorCode }) => errorCode === notLeader);
    const [first, last] = await Promise.all([ask(earliest!), ask(latest!)]);
    if (hasMoved([...first, ...last])) return 'moved';
    for (const { errorCode } of [...first, ...last])
      if (errorCode !== 0) throw kafkaError(errorCode, topicRefusal(errorCode, topic, 'Describe'));
    const ends = new Map(last.map(({ partitionIndex, offset }) => [partitionIndex, offset]));
    return new Map(
      first.map(({ partitionIndex, offset }) => [
        partitionIndex,
        { first: offset, last: ends.get(partitionIndex) ?? offset },
      ]),
    );
  });
}

interface Question {
  topic: string;
  partitions: readonly number[];
  position: number;
  signal: AbortSignal;
}

async function positions(connection: Connection, { topic, partitions, position, signal }: Question) {
  const { topics } = await connection.request(
    listOffsets,
    {
      replicaId: -1,
      isolationLevel: 0,
      topics: [
        {
          name: topic,
          partitions: partitions.map((partitionIndex) => ({
            partitionIndex,
            currentLeaderEpoch: -1,
            timestamp: position,
          })),
        },
      ],
    },
    { signal },
  );
  const answers = topics.find(({ name }) => name === topic)?.partitions ?? [];
  if (!partitions.every((id) => answers.some(({ partitionIndex }) => partitionIndex === id)))
    throw malformed('the broker does not answer about the offsets of each partition');
  return answers;
}

/** The first offset of each partition whose record is not older, in milliseconds since 1970; null where there is none. */
export async function readOffsetsAt(
  link: BrokerLink,
  topic: string,
  partitions: readonly number[],
  time: number,
  { limits }: ProbeContext,
): Promise<Map<number, number | null>> {
  const connection = await link.ready();
  return link.step('offsets', async (signal) => {
    const answers = await askUntilFinal(
      () => positions(connection, { topic, partitions, position: time, signal }),
      (found) => found.some(({ errorCode }) => errorCode !== 0 && isRetriable(errorCode)),
      { limits, signal, share: 0.3 },
    );
    for (const { errorCode } of answers)
      if (errorCode !== 0) throw kafkaError(errorCode, topicRefusal(errorCode, topic, 'Describe'));
    return new Map(answers.map(({ partitionIndex, offset }) => [partitionIndex, offset < 0 ? null : offset]));
  });
}

/** Step `offsets` on the coordinator: the committed offset of each partition; null where none is committed. */
export async function readCommitted(
  link: BrokerLink,
  { group, topic, partitions }: { group: string; topic: string; partitions: readonly number[] },
  { limits }: ProbeContext,
): Promise<Map<number, number | null>> {
  const connection = await link.ready();
  return link.step('offsets', async (signal) => {
    const answer = await askUntilFinal(
      () =>
        connection.request(
          offsetFetch,
          { groupId: group, topics: [{ name: topic, partitionIndexes: [...partitions] }], requireStable: false },
          { signal },
        ),
      ({ errorCode, topics }) =>
        isMoving(errorCode) ||
        topics.some((each) => each.partitions.some((partition) => isMoving(partition.errorCode))),
      { limits, signal },
    );
    if (answer.errorCode !== 0) throw kafkaError(answer.errorCode, groupRefusal(answer.errorCode, group, 'Describe'));
    const answers = answer.topics.find(({ name }) => name === topic)?.partitions ?? [];
    for (const { errorCode } of answers) {
      // Version 1 reports errors of the group with each partition.
      const isTopic = errorCode === 3 || errorCode === 29;
      if (errorCode !== 0)
        throw kafkaError(
          errorCode,
          isTopic ? topicRefusal(errorCode, topic, 'Describe') : groupRefusal(errorCode, group, 'Describe'),
        );
    }
    return new Map(
      answers.map(({ partitionIndex, committedOffset }) => [
        partitionIndex,
        committedOffset < 0 ? null : committedOffset,
      ]),
    );
  });
}
