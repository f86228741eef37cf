/** One partition in a replay: its batch under way with what is left to call, and whether it stopped. */
import type { KafkaRecord } from '../event/build-event.js';
import type { KafkaEvent } from '../event/kafka-event.js';
import { afterCall, type Attempt, type CallOutcome } from './after-call.js';
import type { BatchLine, BatchResult, ReplaySummary } from './batch-line.js';
import type { Batch, BatchReader } from './batch-reader.js';
import type { PollerSettings } from './poller-settings.js';

interface RunContext {
  settings: PollerSettings;
  summary: ReplaySummary;
  now: () => number;
  /** The event is null without a handler. */
  call: (
    records: readonly KafkaRecord[],
  ) => Promise<{ outcome: CallOutcome & { ms: number }; event: KafkaEvent | null }>;
  /** The reason of a failure as it may be shown. */
  reason: (because: string, event: KafkaEvent) => Promise<string>;
}

/** Calls that are left, with the span and the filtered records that belong to the first. */
type Pending = Attempt & { from: number; to: number; filtered: number; isFirst: boolean };

export class PartitionRun {
  private pending: Pending[] = [];
  private isStopped = false;

  constructor(
    private readonly partition: number,
    private readonly reader: Pick<BatchReader, 'next' | 'done'>,
    private readonly context: RunContext,
  ) {}

  get done(): boolean {
    return this.isStopped || (this.pending.length === 0 && this.reader.done);
  }

  /** At most one call of the handler. Returns its line, and those of records that are given up without a call. */
  async turn(): Promise<BatchLine[]> {
    if (this.isStopped) return [];
    const lines: BatchLine[] = [];
    if (this.pending.length === 0) {
      const batch = await this.reader.next();
      if (batch === null) return [];
      lines.push(...this.begin(batch));
    }
    const pending = this.pending.shift();
    if (pending === undefined) return lines;
    const rest = this.withoutExpired(pending, lines);
    if (rest.records.length > 0) lines.push(await this.call(rest));
    return lines;
  }

  private begin({ from, to, records, filtered, unsendable }: Batch): BatchLine[] {
    const { summary } = this.context;
    summary.filtered += filtered;
    const lines: BatchLine[] = [];
    for (const { record, because } of unsendable)
      lines.push(this.line({ from: record.offset, to: record.offset, result: this.giveUp([record]), because }));
    if (records.length > 0) this.pending = [{ records, number: 1, from, to, filtered, isFirst: true }];
    else if (filtered > 0) lines.push(this.line({ from, to, filtered, result: 'ok' }));
    return lines;
  }

  /** Records beyond the age limit are given up before a call (MaximumRecordAgeInSeconds). */
  private withoutExpired(pending: Pending, lines: BatchLine[]): Pending {
    const { settings, now } = this.context;
    if (settings.maximumAge === null) return pending;
    const oldest = now() - settings.maximumAge * 1000;
    const isExpired = ({ timestamp }: KafkaRecord): boolean => timestamp >= 0 && timestamp < oldest;
    const expired = pending.records.filter((record) => isExpired(record));
    if (expired.length === 0) return pending;
    const records = pending.records.filter((record) => !isExpired(record));
    const filtered = records.length === 0 ? pending.filtered : 0;
    lines.push(
      this.line({
        from: expired[0]!.offset,
        to: expired.at(-1)!.offset,
        filtered,
        result: this.giveUp(expired),
        because: `${expired.length === 1 ? 'the record is' : `${expired.length} records are`} older than the limit of ${settings.maximumAge} s`,
      }),
    );
    return { ...pending, records };
  }

  private async call(pending: Pending): Promise<BatchLine> {
    const { settings, summary } = this.context;
    const { outcome, event } = await this.context.call(pending.records);
    // A call that is interrupted or refused counts as none.
    if (pending.isFirst) {
      summary.batches++;
      summary.records += pending.records.length;
    }
    const decision =
      event === null
        ? { result: 'ok' as const, because: null, next: [], givenUp: [], stoppedAt: null }
        : afterCall(pending, outcome, event, settings);
    const { from, to } = pending;
    const because =
      event === null || decision.because === null ? null : await this.context.reason(decision.because, event);
    this.pending.unshift(
      ...decision.next.map((attempt) => ({
        ...attempt,
        // A retry of the whole batch has its span.
        ...(attempt.records.length === pending.records.length ? { from, to } : spanOf(attempt.records)),
        filtered: 0,
        isFirst: false,
      })),
    );
    if (decision.givenUp.length > 0) this.giveUp(decision.givenUp);
    if (decision.stoppedAt !== null) {
      this.isStopped = true;
      summary.stopped.push({ partition: this.partition, offset: decision.stoppedAt, because: because ?? '' });
    }
    return this.line({
      from,
      to,
      records: pending.records.length,
      filtered: pending.filtered,
      attempt: pending.number,
      result: decision.result,
      because,
      ms: Math.round(outcome.ms),
    });
  }

  private giveUp(records: readonly KafkaRecord[]): BatchResult {
    const { settings, summary } = this.context;
    if (settings.hasDestination) return 'destination';
    for (const { offset } of records) summary.dropped.push({ partition: this.partition, offset });
    return 'dropped';
  }

  private line(part: Partial<BatchLine> & Pick<BatchLine, 'from' | 'to' | 'result'>): BatchLine {
    const { from, to, records = 0, filtered = 0, attempt = 0, result, because = null, ms = 0 } = part;
    return { partition: this.partition, from, to, records, filtered, attempt, result, because, ms };
  }
}

const spanOf = (records: readonly KafkaRecord[]): { from: number; to: number } => ({
  from: records[0]!.offset,
  to: records.at(-1)!.offset,
});
