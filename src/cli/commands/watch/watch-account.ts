/** The mappings that `watch` looks at: what is read at which look, and the diagnosis after it. */
import { limitClients, type Clients } from '../../../account/clients.js';
import type { Trouble } from '../../../account/failure.js';
import { readAccount } from '../../../account/scopes/account.js';
import {
  readEachState,
  readListedStates,
  readMetricsAgain,
  watchedUuids,
  type States,
} from '../../../account/scopes/watched.js';
import { textState } from '../../../catalogue/text-state.js';
import type { AnyCheck } from '../../../checks/define.js';
import type { Diagnosis } from '../../../diagnosis/diagnosis.js';
import { TargetNotFound } from '../../../errors.js';
import type { Clock } from '../../../mapping/clock.js';
import { isOk, ok, type ReadFailure, type ReadRecord } from '../../../snapshot/read.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import type { Io } from '../../io.js';
import { withTimeLimit } from '../../time-limit.js';
import { tool } from '../../version.js';
import { diagnoseAccount } from '../doctor/diagnose-account.js';
import { withOrganization } from '../doctor/read-on-demand.js';
import { CallBudget } from './call-budget.js';
import type { WatchOptions } from './options.js';

const minute = 60_000;
/** CloudWatch has one datapoint for this time (`metricPeriodSeconds`). */
const betweenMetrics = 5 * minute;
/** After this time everything is read again, where the calls allow it. */
const betweenFullReads = 60 * minute;
/** Failed reads in a row after which the last state no longer counts. */
const mostFailures = 3;

export interface WatchRequest {
  clients: Clients;
  targets: readonly string[];
  checks: readonly AnyCheck[];
  clock: Clock;
  io: Pick<Io, 'signal'>;
  options: Pick<WatchOptions, 'timeout' | 'secretValues' | 'project'>;
}

/** The result of one look. */
export interface Evaluation {
  at: Date;
  diagnosis: Diagnosis;
  /** What could not be read this time, in sentences. */
  notes: readonly string[];
  /** When everything was read. */
  readAt: Date;
}

export class AccountWatch {
  private snapshot!: Snapshot;
  private diagnosis!: Diagnosis;
  private budget!: CallBudget;
  private readAt!: Date;
  private metricsAt = 0;
  private isFullReadDue = false;
  private calls = 0;
  private readonly failures = new Map<string, number>();
  private readonly clients: Clients;

  constructor(private readonly request: WatchRequest) {
    const { clients } = request;
    this.clients = {
      ...clients,
      send: (...call) => {
        this.calls++;
        return clients.send(...call);
      },
    };
  }

  /** The first look reads everything. Throws `TargetNotFound`. The trouble: AWS could not be asked at all. */
  async begin(): Promise<{ evaluation: Evaluation; trouble: Trouble | null }> {
    const now = this.request.clock.now();
    const { snapshot, trouble } = await this.readWhole(now);
    this.budget = new CallBudget(this.calls, now.getTime());
    // What failed is read again as soon as the calls allow it.
    this.isFullReadDue = passing(snapshot.reads).length > 0;
    await this.accept(snapshot, now);
    return { evaluation: this.evaluation(now, passing(snapshot.reads).map(noteOf)), trouble };
  }

  /** Throws `TargetNotFound` where no mapping that the user named exists any more. */
  async look(): Promise<Evaluation> {
    const now = this.request.clock.now();
    const states = await this.readStates();
    const notes = [...new Set([...states.failures.values()].map(noteOf))];
    const { isChanged, needsFullRead } = this.take(states, now);
    this.budget.earn(now.getTime(), watchedUuids(this.snapshot).length);
    this.isFullReadDue ||= needsFullRead;
    const isRoutine = now.getTime() - this.readAt.getTime() >= betweenFullReads;
    if (
      states.failures.size === 0 &&
      ((this.isFullReadDue && this.budget.allows('change')) || (isRoutine && this.budget.allows('routine')))
    ) {
      const failed = await this.readEverything(now);
      if (failed === null) return this.evaluation(now, notes);
      notes.push(...failed);
    }
    const areMetricsNew = now.getTime() - this.metricsAt >= betweenMetrics && (await this.readMetrics(now, notes));
    if (isChanged || areMetricsNew) this.diagnosis = await this.diagnose();
    return this.evaluation(now, notes);
  }

  private evaluation(at: Date, notes: readonly string[]): Evaluation {
    return { at, diagnosis: this.diagnosis, notes, readAt: this.readAt };
  }

  private limited<T>(work: (clients: Clients) => Promise<T>): Promise<T> {
    const { options, io } = this.request;
    return withTimeLimit(options.timeout, io.signal, (limit) => work(limitClients(this.clients, limit)));
  }

  private readWhole(now: Date) {
    const { targets, options } = this.request;
    return this.limited(async (clients) => {
      const request = { clients, targets, tool, now, secretValues: options.secretValues, nameLeftOut: true };
      const { snapshot, trouble } = await readAccount(request);
      if (trouble !== null) return { snapshot, trouble };
      return { snapshot: await withOrganization(clients, snapshot, await this.diagnose(snapshot)), trouble };
    });
  }

  private async accept(snapshot: Snapshot, now: Date): Promise<void> {
    this.request.io.signal.throwIfAborted();
    this.snapshot = snapshot;
    this.readAt = now;
    this.metricsAt = now.getTime();
    this.failures.clear();
    this.diagnosis = await this.diagnose();
  }

