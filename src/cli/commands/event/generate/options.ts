import { InvalidArgumentError } from 'commander';
import { integer, positive, repeated } from '../../../option-values.js';
import { connectionOptions, debugOption, outputOptions, sandboxOption } from '../../../shared-options.js';
import { option, type OptionsOf } from '../../../typed-option.js';
import { loginOptions } from '../../probe/options.js';

const record = { group: 'Record' } as const;
const origin = { group: 'Source' } as const;
const topic = { group: 'Records of a topic' } as const;
const encoding = { group: 'Schema registry' } as const;

/** Records of one event; Lambda sends at most 10,000. */
const mostRecords = 10_000;
const largestPartition = 2 ** 31 - 1;

/** Milliseconds since 1970. */
const milliseconds = (word: string): number => {
  const time = /^\d{1,16}$/.test(word) ? Number(word) : Number.NaN;
  if (!Number.isSafeInteger(time)) throw new InvalidArgumentError('Expected milliseconds since 1970.');
  return time;
};

/** The records of an event and their source; `event invoke` has them too. */
export const recordOptions = () => [
  option('--topic <name>', 'topic; default: my-topic', record),
  option('--partition <number>', 'partition', { ...record, default: 0, parse: integer(0, largestPartition) }),
  option('--offset <number>', 'offset of the (first) record', {
    ...record,
    default: 0,
    parse: integer(0, Number.MAX_SAFE_INTEGER),
  }),
  option('--timestamp <ms>', 'timestamp in milliseconds since 1970; default: now', { ...record, parse: milliseconds }),
  option('--key <text>', 'key', { ...record, conflicts: ['keyBase64', 'fromFile'] }),
  option('--key-base64 <bytes>', 'key, in Base64', { ...record, conflicts: ['fromFile'] }),
  option('--value <text>', 'value; without it the record is a tombstone', {
    ...record,
    conflicts: ['valueBase64', 'fromFile'],
  }),
  option('--value-base64 <bytes>', 'value, in Base64', { ...record, conflicts: ['fromFile'] }),
  option('--header <name=text>', 'header; may be repeated', { ...record, parse: repeated, conflicts: ['fromFile'] }),
  option('--from-file <file>', 'JSON lines, one record each; - is standard input', record),
  option('--event-source-arn <arn>', 'ARN of the cluster in the event', {
    ...origin,
    conflicts: ['selfManaged'],
  }),
  option('--self-managed', 'the event of a self-managed Apache Kafka source', origin),
  option(
    '--bootstrap <list>',
    'addresses of brokers in the event, HOST:PORT,…; with --auth or a secret, records are read from them',
    origin,
  ),
  option('--schema <file>', 'schema that encodes the value: Avro, FILE.proto#MESSAGE or JSON Schema', encoding),
  option('--key-schema <file>', 'the same for the key', encoding),
  option(
    '--schema-format <format>',
    'SOURCE: encoded; JSON: decoded; CONFLUENT, GLUE: encoded, with the registry’s header; default: JSON',
    {
      ...encoding,
      choices: ['JSON', 'SOURCE', 'CONFLUENT', 'GLUE'],
    },
  ),
  option('--schema-id <id>', 'number (Confluent) or UUID (Glue) of the schema of the value', encoding),
  option('--key-schema-id <id>', 'the same for the key', encoding),
];

/** Records that are read from a topic. */
const topicOptions = () => [
  option('--from-topic <target>', 'read records of the topic of this mapping or function, or of this cluster', topic),
  option('--latest <number>', 'the last records of the partition', {
    ...topic,
    parse: integer(1, mostRecords),
  }),
  option('--max <number>', 'number of records to read; default: 1', { ...topic, parse: integer(1, mostRecords) }),
  ...loginOptions(),
  option('--step-timeout <seconds>', 'maximum time for one step', {
    ...topic,
    default: 10,
    parse: positive('seconds'),
  }),
  option('--timeout <seconds>', 'maximum time to connect', { ...topic, default: 60, parse: positive('seconds') }),
  ...connectionOptions(),
  sandboxOption(),
  debugOption(),
];

export const generateOptions = () => [
  ...recordOptions(),
  ...topicOptions(),
  ...outputOptions({ quiet: 'print the event on one line', verbose: 'report records and bytes on standard error' }),
];

export type RecordOptions = OptionsOf<typeof recordOptions>;
export type GenerateOptions = OptionsOf<typeof generateOptions>;
