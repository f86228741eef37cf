/** Reads a topic as Lambda does, calls a handler, and shows what happens to each batch. */
import { setTimeout as pause } from 'node:timers/promises';
import { Interrupted, NotReadable } from '../../../errors.js';
import { compileFilter } from '../../../filter/record-filter.js';
import type { BatchLine, ReplaySummary } from '../../../replay/batch-line.js';
import { estimateOf } from '../../../replay/estimate.js';
import { withoutContents } from '../../../replay/hide-content.js';
import { emptySummary, poll, type CallFunction } from '../../../replay/poll.js';
import { toReplayDocument } from '../../../report/documents/replay.js';
import { renderProblems, renderReplay } from '../../../report/replay-text.js';
import { escapeInJson } from '../../../text/visible.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { printAnswer, printPieces } from '../../print-answer.js';
import { startProgress } from '../../progress.js';
import { sayUserError } from '../../user-error.js';
import { exampleHandler } from './example-handler.js';
import { handlerFileOf, openHandler, type NamedHandler } from './open-handler.js';
import type { ReplayOptions } from './options.js';
import type { ReplayPlan } from './replay-plan.js';

/** Successful calls that are kept for the timeline. */
const mostKept = 10_000;
/** Milliseconds between two questions for new records. */
const followInterval = 300;

/** Returns the exit code. Throws `UsageError` before anything is sent. */
export async function run({ args: [target], options, io }: Call<ReplayOptions>): Promise<number> {
  const file = options.handler === undefined ? null : await handlerFileOf(options.handler);
  let plan: ReplayPlan | number;
  try {
    const { openPlan } = await import('./open-plan.js');
    plan = await openPlan(target, options, io);
  } catch (error) {
    if (error instanceof NotReadable) return sayUserError(io, error);
    throw error;
  }
  if (typeof plan === 'number') return plan;
  const isExample = options.sandbox !== undefined && file === null && options.command === undefined;
  const fallback = isExample ? { call: exampleHandler, label: 'the built-in example' } : null;
  if (isExample) io.stderr.write('Note: without --handler, the built-in example handler decodes each value as JSON.\n');
  let handler: NamedHandler | null = null;
  try {
    if (options.function === true) {
      const { openFunction } = await import('./open-function.js');
      handler = await openFunction(plan.functionArn ?? target ?? '', mostRecords(plan, options), options, io);
      if (handler === null) return exitCodes.ok;
    } else
      handler = await openHandler(
        options,
        { file, fallback, ...plan, reportsItemFailures: plan.settings.reportsItemFailures },
        io,
      );
    return await replay(plan, handler, options, io);
  } catch (error) {
    if (error instanceof NotReadable) return sayUserError(io, error);
    throw error;
  } finally {
    handler?.close();
    await plan.close();
  }
}

/** Records that a replay may read, by the offsets. */
const mostRecords = ({ partitions }: ReplayPlan, { max, follow }: ReplayOptions): number =>
  Math.min(
    max ?? Number.POSITIVE_INFINITY,
    follow === true
      ? Number.POSITIVE_INFINITY
      : partitions.reduce((sum, { from, end }) => sum + Math.max(0, end - from), 0),
  );

interface Kept {
  lines: BatchLine[];
  omitted: number;
}

async function replay(plan: ReplayPlan, handler: NamedHandler | null, options: ReplayOptions, io: Io): Promise<number> {
  const summary = emptySummary();
  const kept: Kept = { lines: [], omitted: 0 };
  // Lines are printed as they come, unless they go to a file as a whole.
  const isLive = options.output === 'jsonl' && options.outputFile === undefined;
  const progress = startProgress(io, 'Reading the topic');
  try {
    for await (const line of poll(
      {
        source: plan.source,
        partitions: plan.partitions,
        settings: plan.settings,
        rules: {
          batchSize: plan.settings.batchSize,
          window: plan.settings.batchingWindow * 1000,
          follow: options.follow === true,
          filter: compileFilter(plan.patterns),
          decode: null,
          origin: plan.origin,
          topic: plan.topic,
        },
        call: handler === null ? null : discreet(handler.call, options.showValue === true, io),
        most: options.max ?? Number.POSITIVE_INFINITY,
        now: Date.now,
        wait: async () => void (await pause(followInterval, undefined, { signal: io.signal })),
      },
      summary,
    )) {
      io.signal.throwIfAborted();
      progress.say(`${summary.records} records, ${summary.batches} batches`);
      if (isLive) io.stdout.write(jsonLine(line));
      else if (line.result !== 'ok' || kept.lines.length < mostKept) kept.lines.push(line);
      else kept.omitted++;
      if (options.follow === true && options.output === 'text' && line.result !== 'ok')
        io.stderr.write(`${renderProblemLine(plan.topic, line)}\n`);
    }
  } catch (error) {
    progress.stop();
    // What was done until Ctrl-C is reported all the same.
    if (io.signal.aborted || error instanceof Interrupted)
      await print(plan, handler, { summary, kept, isLive }, options, io);
    else if (error instanceof NotReadable) await print(plan, handler, { summary, kept, isLive }, options, io);
    throw error;
  } finally {
    progress.stop();
  }
  await print(plan, handler, { summary, kept, isLive }, options, io);
  return summary.stopped.length > 0 || summary.dropped.length > 0 ? exitCodes.problem : exitCodes.ok;
}

const renderProblemLine = (topic: string, { partition, from, to, result, because }: BatchLine): string =>
  escapeInJson(`${topic}-${partition} ${from}–${to}: ${result}${because === null ? '' : `: ${because}`}`);

/** The first line of an error, without what records hold unless the user asked for it; then their values follow. */
function discreet(call: CallFunction, showsValues: boolean, io: Io): CallFunction {
  return async (event) => {
    const outcome = await call(event);
    if (!('error' in outcome)) return outcome;
    const [first = ''] = outcome.error.split('\n');
    if (!showsValues) return { ...outcome, error: withoutContents(first, event) };
    const { decodeEvent } = await import('../../../event/decode-event.js');
    for (const { partition, offset, key, value } of decodeEvent(event, { key: [], value: [] }).records)
      io.stderr.write(`${escapeInJson(JSON.stringify({ partition, offset, key: key.text, value: value.text }))}\n`);
    return { ...outcome, error: first };
  };
}

const jsonLine = (value: object): string => `${escapeInJson(JSON.stringify(value))}\n`;

interface Result {
  summary: ReplaySummary;
  kept: Kept;
  isLive: boolean;
}

async function print(
  plan: ReplayPlan,
  handler: NamedHandler | null,
  { summary, kept: { lines, omitted }, isLive }: Result,
  options: ReplayOptions,
  io: Io,
): Promise<void> {
  const { topic, settings, patterns, backlog } = plan;
  if (isLive) {
    io.stdout.write(jsonLine({ summary }));
    return;
  }
  if (options.output === 'jsonl') {
    await printPieces(io, options, [...lines.map(jsonLine), jsonLine({ summary })]);
    return;
  }
  await printAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? renderProblems({ topic, lines, summary })
        : renderReplay(
            {
              topic,
              lines,
              omitted,
              summary,
              settings,
              patterns,
              handler: handler?.label ?? null,
              estimate: handler === null ? null : estimateOf(lines, backlog, settings.batchSize),
            },
            { ...io, verbose: options.verbose === true },
          ),
    json: () => toReplayDocument(topic, lines, summary),
    jsonl: () => '',
  });
}