  private diagnose(snapshot = this.snapshot): Promise<Diagnosis> {
    const { checks, targets } = this.request;
    return diagnoseAccount(snapshot, checks, { ...this.request, isWhole: targets.length === 0 });
  }

  /** Sentences about what failed; then the surroundings stay as they were. Null: everything was read. */
  private async readEverything(now: Date): Promise<string[] | null> {
    const before = this.calls;
    try {
      const { snapshot, trouble } = await this.readWhole(now);
      if (trouble !== null) return [trouble.sentence];
      const failed = passing(snapshot.reads);
      if (failed.length > 0) return failed.map(noteOf);
      this.isFullReadDue = false;
      await this.accept(snapshot, now);
      return null;
    } catch (error) {
      // One of several targets is gone: the others are still watched, with the surroundings as they were.
      if (!(error instanceof TargetNotFound) || watchedUuids(this.snapshot).length === 0) throw error;
      this.isFullReadDue = false;
      return [error.message];
    } finally {
      this.budget.spend(this.calls - before);
    }
  }

  private async readStates(): Promise<States> {
    const listPages = this.snapshot.reads
      .filter(({ operation, outcome }) => operation === 'ListEventSourceMappings' && outcome === 'ok')
      .reduce((sum, { calls }) => sum + calls, 0);
    const count = watchedUuids(this.snapshot).length;
    const isRegion = this.request.targets.length === 0;
    // A region may have thousands of mappings on other sources.
    const read =
      listPages > 0 && (isRegion ? listPages <= Math.max(1, count) : listPages < count)
        ? readListedStates
        : readEachState;
    const states = await this.limited((clients) => read(clients, this.snapshot));
    this.request.io.signal.throwIfAborted();
    return isRegion ? states : { ...states, appeared: [] };
  }

  /** Puts the states into the snapshot. */
  private take(states: States, now: Date): { isChanged: boolean; needsFullRead: boolean } {
    const { snapshot } = this;
    const mappings = { ...snapshot.mappings };
    const selfManagedMappings = { ...snapshot.selfManagedMappings };
    const collectionOf = (uuid: string) =>
      snapshot.selfManagedTargets.includes(uuid) ? selfManagedMappings : mappings;
    let isChanged = states.gone.length > 0;
    let needsFullRead = states.appeared.length > 0;
    for (const [uuid, mapping] of states.mappings) {
      this.failures.delete(uuid);
      const collection = collectionOf(uuid);
      const read = collection[uuid];
      const earlier = read !== undefined && isOk(read) ? read.value : null;
      if (JSON.stringify(earlier) === JSON.stringify(mapping)) continue;
      isChanged = true;
      needsFullRead ||= earlier === null || isOtherwise(earlier, mapping);
      collection[uuid] = ok(mapping);
    }
    for (const [uuid, failure] of states.failures) {
      const count = (this.failures.get(uuid) ?? 0) + 1;
      this.failures.set(uuid, count);
      if (count !== mostFailures) continue;
      isChanged = true;
      collectionOf(uuid)[uuid] = failure;
    }
    const remains = (uuid: string): boolean => !states.gone.includes(uuid);
    this.snapshot = {
      ...snapshot,
      mappings,
      selfManagedMappings: Object.fromEntries(Object.entries(selfManagedMappings).filter(([uuid]) => remains(uuid))),
      capturedAt: now.toISOString(),
      targets: snapshot.targets.filter(remains),
      selfManagedTargets: snapshot.selfManagedTargets.filter(remains),
    };
    if (watchedUuids(this.snapshot).length === 0 && states.gone.length > 0 && this.request.targets.length > 0)
      throw new TargetNotFound(
        `Event source mapping ${states.gone.join(', ')} no longer exists in ${snapshot.region}.`,
      );
    return { isChanged, needsFullRead };
  }

  /** Whether there are new values. Old ones stay for some time where CloudWatch does not answer. */
  private async readMetrics(now: Date, notes: string[]): Promise<boolean> {
    const metrics = await this.limited((clients) => readMetricsAgain(clients, this.snapshot));
    this.request.io.signal.throwIfAborted();
    const reads = Object.values(metrics);
    const failure = reads.find((read): read is ReadFailure => !isOk(read));
    const isKept =
      failure !== undefined &&
      reads.every((read) => !isOk(read)) &&
      now.getTime() - this.metricsAt < 3 * betweenMetrics;
    if (failure !== undefined) notes.push(noteOf(failure));
    if (isKept) return false;
    this.metricsAt = now.getTime();
    this.snapshot = { ...this.snapshot, metrics: { ...this.snapshot.metrics, ...metrics } };
    return true;
  }
}

/** A change other than from a success to the text of a quiet topic, which alternate. */
function isOtherwise(earlier: Mapping, now: Mapping): boolean {
  const works = ({ LastProcessingResult: text }: Mapping): boolean => ['ok', 'idle'].includes(textState(text));
  const withoutText = (mapping: Mapping): string => JSON.stringify({ ...mapping, LastProcessingResult: undefined });
  if (withoutText(earlier) !== withoutText(now)) return true;
  return !(works(earlier) && works(now));
}

/** Reads that may succeed the next time. */
const passing = (reads: readonly ReadRecord[]): ReadRecord[] =>
  reads.filter(({ outcome }) => outcome === 'throttled' || outcome === 'timed-out');

const noteOf = ({ service, operation, error }: Pick<ReadRecord, 'service' | 'operation' | 'error'>): string =>
  `${service} ${operation} failed: ${error ?? 'no reason given'}`;
