/** A decoded event for people. */
import type { ChalkInstance } from 'chalk';
import type { DecodedContent, DecodedEvent, DecodedRecord } from '../event/decode-event.js';
import type { KafkaEvent } from '../event/kafka-event.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

export interface EventStyle {
  colour: ChalkInstance;
  columns: number;
  /** Long contents in full. */
  verbose: boolean;
}

/** Characters of a content in a line that is not verbose. */
const longestContent = 400;

/** First the number of records and of problems, then each record with its contents. Pieces: an event may be long. */
export function* renderDecodedEvent(
  event: KafkaEvent,
  { records }: DecodedEvent,
  style: EventStyle,
): Generator<string> {
  const problems = records.filter(({ problem }) => problem !== null).length;
  const topics = [...new Set(records.map(({ topic }) => visible(topic)))].join(', ');
  const source = event.eventSource === 'aws:kafka' ? 'Amazon MSK' : 'self-managed Apache Kafka';
  yield `${records.length} ${records.length === 1 ? 'record' : 'records'}${topics === '' ? '' : ` of ${topics}`} (${source})${
    records.length === 0
      ? ''
      : problems === 0
        ? ': nothing to decode after Base64'
        : `: ${problems === records.length ? (records.length === 1 ? 'the handler must decode it' : 'the handler must decode all of them') : `the handler must decode ${problems} of them`}`
  }\n`;
  for (const record of records) yield `\n${renderRecord(record, style)}\n`;
}

function renderRecord(record: DecodedRecord, { colour, columns, verbose }: EventStyle): string {
  const { topic, partition, offset, timestamp, key, value, headers, problem } = record;
  const time = timestamp === null ? '' : `  ${timeOf(timestamp)}`;
  return [
    `${colour.bold(`${visible(topic)}-${partition}`)}  offset ${offset}${time}`,
    contentLine('key', key, verbose),
    contentLine('value', value, verbose),
    ...headers.map(
      ({ name, text }) => `  header  ${visible(name)}: ${text === null ? 'null' : shortened(visible(text), verbose)}`,
    ),
    ...(problem === null
      ? []
      : [wrap(`${colour.yellow('decode')}  ${visible(problem)}`, { columns, indent: 2, hang: 8 })]),
  ].join('\n');
}

const timeOf = (milliseconds: number): string => {
  const time = new Date(milliseconds);
  return Number.isNaN(time.getTime()) ? `timestamp ${milliseconds}` : time.toISOString();
};

function contentLine(name: string, { kind, text }: DecodedContent, verbose: boolean): string {
  const shown = text === null || text === '' ? '' : `  ${shortened(visible(text), verbose)}`;
  return `  ${name.padEnd(6)}  ${kind.padEnd(text === null || text === '' ? 0 : 6)}${shown}`;
}

const shortened = (text: string, verbose: boolean): string =>
  verbose || text.length <= longestContent
    ? text
    : `${text.slice(0, longestContent)}… (${text.length} characters; --verbose shows all)`;
