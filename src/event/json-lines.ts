/** Reads records from JSON lines: `{"key", "value", "headers", "partition", "offset", "timestamp"}`. */
import { UsageError } from '../errors.js';
import { enumerate } from '../text/enumerate.js';
import { exactText, parseExactly } from '../text/exact-json.js';
import { visible } from '../text/visible.js';
import type { KafkaRecord } from './build-event.js';
import { decodeBase64 } from './content.js';

/** What a line without these members has. */
export interface RecordDefaults {
  topic: string;
  partition: number;
  /** Of the first record in each partition; the next ones count up. */
  offset: number;
  timestamp: number;
}

const largestPartition = 2 ** 31 - 1;

const members = [
  'topic',
  'partition',
  'offset',
  'timestamp',
  'timestampType',
  'key',
  'keyBase64',
  'value',
  'valueBase64',
  'headers',
] as const;
type Line = Partial<Record<(typeof members)[number], unknown>>;

const expected = 'Expected one record per line, such as {"key":"42","value":"text","headers":{"trace":"abc"}}.';

/** The records, in the order of the lines. Throws `UsageError` with the file and the line of the first fault. */
export function readRecordLines(text: string, file: string, defaults: RecordDefaults): KafkaRecord[] {
  const next = new Map<string, number>();
  const records: KafkaRecord[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.trim() === '') continue;
    const fail: Fail = (fault) => {
      throw new UsageError(`${visible(file)}:${index + 1}: ${fault}`, expected);
    };
    const record = toRecord(parseLine(line, fail), line, defaults, fail);
    const partition = `${record.topic}-${record.partition}`;
    const offset = record.offset ?? next.get(partition) ?? defaults.offset;
    next.set(partition, offset + 1);
    records.push({ ...record, offset });
  }
  if (records.length === 0) throw new UsageError(`${visible(file)} has no records`, expected);
  return records;
}

type Fail = (fault: string) => never;

function parseLine(line: string, fail: Fail): Line {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return fail('not valid JSON');
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return fail('not a JSON object');
  const unknown = Object.keys(data).find((name) => !(members as readonly string[]).includes(name));
  if (unknown !== undefined) return fail(`unknown member “${visible(unknown)}”; known: ${enumerate(members)}`);
  return data;
}

function toRecord(
  line: Line,
  text: string,
  defaults: RecordDefaults,
  fail: Fail,
): Omit<KafkaRecord, 'offset'> & { offset?: number } {
  const whole = (name: 'partition' | 'offset' | 'timestamp'): number | undefined => {
    const value = line[name];
    const most = name === 'partition' ? largestPartition : Number.MAX_SAFE_INTEGER;
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most)
      return fail(`${name} is not a whole number from 0 to ${most}`);
    return value;
  };
  const { topic = defaults.topic, timestampType = 'CREATE_TIME' } = line;
  if (typeof topic !== 'string' || topic === '') return fail('topic is not a text');
  if (timestampType !== 'CREATE_TIME' && timestampType !== 'LOG_APPEND_TIME')
    return fail('timestampType is neither CREATE_TIME nor LOG_APPEND_TIME');
  const offset = whole('offset');
  return {
    topic,
    partition: whole('partition') ?? defaults.partition,
    timestamp: whole('timestamp') ?? defaults.timestamp,
    timestampType,
    key: contentOf('key', line, text, fail),
    value: contentOf('value', line, text, fail),
    headers: headersOf(line.headers, fail),
    ...(offset === undefined ? {} : { offset }),
  };
}

/** Text as it is, other JSON as JSON text; null where it is missing. */
function contentOf(name: 'key' | 'value', line: Line, text: string, fail: Fail): Uint8Array | null {
  const base64 = line[`${name}Base64`];
  const content = line[name];
  if (base64 !== undefined && base64 !== null) {
    if (content !== undefined && content !== null) return fail(`it has both ${name} and ${name}Base64`);
    return (typeof base64 === 'string' ? decodeBase64(base64) : null) ?? fail(`${name}Base64 is not Base64`);
  }
  if (content === undefined || content === null) return null;
  return Buffer.from(
    typeof content === 'string' ? content : (writtenText(text, name) ?? JSON.stringify(content)),
    'utf8',
  );
}

/** A member of a line with its numbers as they are written: an identifier of many digits keeps them. */
function writtenText(line: string, name: 'key' | 'value'): string | null {
  const exact = parseExactly(line) as Line | undefined;
  return exact === undefined ? null : exactText(exact[name]);
}

/** `{"name": "text"}`, or a list of such objects; a list of bytes instead of a text, as in the event. */
function headersOf(headers: unknown, fail: Fail): KafkaRecord['headers'] {
  if (headers === undefined || headers === null) return [];
  return [headers].flat().flatMap((header: unknown) => {
    if (typeof header !== 'object' || header === null || Array.isArray(header))
      return fail('headers is neither an object nor a list of objects');
    if (Array.isArray(headers) && Object.keys(header).length !== 1)
      return fail(
        'headers has an object with several members; in a list each header is an object of its own, {"NAME":"text"}',
      );
    return Object.entries(header).map(([name, value]) => ({ name, value: headerValue(name, value, fail) }));
  });
}

function headerValue(name: string, value: unknown, fail: Fail): Uint8Array | null {
  if (value === null) return null;
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (Array.isArray(value) && value.every((byte) => Number.isInteger(byte) && byte >= -128 && byte <= 255))
    return Uint8Array.from(value as number[]);
  return fail(`the header “${visible(name)}” is neither a text nor a list of bytes`);
}
