/** The event of records that are read from a topic, with the login of `probe`. Nothing is committed. */
import { UsageError } from '../../../../errors.js';
import { buildEvent, type EventOrigin, type KafkaRecord } from '../../../../event/build-event.js';
import { originOf } from '../../../../event/default-origin.js';
import type { KafkaEvent } from '../../../../event/kafka-event.js';
import type { RecordSource, SourcePartition } from '../../../../replay/record-source.js';
import { visible } from '../../../../text/visible.js';
import { exitCodes } from '../../../exit-codes.js';
import type { Io } from '../../../io.js';
import type { StartPosition } from '../../replay/options.js';
import type { GenerateOptions } from './options.js';

/** Whether the flags name a topic to read: a target, a login for addresses, or a sandbox. */
export const readsTopic = ({ latest, max, fromTopic, auth, secret, secretFile, sandbox }: GenerateOptions): boolean =>
  [fromTopic, auth, secret, secretFile, sandbox, latest, max].some((value) => value !== undefined);

/** The event, or the exit code after the reason was printed. Throws `UsageError` before anything is sent. */
export async function eventFromTopic(options: GenerateOptions, io: Io): Promise<KafkaEvent | number> {
  refuseFlags(options);
  const { openPlan } = await import('../../replay/open-plan.js');
  const { fromTopic, partition, latest, max = latest ?? 1 } = options;
  const plan = await openPlan(fromTopic, { ...loginOf(options), partition, from: startOf(options) }, io);
  if (typeof plan === 'number') return plan;
  try {
    const records: KafkaRecord[] = [];
    for (const part of plan.partitions)
      records.push(
        ...(latest === undefined
          ? await readUpTo(plan.source, part, max, io)
          : (await readLast(plan.source, part, latest, io)).slice(0, max)),
      );
    if (records.length > 0) return buildEvent(records, originWith(options, plan.origin));
    io.stderr.write(`error: partition ${partition} of ${visible(plan.topic)} has no record there\n`);
    return exitCodes.problem;
  } finally {
    await plan.close();
  }
}

function refuseFlags({ fromTopic, bootstrap, sandbox, latest, timestamp, ...others }: GenerateOptions): void {
  if (fromTopic === undefined && bootstrap === undefined && sandbox === undefined)
    throw new UsageError(
      'reading records needs brokers',
      'Pass --bootstrap HOST:PORT, or --from-topic with a mapping.',
    );
  if (latest !== undefined && timestamp !== undefined)
    throw new UsageError('--latest and --timestamp exclude each other: keep only one of them');
  const made = (
    ['key', 'keyBase64', 'value', 'valueBase64', 'header', 'fromFile', 'schema', 'keySchema'] as const
  ).filter((name) => others[name] !== undefined);
  if (made.length > 0)
    throw new UsageError(
      'records of a topic have their own content: leave out --key, --value, --header, --from-file and the schemas',
    );
}

/** The flags of a replay that are about the connection. */
function loginOf(options: GenerateOptions) {
  const { bootstrap, topic, auth, secret, secretFile, caFile, assumeRole, via } = options;
  const { region, profile, endpointUrl, sandbox, debug, stepTimeout, timeout } = options;
  const given = {
    bootstrap,
    topic,
    auth,
    secret,
    secretFile,
    caFile,
    assumeRole,
    via,
    region,
    profile,
    endpointUrl,
    sandbox,
    debug,
  };
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Name in keyof typeof given]?: Exclude<(typeof given)[Name], undefined>;
  };
  return { ...named, stepTimeout, timeout, output: 'text' as const, color: options.color };
}

const startOf = ({ latest, timestamp, offset }: GenerateOptions): StartPosition =>
  latest !== undefined
    ? { kind: 'start' }
    : timestamp !== undefined
      ? { kind: 'time', time: timestamp }
      : { kind: 'offset', offset };

/**
 * The last records, read in pieces from the end on: markers of transactions, what compaction removed and what is not
 * committed have offsets too.
 */
async function readLast(
  source: RecordSource,
  { id, from, end }: SourcePartition,
  count: number,
  io: Io,
): Promise<KafkaRecord[]> {
  let found: KafkaRecord[] = [];
  for (let [piece, last] = [count, end]; found.length < count && last > from; piece *= 4) {
    const first = Math.max(from, last - piece);
    found = [...(await readUpTo(source, { id, from: first, end: last }, Number.POSITIVE_INFINITY, io)), ...found];
    found = found.slice(-count);
    last = first;
  }
  return found;
}

async function readUpTo(source: RecordSource, { id, from, end }: SourcePartition, most: number, io: Io) {
  const found: KafkaRecord[] = [];
  for (let offset = from; offset < end && found.length < most;) {
    const { records, next } = await source.read(id, offset);
    io.signal.throwIfAborted();
    found.push(...records.filter((record) => record.offset >= offset && record.offset < end));
    if (next <= offset) break;
    offset = next;
  }
  return found.slice(0, most);
}

/** The source that the flags name, with the brokers that were read. */
const originWith = ({ eventSourceArn, selfManaged }: GenerateOptions, found: EventOrigin): EventOrigin =>
  eventSourceArn === undefined && selfManaged !== true
    ? found
    : originOf({ eventSourceArn, isSelfManaged: selfManaged === true, bootstrap: found.bootstrapServers });
