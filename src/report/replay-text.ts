/** The answer of `replay` for people: what blocks a partition, the timeline, the settings, and how long a backlog takes. */
import type { ChalkInstance } from 'chalk';
import { eventPoller } from '../aws/limits.js';
import type { BatchLine, ReplaySummary } from '../replay/batch-line.js';
import type { Capacity, Estimate } from '../replay/estimate.js';
import type { PollerSettings } from '../replay/poller-settings.js';
import { inLargestUnit } from '../text/duration.js';
import { enumerate } from '../text/enumerate.js';
import { symbols } from '../text/symbols.js';
import { cutToWidth } from '../text/cut.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

export interface ReplayAnswer {
  topic: string;
  lines: readonly BatchLine[];
  /** Lines of successful calls that were not kept. */
  omitted: number;
  summary: ReplaySummary;
  /** False where it was interrupted or ended with an error. */
  isComplete: boolean;
  settings: PollerSettings;
  /** Null: the filter of the mapping is not known. */
  patterns: readonly string[] | null;
  capacity: Capacity;
  estimate: Estimate | null;
  /** Null without a handler. */
  handler: string | null;
  /** The function that a replay without a dry run would call; null for another replay. */
  dryRun: string | null;
}

interface ReplayStyle {
  colour: ChalkInstance;
  columns: number;
  verbose: boolean;
}

/** Lines of the timeline that are shown in full without `--verbose`. */
const fewLines = 40;
const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const count = (value: number, noun: string, plural = `${noun}s`): string =>
  `${number.format(value)} ${value === 1 ? noun : plural}`;

