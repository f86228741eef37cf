/** The event of the flags of `event generate`. */
import { UsageError } from '../../../errors.js';
import { buildEvent, type KafkaRecord } from '../../../event/build-event.js';
import { decodeBase64 } from '../../../event/content.js';
import { originOf } from '../../../event/default-origin.js';
import { encodeContent, type Encoding } from '../../../event/encode-content.js';
import { readRecordLines } from '../../../event/json-lines.js';
import type { KafkaEvent } from '../../../event/kafka-event.js';
import { isTopicName } from '../../../kafka/topic-name.js';
import { visible } from '../../../text/visible.js';
import type { Io } from '../../io.js';
import { inputName, readInputFile } from '../../read-input-file.js';
import { readSchemas } from '../../schema-files.js';
import type { RecordOptions } from './generate/options.js';

/** Throws `UsageError` for input that is not valid. */
export async function eventFromFlags(options: RecordOptions, io: Io): Promise<KafkaEvent> {
  const origin = originOf({
    eventSourceArn: options.eventSourceArn,
    isSelfManaged: options.selfManaged === true,
    bootstrap: options.bootstrap,
  });
  const encodings = { key: await encodingOf(options, 'key'), value: await encodingOf(options, 'value') };
  refuseUnused(options);
  const records = await recordsOf(options, io);
  return buildEvent(
    records.map((record, index) => {
      const withKey = encodeContent(record, 'key', encodings.key, contentName(options, 'key', record, index));
      return encodeContent(withKey, 'value', encodings.value, contentName(options, 'value', record, index));
    }),
    origin,
  );
}

const contentName = (
  { fromFile }: RecordOptions,
  part: 'key' | 'value',
  { offset }: KafkaRecord,
  index: number,
): string =>
  fromFile === undefined
    ? `--${part}`
    : `the ${part} of record ${index + 1} (offset ${offset}) of ${inputName(fromFile)}`;

async function recordsOf(options: RecordOptions, io: Io): Promise<KafkaRecord[]> {
  const { topic = 'my-topic', partition, offset, timestamp = Date.now(), fromFile } = options;
  if (topic === '') throw new UsageError('--topic is empty');
  refuseTopic(topic);
  if (fromFile !== undefined) {
    const defaults = { topic, partition, offset, timestamp };
    const records = readRecordLines(await readInputFile(fromFile, io), inputName(fromFile), defaults);
    for (const record of records) refuseTopic(record.topic);
    return records;
  }
  return [
    {
      topic,
      partition,
      offset,
      timestamp,
      key: contentOf(options.key, options.keyBase64, '--key-base64'),
      value: contentOf(options.value, options.valueBase64, '--value-base64'),
      headers: (options.header ?? []).map(toHeader),
    },
  ];
}

function refuseTopic(topic: string): void {
  if (!isTopicName(topic))
    throw new UsageError(
      `“${visible(topic)}” is not a valid topic name`,
      'Topic names have up to 249 letters, digits, “.”, “_” and “-”.',
    );
}

function contentOf(text: string | undefined, base64: string | undefined, flag: string): Uint8Array | null {
  if (base64 === undefined) return text === undefined ? null : Buffer.from(text, 'utf8');
  const bytes = decodeBase64(base64);
  if (bytes === null) throw new UsageError(`${flag} is not Base64`);
  return bytes;
}

/** The name before the first `=`, the text after it. */
function toHeader(word: string): { name: string; value: Uint8Array } {
  const at = word.indexOf('=');
  if (at < 1) throw new UsageError(`--header ${visible(word)}: expected NAME=TEXT`);
  return { name: word.slice(0, at), value: Buffer.from(word.slice(at + 1), 'utf8') };
}

/** Null without a schema. */
async function encodingOf(options: RecordOptions, part: 'key' | 'value'): Promise<Encoding | null> {
  const flag = part === 'key' ? '--key-schema' : '--schema';
  const [word, id] = part === 'key' ? [options.keySchema, options.keySchemaId] : [options.schema, options.schemaId];
  if (word === undefined) {
    if (id !== undefined) throw new UsageError(`${flag}-id needs a schema`, `Pass ${flag} FILE.`);
    return null;
  }
  const [schema] = await readSchemas([word]);
  return { schema: schema!, format: options.schemaFormat ?? 'JSON', schemaId: id ?? schema!.id };
}

function refuseUnused({ schema, keySchema, schemaFormat }: RecordOptions): void {
  if (schemaFormat !== undefined && schema === undefined && keySchema === undefined)
    throw new UsageError('--schema-format needs a schema', 'Pass --schema FILE for the value or --key-schema FILE.');
}
