/** First and last offset of each partition of a replay. */
import { NotReadable, UsageError } from '../../../errors.js';
import type { OffsetRange } from '../../../probe/offset-steps.js';
import type { KafkaSource } from '../../../replay/kafka-source.js';
import type { SourcePartition } from '../../../replay/record-source.js';
import type { ReplayOptions, StartPosition } from './options.js';

export interface Positions {
  partitions: SourcePartition[];
  backlog: Map<number, number> | null;
}

/** `note`: a sentence for the user. Throws `NotReadable`, and `UsageError` for a partition that the topic does not have. */
export async function positionsOf(
  source: KafkaSource,
  options: Pick<ReplayOptions, 'from' | 'to' | 'partition'>,
  { topic, group }: { topic: string; group: string | null },
  note: (sentence: string) => void,
): Promise<Positions> {
  const ranges = await source.ranges();
  source.expectEnds(ranges);
  const ids = [...ranges.keys()].toSorted((a, b) => a - b);
  if (options.partition !== undefined && !ranges.has(options.partition))
    throw new UsageError(`the topic ${topic} has no partition ${options.partition} that can be read`);
  const from: StartPosition = options.from ?? (group === null ? { kind: 'start' } : { kind: 'committed' });
  if (from.kind === 'committed' && group === null)
    throw new UsageError('--from committed needs a consumer group', 'Pass --group ID.');
  const committed = group === null ? null : await committedOf(source, group, options.from === undefined, note);
  const times = from.kind === 'time' ? await source.offsetsAt(from.time) : null;
  const without: number[] = [];
  const partitions = ids
    .filter((id) => options.partition === undefined || id === options.partition)
    .map((id): SourcePartition => {
      const { first, last } = ranges.get(id)!;
      const position = committed?.get(id) ?? null;
      if (from.kind === 'committed' && position === null) without.push(id);
      const wanted =
        from.kind === 'offset'
          ? from.offset
          : from.kind === 'time'
            ? (times?.get(id) ?? last)
            : from.kind === 'committed'
              ? (position ?? first)
              : first;
      const end = options.to === undefined ? last : Math.min(last, options.to + 1);
      if (wanted < first && from.kind !== 'start')
        note(`Partition ${id}: the topic begins at offset ${first}; retention removed the records from ${wanted} on.`);
      return { id, from: Math.max(first, wanted), end };
    });
  if (without.length > 0)
    note(
      `The consumer group ${group} has no committed offset for partition ${without.join(', ')}: reading from the start.`,
    );
  if (partitions.every((partition) => partition.from >= partition.end))
    note(whyNothing(from, ranges, { topic, group }));
  const backlog =
    committed === null
      ? null
      : new Map(
          ids.flatMap((id) => {
            const position = committed.get(id) ?? null;
            return position === null ? [] : [[id, Math.max(0, ranges.get(id)!.last - position)] as const];
          }),
        );
  return { partitions, backlog };
}

/** Why there is no record to read, and which flag reads some. */
function whyNothing(
  from: StartPosition,
  ranges: ReadonlyMap<number, OffsetRange>,
  { topic, group }: { topic: string; group: string | null },
): string {
  if ([...ranges.values()].every(({ first, last }) => first >= last)) return `The topic ${topic} has no records.`;
  if (from.kind === 'committed')
    return `No records wait for the consumer group ${group}. To read from the beginning of the topic: --from start.`;
  if (from.kind === 'time') return `The topic ${topic} has no record from ${new Date(from.time).toISOString()} on.`;
  return from.kind === 'offset'
    ? `No partition of the topic ${topic} that is read has a record from offset ${from.offset} on.`
    : `The topic ${topic} has no record up to the offset of --to.`;
}

/** Without a wish of the user, a group that cannot be read is no reason to read nothing. */
async function committedOf(
  source: KafkaSource,
  group: string,
  isDefault: boolean,
  note: (sentence: string) => void,
): Promise<Map<number, number | null> | null> {
  try {
    return await source.committed(group);
  } catch (error) {
    if (!isDefault || !(error instanceof NotReadable)) throw error;
    note(`${error.message.replace(/\.$/, '')}: reading from the start.`);
    return null;
  }
}
