import { InvalidArgumentError } from 'commander';
import { batchingWindow, batchSize, recordAge, retryAttempts } from '../../../aws/limits.js';
import { eventRecordFormats } from '../../../aws/mapping-api.js';
import { integer, positive, repeated } from '../../option-values.js';
import { connectionOptions, debugOption, outputOptionsIn, sandboxOption } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';
import { loginOptions } from '../probe/options.js';

const topic = { group: 'Records' } as const;
const handler = { group: 'Handler' } as const;
const settings = { group: 'Settings instead of those of the mapping' } as const;
const registry = { group: 'Schema registry' } as const;
const limits = { group: 'Limits' } as const;

const largestPartition = 2 ** 31 - 1;

/** Where a replay begins in each partition. */
export type StartPosition =
  | { kind: 'offset'; offset: number }
  | { kind: 'time'; time: number }
  | { kind: 'committed' }
  | { kind: 'start' };

/** Digits are an offset; a time is ISO 8601, in UTC where it names no zone. */
export function startPosition(word: string): StartPosition {
  if (word === 'committed' || word === 'start') return { kind: word };
  if (/^\d{1,16}$/.test(word) && Number.isSafeInteger(Number(word))) return { kind: 'offset', offset: Number(word) };
  const parts = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(word);
  const isDate = word.length === 10;
  const time = parts === null ? Number.NaN : Date.parse(isDate || parts[1] !== undefined ? word : `${word}Z`);
  if (Number.isNaN(time))
    throw new InvalidArgumentError('Expected an offset, a time such as 2026-11-20T08:00:00Z, “committed” or “start”.');
  return { kind: 'time', time };
}

/** -1 is AWS’s word for no limit. */
const orUnlimited =
  ({ least, most }: { least: number; most: number }) =>
  (word: string): number =>
    word === '-1' ? -1 : integer(least, most)(word);

export const replayOptions = () => [
  option('--bootstrap <list>', 'bootstrap addresses instead of a target: HOST:PORT,HOST:PORT', topic),
  option('--topic <name>', 'topic to read; default: the topic of the mapping', topic),
  option('--partition <number>', 'read only this partition', { ...topic, parse: integer(0, largestPartition) }),
  option('--group <id>', 'consumer group whose committed offsets are read; default: the group of the mapping', topic),
  option(
    '--from <position>',
    'offset, time (ISO 8601), “committed” or “start”; default: committed where there is a consumer group',
    { ...topic, parse: startPosition },
  ),
  option('--to <offset>', 'last offset to read; default: the end of the topic', {
    ...topic,
    parse: integer(0, Number.MAX_SAFE_INTEGER),
    conflicts: ['follow'],
  }),
  option('--max <records>', 'number of records to read, all partitions together', {
    ...topic,
    parse: integer(1, Number.MAX_SAFE_INTEGER),
  }),
  option('--follow', 'wait for new records until Ctrl-C', topic),
  option('--handler <file#export>', 'function in a JavaScript file, run in a process of its own', {
    ...handler,
    conflicts: ['command', 'function'],
  }),
  option('--command <command>', 'command that reads the event and writes the response; one process for each call', {
    ...handler,
    conflicts: ['function'],
  }),
  option('--function', 'call the deployed function of the mapping; asks first', {
    ...handler,
    conflicts: ['bootstrap', 'sandbox'],
  }),
  option('--yes', 'with --function: do not ask for confirmation', handler),
  option('--dry-run', 'with --function: show the calls and make none', handler),
  option('--function-timeout <seconds>', 'time for one call; default: the timeout of the function, otherwise 60', {
    ...handler,
    parse: positive('seconds'),
    conflicts: ['function'],
  }),
  option('--batch-size <records>', 'BatchSize', { ...settings, parse: integer(batchSize.least, batchSize.most) }),
  option('--batching-window <seconds>', 'MaximumBatchingWindowInSeconds; only --follow waits', {
    ...settings,
    parse: integer(batchingWindow.least, batchingWindow.most),
  }),
  option('--filter <pattern>', 'filter pattern; may be repeated', { ...settings, parse: repeated }),
  option('--report-batch-item-failures', 'the function reports failed records', settings),
  option('--bisect', 'split a batch that fails in two', settings),
  option('--retries <number>', 'MaximumRetryAttempts; -1: no limit', {
    ...settings,
    parse: orUnlimited(retryAttempts),
  }),
  option('--maximum-record-age-in-seconds <seconds>', 'MaximumRecordAgeInSeconds; -1: no limit', {
    ...settings,
    parse: orUnlimited(recordAge),
  }),
  option('--schema <file>', 'schema that decodes the values, FILE or ID=FILE, FILE.proto#MESSAGE; may be repeated', {
    ...registry,
    parse: repeated,
  }),
  option('--key-schema <file>', 'the same for the keys', { ...registry, parse: repeated }),
  option('--schema-format <format>', 'EventRecordFormat; default: that of the mapping, otherwise JSON', {
    ...registry,
    choices: eventRecordFormats,
  }),
  ...loginOptions(),
  option('--step-timeout <seconds>', 'maximum time for one answer of a broker', {
    ...limits,
    default: 10,
    parse: positive('seconds'),
  }),
  option('--timeout <seconds>', 'maximum time for the connection and for reading AWS', {
    ...limits,
    default: 60,
    parse: positive('seconds'),
  }),
  ...connectionOptions(),
  sandboxOption(),
  debugOption(),
  option('--show-value', 'show keys and values of records that fail, and texts of errors in full'),
  ...outputOptionsIn(['text', 'json', 'jsonl'], {
    quiet: 'print only blocked partitions and dropped records',
    verbose: 'every batch',
  }),
];

export type ReplayOptions = OptionsOf<typeof replayOptions>;
