/** Records of a topic from its brokers: partitions through their leaders, without a consumer group, never committed. */
import { NotReadable } from '../errors.js';
import type { Connection } from '../kafka/connection.js';
import { isRetriable } from '../kafka/error-codes.js';
import { kafkaError, WireError } from '../kafka/wire-error.js';
import { NotTried, type BrokerLink } from '../probe/broker-link.js';
import { StepFailed } from '../probe/broker-steps.js';
import { findGroupCoordinator } from '../probe/group-steps.js';
import { pause } from '../probe/limits.js';
import { readCommitted, readOffsetsAt, readRanges, type OffsetRange } from '../probe/offset-steps.js';
import type { ProbeInput } from '../probe/probe-input.js';
import { openSession, type Session } from '../probe/session.js';
import { readMetadata, topicProblem, topicRefusal, type ClusterView } from '../probe/topic-step.js';
import { fetchRecords, type FetchAnswer, type FetchedBatches } from './fetch-records.js';
import type { ReadRecords, RecordSource } from './record-source.js';

/** Attempts to find and ask the leader, while partitions move between brokers. */
const mostAttempts = 8;
/** Milliseconds between two attempts. */
const interval = 500;
/** Milliseconds that a broker waits at most where it has records that it does not send. */
const longestWait = 5000;
const outOfRange = 1;

export class KafkaSource implements RecordSource {
  private readonly session: Session;
  private readonly topic: string;
  private view: ClusterView | null = null;

  /** `notes`: sentences for the user, such as about records that retention removed. */
  constructor(
    private readonly input: ProbeInput,
    private readonly notes: (sentence: string) => void,
    /** Milliseconds that a broker waits for records at the end of a partition. */
    private readonly wait: number,
  ) {
    this.session = openSession(input);
    this.topic = input.topic ?? '';
  }

  close(): void {
    this.session.close();
  }

  /** First and last offset of each partition. Throws `NotReadable`. */
  ranges(): Promise<Map<number, OffsetRange>> {
    return this.ofLeaders((link, ids) => readRanges(link, this.topic, ids, this.session.context));
  }

  /** The first offset from a time on, in milliseconds since 1970; null where no record is as new. */
  offsetsAt(time: number): Promise<Map<number, number | null>> {
    return this.ofLeaders((link, ids) => readOffsetsAt(link, this.topic, ids, time, this.session.context));
  }

  /** The committed offset of each partition; null where the group has none. The group is only read. */
  committed(group: string): Promise<Map<number, number | null>> {
    return this.persist(`The offsets of the consumer group ${group}`, async () => {
      const view = await this.metadata();
      const { nodeId, ...target } = await findGroupCoordinator(view.link, group, this.session.context);
      const partitions = view.topic!.partitions.map(({ id }) => id);
      const link = this.session.linkTo(target, nodeId);
      return readCommitted(link, { group, topic: this.topic, partitions }, this.session.context);
    });
  }

  async read(partition: number, offset: number): Promise<ReadRecords> {
    return this.persist(`Partition ${partition} of the topic ${this.topic}`, async () => {
      const kept = this.fetched.get(partition);
      if (kept !== undefined && kept.offset === offset && !kept.done) return kept.next();
      this.fetched.delete(partition);
      const link = await this.leaderOf(partition);
      const connection = await link.ready();
      const { errorCode, batches, stableEnd } = await this.ask(connection, partition, offset);
      if (errorCode === outOfRange) return { records: [], next: await this.nextAfterGap(partition, offset) };
      if (errorCode !== 0) throw kafkaError(errorCode, topicRefusal(errorCode, this.topic, 'Read'));
      if (batches === null) {
        if (stableEnd === offset) this.noteUndecided(partition, offset);
        return { records: [], next: offset };
      }
      this.fetched.set(partition, batches);
      return batches.next();
    });
  }

  /** What is left of the last answer about each partition. */
  private readonly fetched = new Map<number, FetchedBatches>();

  /** Asks until the broker sends records or has none. */
  private async ask(connection: Connection, partition: number, offset: number): Promise<FetchAnswer> {
    const longest = Math.min(longestWait, this.input.limits.step / 2);
    for (let wait = this.wait; ;) {
      const answer = await this.session.context.limits.run((signal) =>
        fetchRecords(connection, { topic: this.topic, partition, offset, wait, signal }),
      );
      if (answer.throttled > 0) {
        this.noteThrottled();
        await pause(answer.throttled, this.input.signal);
        continue;
      }
      if (answer.errorCode !== 0 || answer.batches !== null || answer.stableEnd <= offset) return answer;
      // Tiered storage may take longer than the broker waits; it then answers as if there were nothing (KIP-405).
      if (wait >= longest)
        throw new WireError('TIMEOUT', `the broker has records from offset ${offset} on and does not send them`);
      wait = Math.min(longest, wait * 5);
    }
  }