export function renderReplay(answer: ReplayAnswer, style: ReplayStyle): string {
  return [headLines(answer, style), timeline(answer, style), footer(answer, style)]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** Blocked partitions and dropped records only, one a line. */
export const renderProblems = ({ topic, lines, summary }: Pick<ReplayAnswer, 'topic' | 'lines' | 'summary'>): string =>
  [...stoppedTexts(topic, lines, summary), ...droppedTexts(topic, lines, summary)].join('\n');

function stoppedTexts(topic: string, lines: readonly BatchLine[], { stopped }: ReplaySummary): string[] {
  return stopped.map(({ partition, offset, because }) => {
    const last = lines.findLast((line) => line.partition === partition && line.attempt > 0);
    const isOne = last === undefined || last.records === 1 || last.result === 'partial';
    const what = isOne
      ? `record at offset ${offset} blocks the partition`
      : `a record of the batch ${last.from}–${last.to} blocks the partition`;
    return `${visible(topic)}-${partition}: ${what}: ${visible(because)}`;
  });
}

/** One for each partition and reason. */
function droppedTexts(topic: string, lines: readonly BatchLine[], { dropped }: ReplaySummary): string[] {
  // The summary and the lines are in the order of the calls.
  const lost = new Map<number, BatchLine[]>();
  for (const line of lines) {
    if (line.result !== 'dropped') continue;
    const ofPartition = lost.get(line.partition) ?? [];
    ofPartition.push(line);
    lost.set(line.partition, ofPartition);
  }
  const next = new Map<number, number>();
  const groups = new Map<string, { partition: number; because: string; offsets: number[] }>();
  for (const { partition, offset } of dropped) {
    const ofPartition = lost.get(partition) ?? [];
    let at = next.get(partition) ?? 0;
    while (at < ofPartition.length && !covers(ofPartition[at]!, offset)) at++;
    next.set(partition, at);
    const because = ofPartition[at]?.because ?? '';
    const group = groups.get(`${partition} ${because}`) ?? { partition, because, offsets: [] };
    group.offsets.push(offset);
    groups.set(`${partition} ${because}`, group);
  }
  return [...groups.values()].map(({ partition, because, offsets }) => {
    const shown = offsets.slice(0, 5).join(', ');
    const rest = offsets.length > 5 ? ` and ${number.format(offsets.length - 5)} more` : '';
    const what =
      offsets.length === 1
        ? `the record at offset ${shown}`
        : `${count(offsets.length, 'record')} at the offsets ${shown}${rest}`;
    return `${visible(topic)}-${partition}: Lambda drops ${what}${because === '' ? '' : `: ${visible(because)}`}`;
  });
}

const covers = ({ from, to }: BatchLine, offset: number): boolean => from <= offset && offset <= to;

function headLines(answer: ReplayAnswer, { colour, columns }: ReplayStyle): string {
  const { topic, lines, summary, handler } = answer;
  const problems = [...stoppedTexts(topic, lines, summary), ...droppedTexts(topic, lines, summary)];
  if (problems.length > 0)
    return problems.map((text) => wrap(`${colour.red(symbols.failed)} ${text}`, { columns, hang: 2 })).join('\n');
  const sent = count(summary.records, 'record');
  if (answer.dryRun !== null)
    return wrap(
      `Dry run, nothing was called. The calls: ${number.format(summary.batches)} × lambda Invoke (RequestResponse) of ${visible(answer.dryRun)}, with ${sent} of ${visible(topic)}; a call that fails is retried as the settings say.`,
      { columns },
    );
  if (handler === null)
    return wrap(
      `${visible(topic)}: ${sent} in ${count(summary.batches, 'batch', 'batches')}, ${filteredText(summary)}; no handler was called`,
      { columns },
    );
  const away = lines.filter(({ result }) => result === 'destination');
  if (away.length > 0)
    return wrap(
      `${colour.yellow(symbols.warning)} ${visible(topic)}: Lambda sends failed records to the on-failure destination: ${away
        .map(({ partition, from, to }) => `partition ${partition}, ${span(from, to)}`)
        .slice(0, 5)
        .join('; ')}`,
      { columns, hang: 2 },
    );
  if (!answer.isComplete)
    return wrap(
      `${colour.yellow(symbols.warning)} ${visible(topic)}: the replay ended early; the handler processed ${sent}`,
      { columns, hang: 2 },
    );
  if (summary.records === 0)
    return `${visible(topic)}: no records to send${summary.filtered === 0 ? '' : `; the filter excludes all ${number.format(summary.filtered)}`}`;
  return `${colour.green(symbols.passed)} ${visible(topic)}: the handler processes all ${sent}`;
}

const filteredText = ({ filtered, filterUnknown }: ReplaySummary): string =>
  filterUnknown === true ? 'filter not known' : `${number.format(filtered)} filtered out`;

const span = (from: number, to: number): string => (from === to ? `offset ${from}` : `offsets ${from}–${to}`);

function timeline({ topic, lines, omitted, handler }: ReplayAnswer, { verbose, columns }: ReplayStyle): string {
  const isShort = verbose || lines.length <= fewLines;
  const shown = isShort ? lines : lines.filter(({ result }) => result !== 'ok').slice(0, fewLines);
  const rows = shown.map((line) => [
    `${topic}-${line.partition}`,
    line.from === line.to ? String(line.from) : `${line.from}–${line.to}`,
    `${count(line.records, 'record')}${line.filtered === 0 ? '' : `, ${number.format(line.filtered)} filtered out`}`,
    handler === null && line.result === 'ok'
      ? 'not called'
      : `${line.result}${line.attempt > 1 ? ` (attempt ${line.attempt})` : ''}`,
    handler === null || line.attempt === 0 ? '' : `${number.format(line.ms)} ms`,
    line.because ?? '',
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  const texts = rows.map((row) => {
    const cells = row.slice(0, 5).map((cell, column) => visible(cell).padEnd(widths[column]!));
    const line = `  ${cells.join('  ')}  ${visible(row[5]!)}`.trimEnd();
    return verbose ? line : cutToWidth(line, Math.max(columns, 60));
  });
  const left = lines.length - shown.length + omitted;
  if (left > 0) texts.push(`  ${count(left, 'more call')}; --verbose shows all that are kept`);
  return texts.join('\n');
}

function footer(answer: ReplayAnswer, { columns }: ReplayStyle): string {
  const { summary, settings, patterns, estimate, lines } = answer;
  const parts = [
    `batch size ${number.format(settings.batchSize)}`,
    `batching window ${settings.batchingWindow} s`,
    ...(patterns === null
      ? ['filter not known']
      : patterns.length === 0
        ? []
        : [count(patterns.length, 'filter pattern')]),
    ...(settings.bisect ? ['bisect'] : []),
    ...(settings.reportsItemFailures ? ['ReportBatchItemFailures'] : []),
    settings.retries === null ? 'no retry limit' : count(settings.retries, 'retry', 'retries'),
    ...(settings.maximumAge === null ? [] : [`records up to ${inLargestUnit(settings.maximumAge * 1000)} old`]),
    ...(settings.hasDestination ? ['on-failure destination'] : []),
  ];
  const unnamed = summary.stopped.filter(({ partition }) => {
    const last = lines.findLast((line) => line.partition === partition && line.attempt > 0);
    return last !== undefined && last.records > 1 && last.result !== 'partial';
  });
  return [
    `Read: ${count(summary.records, 'record')} in ${count(summary.batches, 'batch', 'batches')}, ${filteredText(summary)}. Settings: ${enumerate(parts)}.`,
    ...(unnamed.length > 0 ? ['To find the record in its batch, run the same command with --bisect.'] : []),
    ...(failsAlways(answer)
      ? ['No call succeeded: the handler may fail for every record, not only for this one.']
      : []),
    ...(summary.stopped.length > 0 && settings.retries === null
      ? ['Lambda retries this batch until the records leave the topic; the partition waits. Other partitions continue.']
      : []),
    ...(estimate === null || estimate.seconds < 1 || summary.stopped.length > 0
      ? []
      : [estimateText(estimate, answer)]),
  ]
    .map((text) => wrap(text, { columns }))
    .join('\n');
}

/** Whether nothing shows that the handler works at all. */
function failsAlways({ lines, omitted }: ReplayAnswer): boolean {
  const calls = lines.filter(({ attempt }) => attempt > 0);
  return omitted === 0 && calls.length > 1 && calls.every(({ result }) => result !== 'ok' && result !== 'partial');
}

function estimateText(estimate: Estimate, { settings, capacity }: ReplayAnswer): string {
  const { duration, records, perPartition, backlog, largest, seconds, by, atMinimum } = estimate;
  const { pollers, reservedConcurrency } = capacity;
  const limit = {
    batch: `batches are full (${number.format(settings.batchSize)} records): a larger batch helps unless a call takes as much longer`,
    duration: 'each partition waits for the handler: a faster handler or more partitions help',
    partitions: `one partition has ${number.format(largest)} of the records, and a partition is processed by one call at a time`,
    pollers: `at most ${count(pollers?.maximum ?? 1, 'event poller')} (MaximumPollers), each with ${eventPoller.concurrentInvocations} calls at a time or ${eventPoller.bytesPerSecond / 1e6} MB/s`,
    concurrency: `the reserved concurrency of the function, ${number.format(reservedConcurrency ?? 0)}, is below the calls that the partitions allow`,
  }[by];
  const mode =
    atMinimum === null
      ? ''
      : `, or ${inLargestUnit(atMinimum * 1000)} with the minimum of ${count(pollers?.minimum ?? 1, 'event poller')}`;
  return `${number.format(backlog)} records wait: with calls of ${number.format(duration)} ms for ${number.format(records)} records as measured here, a partition handles ${number.format(perPartition)} records/s, and the backlog takes about ${inLargestUnit(seconds * 1000)}${mode}. Limited by ${by}: ${limit}.`;
}
