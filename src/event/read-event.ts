/** Reads and validates an event of a Kafka event source. */
import { UsageError } from '../errors.js';
import { enumerate } from '../text/enumerate.js';
import { visible } from '../text/visible.js';
import { selfManagedSources, type EventRecord, type KafkaEvent } from './kafka-event.js';

/** A JSON text as data. Throws `UsageError` with the position where it is not JSON. `file`: as the user named it. */
export function parseJson(text: string, file: string): unknown {
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (clean.trim() === '') throw new UsageError(`${visible(file)} is empty`);
  try {
    return JSON.parse(clean) as unknown;
  } catch (error) {
    const [, position] = /at position (\d{1,15})/.exec((error as Error).message) ?? [];
    throw new UsageError(
      `${visible(file)}${position === undefined ? '' : placeOf(clean, Number(position))}: not valid JSON`,
      'Pass the event as JSON. For a log line or a failed-record document, use `msk-lambda event from-log`.',
      { cause: error },
    );
  }
}

/** `:LINE:COLUMN`, counted from 1. */
function placeOf(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `:${before.length}:${before.at(-1)!.length + 1}`;
}

/** The event in a document. Throws `UsageError` that names what is missing where it is none. */
export function toKafkaEvent(document: unknown, file: string): KafkaEvent {
  const fault = eventFault(document);
  if (fault === null) return document as KafkaEvent;
  throw new UsageError(`${visible(file)} is not an event of a Kafka event source: ${fault}`, hintFor(document));
}

/** Whether a document is an event that Lambda sends for Kafka records. */
export const isKafkaEvent = (document: unknown): document is KafkaEvent => eventFault(document) === null;

const sources: readonly string[] = ['aws:kafka', ...selfManagedSources];

function eventFault(document: unknown): string | null {
  if (!isObject(document)) return `it is ${kindOf(document)}, not an object`;
  const { eventSource, records } = document;
  const other = otherSource(document);
  if (other !== null) return `it is an event of ${visible(other)}`;
  if (eventSource === undefined) return 'it has no eventSource';
  if (!sources.includes(eventSource as string))
    return `eventSource is ${visible(JSON.stringify(eventSource))}; expected ${sources.map((name) => `"${name}"`).join(' or ')}`;
  if (!isObject(records)) return `records is ${kindOf(records)}; expected an object by topic-partition`;
  for (const [name, group] of Object.entries(records)) {
    const path = `records[${visible(JSON.stringify(name))}]`;
    if (!Array.isArray(group)) return `${path} is ${kindOf(group)}; expected a list of records`;
    for (const [index, record] of group.entries()) {
      const fault = isObject(record) ? recordFault(record) : ` is ${kindOf(record)}; expected an object`;
      if (fault !== null) return `${path}[${index}]${fault}`;
    }
  }
  return null;
}

/** The fault of a record, which follows its path; null for none. */
function recordFault(record: Record<string, unknown>): string | null {
  for (const name of ['key', 'value'] satisfies (keyof EventRecord)[]) {
    const content = record[name];
    if (content !== undefined && content !== null && typeof content !== 'string')
      return `.${name} is ${kindOf(content)}; expected Base64 text or null`;
  }
  if (typeof record['topic'] !== 'string') return `.topic is ${kindOf(record['topic'])}; expected text`;
  for (const name of ['partition', 'offset'] satisfies (keyof EventRecord)[])
    if (typeof record[name] !== 'number') return `.${name} is ${kindOf(record[name])}; expected a number`;
  const { headers, timestamp } = record;
  if (timestamp !== undefined && timestamp !== null && typeof timestamp !== 'number')
    return `.timestamp is ${kindOf(timestamp)}; expected a number`;
  if (headers === undefined || headers === null) return null;
  if (!Array.isArray(headers)) return `.headers is ${kindOf(headers)}; expected a list`;
  for (const [index, header] of headers.entries()) {
    if (!isObject(header)) return `.headers[${index}] is ${kindOf(header)}; expected an object`;
    for (const bytes of Object.values(header))
      if (bytes !== null && !isBytes(bytes)) return `.headers[${index}] is not a list of bytes from -128 to 255`;
  }
  return null;
}

const isBytes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((byte) => Number.isInteger(byte) && byte >= -128 && byte <= 255);

/** The source of an event of another service. */
function otherSource(document: Record<string, unknown>): string | null {
  const [first] = [document['Records']].flat() as unknown[];
  if (!isObject(first)) return null;
  const source = first['eventSource'] ?? first['EventSource'];
  return typeof source === 'string' ? source : null;
}

function hintFor(document: unknown): string {
  if (
    isObject(document) &&
    ['requestContext', 'KafkaBatchInfo', 'Message', 'Body', 'message', 'Records'].some((name) => name in document)
  )
    return 'For a log line or a failed-record document, use `msk-lambda event from-log`.';
  return `Expected an object with ${enumerate(['eventSource', 'bootstrapServers', 'records'])}, as \`msk-lambda event generate\` prints it.`;
}

const kindOf = (value: unknown): string =>
  value === undefined
    ? 'missing'
    : value === null
      ? 'null'
      : Array.isArray(value)
        ? 'a list'
        : `${/^[aeiou]/.test(typeof value) ? 'an' : 'a'} ${typeof value}`;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
