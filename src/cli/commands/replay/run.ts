/** Reads a topic as Lambda does, calls a handler, and shows what happens to each batch. */
import { setTimeout as pause } from 'node:timers/promises';
import { Interrupted, NotReadable, UsageError } from '../../../errors.js';
import type { Schemas } from '../../../event/decode-event.js';
import { decodeByRegistry, type RegistryDecoding } from '../../../event/registry-decode.js';
import { compileFilter } from '../../../filter/record-filter.js';
import type { BatchLine, ReplaySummary } from '../../../replay/batch-line.js';
import { estimateOf } from '../../../replay/estimate.js';
import { withoutContents } from '../../../replay/hide-content.js';
import { measure } from '../../../replay/measure-source.js';
import { emptySummary, poll, type PollInput } from '../../../replay/poll.js';
import { toReplayDocument } from '../../../report/documents/replay.js';
import { renderProblems, renderReplay } from '../../../report/replay-text.js';
import { escapeInJson, visible } from '../../../text/visible.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { printAnswer, printPieces } from '../../print-answer.js';
import { readSchemas } from '../../schema-files.js';
import { startProgress } from '../../progress.js';
import { sayUserError } from '../../user-error.js';
import { decodingOf } from './decoding-of.js';
import { exampleHandler } from './example-handler.js';
import { handlerFileOf, openHandler, type HandlerFile, type NamedHandler } from './open-handler.js';
import type { ReplayOptions } from './options.js';
import type { ReplayPlan } from './replay-plan.js';
import { whyFilterUnknown } from './settings-of.js';

/** Successful calls that are kept for the timeline. */
const mostKept = 10_000;
/** Milliseconds between two questions for new records. */
const followInterval = 300;

/** Returns the exit code. Throws `UsageError` before anything is sent. */
export async function run({ args: [target], options, io }: Call<ReplayOptions>): Promise<number> {
  if (options.dryRun === true && options.function !== true)
    throw new UsageError(
      '--dry-run needs --function',
      'Without --function no AWS call that runs the function is made.',
    );
  const file = options.handler === undefined ? null : await handlerFileOf(options.handler);
  const schemas = { key: await readSchemas(options.keySchema), value: await readSchemas(options.schema) };
  let plan: ReplayPlan | number;
  try {
    const { openPlan } = await import('./open-plan.js');
    plan = await openPlan(target, options, io);
  } catch (error) {
    if (error instanceof NotReadable) return sayUserError(io, error);
    throw error;
  }
  if (typeof plan === 'number') return plan;
  let opened: Opened | null = null;
  try {
    const setup = setupOf(plan, schemas, options, io);
    opened = await open(plan, file, options, io);
    if (opened === null) return exitCodes.ok;
    return await replay({ plan, ...setup, ...opened }, options, io);
  } catch (error) {
    if (error instanceof NotReadable) return sayUserError(io, error);
    throw error;
  } finally {
    opened?.handler?.close();
    await plan.close();
  }
}

/** What a replay does with records before and after the handler. */
interface Setup {
  schemas: Schemas;
  decoding: RegistryDecoding | null;
  filterUnknown: boolean;
}

/** Notes on standard error say where the replay cannot do what Lambda does. */
function setupOf(plan: ReplayPlan, schemas: Schemas, options: ReplayOptions, io: Io): Setup {
  const { mapping, patterns } = plan;
  const note = (sentence: string): void => void io.stderr.write(`Note: ${visible(sentence)}\n`);
  const decoding = decodingOf({ mapping, schemas, filters: patterns.length > 0, note }, options);
  const hidden = whyFilterUnknown(mapping, options);
  if (hidden !== null)
    note(
      `The filter of the mapping is not known: ${hidden}. Every record goes to the handler, also those that Lambda filters out. Pass the patterns with --filter.`,
    );
  return { schemas, decoding, filterUnknown: hidden !== null };
}

/** The handler; `dryRun`: the function that would be called instead. */
interface Opened {
  handler: NamedHandler | null;
  dryRun: string | null;
}

