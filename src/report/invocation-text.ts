/** The result of an invocation for people. */
import type { ChalkInstance } from 'chalk';
import type { InvocationResult } from '../event/invocation.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

export interface InvocationStyle {
  colour: ChalkInstance;
  columns: number;
  /** Long contents in full. */
  verbose: boolean;
  /** The function as it was called. */
  name: string;
  /** Seconds; null where it is not known. */
  timeout: number | null;
  size: EventSize;
}

/** Of an event, in records and bytes. */
export interface EventSize {
  records: number;
  bytes: number;
  limit: number;
}

const inEnglish = (value: number): string => value.toLocaleString('en-US');

/** `3 records, 1,204 of 6,291,456 bytes`. */
export const sizeText = ({ records, bytes, limit }: EventSize): string =>
  `${inEnglish(records)} ${records === 1 ? 'record' : 'records'}, ${inEnglish(bytes)} of ${inEnglish(limit)} bytes`;

/** Characters of a response and failed records in a result that is not verbose. */
const [longestResponse, mostFailures] = [2000, 20];

const marks = { succeeded: '✓', partial: '!', failed: '✗' } as const;

/** First the outcome, then the problems, the response and the log. */
export function renderInvocation(
  { outcome, answer, duration, failures, problems }: InvocationResult,
  { colour, columns, verbose, name, timeout, size }: InvocationStyle,
): string {
  const count = `${failures.length} of ${size.records} records`;
  const ended = { succeeded: 'succeeded', partial: `returned, ${count} failed`, failed: 'failed' }[outcome];
  const limit = timeout === null ? '' : ` (timeout ${timeout} s)`;
  const response =
    verbose || answer.payload.length <= longestResponse
      ? answer.payload
      : `${answer.payload.slice(0, longestResponse)}… (${answer.payload.length} characters; --verbose shows all)`;
  const shown = verbose ? failures : failures.slice(0, mostFailures);
  return [
    wrap(`${marks[outcome]} ${colour.bold(visible(name))}: ${ended} in ${Math.round(duration)} ms${limit}`, {
      columns,
      hang: 2,
    }),
    ...problems.map((problem) => wrap(visible(problem), { columns, indent: 2, hang: 2 })),
    `  Event: ${sizeText(size)}`,
    ...(answer.executedVersion === null ? [] : [`  Version: ${visible(answer.executedVersion)}`]),
    ...shown.map(({ partition, offset }) => `  Failed record: ${visible(partition)}, offset ${offset}`),
    ...(shown.length < failures.length ? [`  … and ${failures.length - shown.length} more; --verbose shows all`] : []),
    `  Response: ${response === '' ? '(empty)' : visible(response)}`,
    ...(answer.log === ''
      ? []
      : [
          '  Log (the end of it):',
          ...answer.log
            .trimEnd()
            .split('\n')
            .map((line) => `    ${visible(line.trimEnd().replaceAll('\t', '  '))}`),
        ]),
  ].join('\n');
}
