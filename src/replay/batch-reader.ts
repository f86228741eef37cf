/** Forms the batches of one partition: by count, by bytes of the payload, and with what the filter excludes. */
import { payloadBytes } from '../aws/limits.js';
import type { EventOrigin, KafkaRecord } from '../event/build-event.js';
import type { RecordFilter } from '../filter/record-filter.js';
import { envelopeBytes, recordBytes } from './event-size.js';
import type { DecodeRecord } from './poller-settings.js';
import type { RecordSource, SourcePartition } from './record-source.js';

/** A record that is never sent, and why. */
export interface Unsendable {
  record: KafkaRecord;
  because: string;
}

export interface Batch {
  from: number;
  to: number;
  records: KafkaRecord[];
  filtered: number;
  unsendable: Unsendable[];
}

/** How many records all partitions together may read. */
export interface Budget {
  left: number;
}

export interface BatchRules {
  batchSize: number;
  /** Milliseconds that an incomplete batch waits for more records; only where the replay follows the topic. */
  window: number;
  follow: boolean;
  filter: RecordFilter;
  decode: DecodeRecord | null;
  origin: EventOrigin;
  topic: string;
}

export class BatchReader {
  private buffer: readonly KafkaRecord[] = [];
  private at = 0;
  private cursor: number;
  private open: Batch | null = null;
  private openBytes = 0;
  private openSince = 0;
  private readonly envelope: number;
  private isAtEnd = false;

  constructor(
    private readonly partition: SourcePartition,
    private readonly source: RecordSource,
    private readonly rules: BatchRules,
    private readonly budget: Budget,
  ) {
    this.cursor = partition.from;
    this.envelope = envelopeBytes(rules.topic, partition.id, rules.origin);
  }

  /** Whether no batch can follow. */
  get done(): boolean {
    return this.open === null && this.isOver();
  }

  /** The next batch; null where there is none, or none yet. */
  async next(): Promise<Batch | null> {
    for (;;) {
      while (this.at < this.buffer.length && this.budget.left > 0) {
        const record = this.buffer[this.at]!;
        if (!this.isWanted(record)) {
          this.isAtEnd = true;
          break;
        }
        if (!this.take(record)) return this.close();
        if (this.open!.records.length >= this.rules.batchSize) return this.close();
      }
      if (this.isOver()) return this.close();
      const { records, next } = await this.source.read(this.partition.id, this.cursor);
      const isEmpty = next === this.cursor;
      [this.buffer, this.at, this.cursor] = [records, 0, next];
      if (!isEmpty) continue;
      if (!this.rules.follow) {
        this.isAtEnd = true;
        return this.close();
      }
      return this.open !== null && performance.now() - this.openSince >= this.rules.window ? this.close() : null;
    }
  }

  private isOver(): boolean {
    if (this.budget.left <= 0 || this.isAtEnd) return true;
    return !this.rules.follow && this.at >= this.buffer.length && this.cursor >= this.partition.end;
  }

  private isWanted({ offset }: KafkaRecord): boolean {
    return this.rules.follow || offset < this.partition.end;
  }

  /** Adds a record to the open batch; false where it does not fit in the payload any more. */
  private take(record: KafkaRecord): boolean {
    const { filter, decode } = this.rules;
    const decoded = decode === null ? { sent: record, data: record } : decode(record);
    const problem = 'problem' in decoded ? decoded.problem : null;
    const { sent, data } = 'problem' in decoded ? { sent: record, data: record } : decoded;
    const isSent = problem === null && filter.sends(data);
    const bytes = isSent ? recordBytes(sent) + 1 : 0;
    const tooLarge = this.envelope + bytes - 1 > payloadBytes;
    const isFull = isSent && !tooLarge && this.envelope + this.openBytes + bytes - 1 > payloadBytes;
    if (isFull && this.open !== null && this.open.records.length > 0) return false;
    this.open ??= this.begin(record.offset);
    this.open.to = record.offset;
    this.at++;
    this.budget.left--;
    if (problem !== null) this.open.unsendable.push({ record, because: problem });
    else if (!isSent) this.open.filtered++;
    else if (tooLarge) {
      const because = `the record has ${this.envelope + bytes - 1} bytes in the event, more than the payload of 6 MB`;
      this.open.unsendable.push({ record, because });
    } else {
      this.open.records.push(sent);
      this.openBytes += bytes;
    }
    return true;
  }

  private begin(offset: number): Batch {
    this.openSince = performance.now();
    this.openBytes = 0;
    return { from: offset, to: offset, records: [], filtered: 0, unsendable: [] };
  }

  private close(): Batch | null {
    const { open } = this;
    this.open = null;
    return open;
  }
}