/** Null where the user declined. */
async function open(
  plan: ReplayPlan,
  file: HandlerFile | null,
  options: ReplayOptions,
  io: Io,
): Promise<Opened | null> {
  if (options.function === true) {
    if (plan.functionArn === null)
      throw new UsageError('--function needs a mapping', 'Give the mapping by UUID, or its function.');
    const { openFunction } = await import('./open-function.js');
    const found = await openFunction(plan.functionArn, mostRecords(plan, options), options, io);
    return found === null ? null : { handler: found.handler, dryRun: found.handler === null ? found.name : null };
  }
  const isExample = options.sandbox !== undefined && file === null && options.command === undefined;
  const fallback = isExample ? { call: exampleHandler, label: 'the built-in example' } : null;
  if (isExample) io.stderr.write('Note: without --handler, the built-in example handler decodes each value as JSON.\n');
  const reportsItemFailures = plan.settings.reportsItemFailures;
  return { handler: await openHandler(options, { file, fallback, ...plan, reportsItemFailures }, io), dryRun: null };
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

/** All that a replay knows before it begins. */
type Session = Setup & Opened & { plan: ReplayPlan };

async function replay(session: Session, options: ReplayOptions, io: Io): Promise<number> {
  const { plan, handler, decoding } = session;
  const summary: ReplaySummary = { ...emptySummary(), ...(session.filterUnknown ? { filterUnknown: true } : {}) };
  const kept: Kept = { lines: [], omitted: 0 };
  const measured = measure(plan.source);
  // Lines are printed as they come, unless they go to a file as a whole.
  const isLive = options.output === 'jsonl' && options.outputFile === undefined;
  const result = (): Omit<Result, 'isComplete'> => ({ summary, kept, isLive, recordBytes: measured.mean() });
  const progress = startProgress(io, 'Reading the topic');
  try {
    for await (const line of poll(
      {
        source: measured.source,
        partitions: plan.partitions,
        settings: plan.settings,
        rules: {
          batchSize: plan.settings.batchSize,
          window: plan.settings.batchingWindow * 1000,
          follow: options.follow === true,
          filter: compileFilter(plan.patterns),
          decode: decoding === null ? null : (record) => decodeByRegistry(record, decoding),
          origin: plan.origin,
          topic: plan.topic,
        },
        call: handler?.call ?? null,
        reason: reasonWith(session.schemas, options.showValue === true, io),
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
    // What was done until then is reported all the same.
    const isExpected = io.signal.aborted || error instanceof Interrupted || error instanceof NotReadable;
    if (isExpected || (error instanceof UsageError && summary.batches > 0))
      await print(session, { ...result(), isComplete: false }, options, io);
    throw error;
  } finally {
    progress.stop();
  }
  await print(session, { ...result(), isComplete: true }, options, io);
  return summary.stopped.length > 0 || summary.dropped.length > 0 ? exitCodes.problem : exitCodes.ok;
}

const renderProblemLine = (topic: string, { partition, from, to, result, because }: BatchLine): string =>
  escapeInJson(`${topic}-${partition} ${from}–${to}: ${result}${because === null ? '' : `: ${because}`}`);

/** The first line of an error, without what records hold unless the user asked for it; then their values follow. */
function reasonWith(schemas: Schemas, showsValues: boolean, io: Io): PollInput['reason'] {
  return async (because, event) => {
    const [first = ''] = because.split('\n');
    const { decodeEvent } = await import('../../../event/decode-event.js');
    const { records } = decodeEvent(event, schemas);
    if (!showsValues) {
      const decoded = records.flatMap(({ key, value }) => [key.text ?? '', value.text ?? '']);
      return withoutContents(first.trimEnd(), event, decoded);
    }
    for (const { partition, offset, key, value } of records)
      io.stderr.write(`${escapeInJson(JSON.stringify({ partition, offset, key: key.text, value: value.text }))}\n`);
    return first.trimEnd();
  };
}

const jsonLine = (value: object): string => `${escapeInJson(JSON.stringify(value))}\n`;

interface Result {
  summary: ReplaySummary;
  kept: Kept;
  isLive: boolean;
  isComplete: boolean;
  /** Mean bytes of a record in the topic; null where none was read. */
  recordBytes: number | null;
}

async function print(
  { plan, handler, dryRun, filterUnknown }: Session,
  { summary, kept: { lines, omitted }, isLive, isComplete, recordBytes }: Result,
  options: ReplayOptions,
  io: Io,
): Promise<void> {
  const { topic, settings, patterns } = plan;
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
              isComplete,
              settings,
              patterns: filterUnknown ? null : patterns,
              handler: handler?.label ?? null,
              dryRun,
              capacity: plan.capacity,
              estimate: handler === null ? null : estimateOf(lines, { ...plan, recordBytes }),
            },
            { ...io, verbose: options.verbose === true },
          ),
    json: () => toReplayDocument(topic, lines, summary),
    jsonl: () => '',
  });
}
