/** The event of the flags of `event generate`. */
import { readFile } from 'node:fs/promises';
import { UsageError } from '../../../errors.js';
import { buildEvent, type KafkaRecord } from '../../../event/build-event.js';
import { decodeBase64 } from '../../../event/content.js';
import { originOf } from '../../../event/default-origin.js';
import { encodeValue, type Encoding } from '../../../event/encode-value.js';
import { readRecordLines } from '../../../event/json-lines.js';
import type { KafkaEvent } from '../../../event/kafka-event.js';
import { readSchema, type ReadText } from '../../../event/schema/read-schema.js';
import { isTopicName } from '../../../kafka/topic-name.js';
import { whyUnreadable } from '../../../text/file-errors.js';
import { visible } from '../../../text/visible.js';
import type { Io } from '../../io.js';
import { inputName, readInputFile } from '../../read-input-file.js';
import type { RecordOptions } from './generate/options.js';

/** Throws `UsageError` for input that is not valid. */
export async function eventFromFlags(options: RecordOptions, io: Io): Promise<KafkaEvent> {
  const origin = originOf({
    eventSourceArn: options.eventSourceArn,
    isSelfManaged: options.selfManaged === true,
    bootstrap: options.bootstrap,
  });
  const encoding = await encodingOf(options);
  const records = await recordsOf(options, io);
  return buildEvent(
    records.map((record, index) => encodeValue(record, encoding, recordName(options, record, index))),
    origin,
  );
}

const recordName = ({ fromFile }: RecordOptions, { offset }: KafkaRecord, index: number): string =>
  fromFile === undefined ? '--value' : `the value of record ${index + 1} (offset ${offset}) of ${inputName(fromFile)}`;

async function recordsOf(options: RecordOptions, io: Io): Promise<KafkaRecord[]> {
  const { topic = 'my-topic', partition, offset, timestamp = Date.now(), fromFile } = options;
  if (topic === '') throw new UsageError('--topic is empty');
  if (!isTopicName(topic))
    throw new UsageError(
      `“${visible(topic)}” is not a valid topic name`,
      'Topic names have up to 249 letters, digits, “.”, “_” and “-”.',
    );
  if (fromFile !== undefined)
    return readRecordLines(await readInputFile(fromFile, io), inputName(fromFile), {
      topic,
      partition,
      offset,
      timestamp,
    });
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

async function encodingOf({ schema: word, schemaFormat, schemaId }: RecordOptions): Promise<Encoding | null> {
  if (word === undefined) {
    if (schemaFormat !== undefined || schemaId !== undefined)
      throw new UsageError(
        `--schema-${schemaFormat === undefined ? 'id' : 'format'} needs a schema`,
        'Pass --schema FILE.',
      );
    return null;
  }
  const schema = await readSchema(word, readSchemaFile);
  return { schema, format: schemaFormat ?? 'JSON', schemaId: schemaId ?? schema.id };
}

/** Undefined for a file that does not exist. */
export const readSchemaFile: ReadText = async (path) => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new UsageError(visible(whyUnreadable(path, error)), undefined, { cause: error });
  }
};