  private isThrottled = false;

  private noteThrottled(): void {
    if (!this.isThrottled) this.notes('A quota of the cluster slows this client down (consumer_byte_rate).');
    this.isThrottled = true;
  }

  private readonly undecided = new Set<number>();

  private noteUndecided(partition: number, offset: number): void {
    if (this.undecided.has(partition)) return;
    const end = this.ends.get(partition) ?? offset;
    if (end <= offset) return;
    this.undecided.add(partition);
    this.notes(
      `Partition ${partition}: a transaction from offset ${offset} on is still open, so the records after it are not delivered.`,
    );
  }

  private readonly ends = new Map<number, number>();

  /** Remembers where partitions end, so that an open transaction before the end is reported. */
  expectEnds(ranges: ReadonlyMap<number, OffsetRange>): void {
    for (const [id, { last }] of ranges) this.ends.set(id, last);
  }

  private async nextAfterGap(partition: number, offset: number): Promise<number> {
    const { first } = (await this.ranges()).get(partition) ?? { first: offset };
    if (first > offset)
      this.notes(`Partition ${partition}: retention removed the records from ${offset} to ${first - 1}.`);
    return Math.max(first, offset);
  }

  private async metadata(): Promise<ClusterView> {
    if (this.view !== null) return this.view;
    let failure: unknown;
    for (const target of this.input.bootstrap) {
      const link = this.session.linkTo(target, null);
      try {
        const view = await readMetadata(link, this.session.context);
        const problem = topicProblem(view, this.topic);
        // Partitions that have a leader can be read all the same.
        if (problem !== null && (problem.code !== 5 || view.topic?.errorCode !== 0)) throw problem;
        this.view = view;
        return view;
      } catch (error) {
        this.input.signal.throwIfAborted();
        failure ??= error;
        this.session.drop(link);
      }
    }
    throw failure;
  }

  private async leaderOf(partition: number): Promise<BrokerLink> {
    const view = await this.metadata();
    const leader = view.topic!.partitions.find(({ id }) => id === partition)?.leader ?? null;
    const target = leader === null ? undefined : view.brokers.get(leader);
    if (target === undefined) throw kafkaError(5, `partition ${partition} has no leader`);
    return this.session.linkTo(target, leader);
  }

  private ofLeaders<T>(ask: (link: BrokerLink, ids: number[]) => Promise<Map<number, T>>): Promise<Map<number, T>> {
    return this.persist(`The offsets of the topic ${this.topic}`, async () => {
      const view = await this.metadata();
      const byLink = new Map<BrokerLink, number[]>();
      for (const { id, leader } of view.topic!.partitions) {
        if (leader === null) continue;
        const link = await this.leaderOf(id);
        byLink.set(link, [...(byLink.get(link) ?? []), id]);
      }
      const maps = await Promise.all([...byLink].map(([link, ids]) => ask(link, ids)));
      return new Map(maps.flatMap((each) => [...each]));
    });
  }

  /** Asks again after a broker closed the connection or a partition moved. Throws `NotReadable`. */
  private async persist<T>(what: string, work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        this.input.signal.throwIfAborted();
        const problem = error instanceof StepFailed ? error.error : error;
        if (problem instanceof NotTried) throw refusedLogin(what);
        if (!(problem instanceof WireError)) throw error;
        if (attempt >= mostAttempts || !isPassing(problem))
          throw new NotReadable(
            `${what} could not be read: ${problem.message}.`,
            'Run `msk-lambda probe` for each step.',
          );
        this.view = null;
        for (const link of this.session.links.values()) this.session.drop(link);
        await pause(interval, this.input.signal);
      }
    }
  }
}

const refusedLogin = (what: string): NotReadable =>
  new NotReadable(`${what} could not be read: a broker refused the login.`, 'Run `msk-lambda probe` for each step.');

/** Whether the same question may be answered later. */
const isPassing = ({ code, label }: WireError): boolean =>
  code === null ? ['CLOSED', 'ECONNRESET', 'EPIPE', 'TIMEOUT'].includes(label) : isRetriable(code);
