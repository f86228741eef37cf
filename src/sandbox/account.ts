/** An account that ships with the tool: the healthy account with a change, and the expected diagnosis. */
import type { CheckId } from '../catalogue/check-ids.js';
import type { Verdict } from '../diagnosis/diagnosis.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { isOk, type Keyed } from '../snapshot/read.js';
import type { KafkaState } from './brokers/kafka-state.js';
import { healthyAccount, uuid, type HealthyOptions } from './healthy.js';

type Change = (snapshot: Snapshot) => void;

export interface SandboxAccount {
  /** The name for `--sandbox NAME`. */
  name: string;
  summary: string;
  healthy: boolean;
  /** The expected verdict of its most severe mapping. */
  verdict: Verdict;
  /** The expected first cause of that mapping; null where no check can find it. */
  firstCause: string | null;
  /** The only checks that warn, for an account that works with warnings. */
  warnings?: readonly CheckId[];
  build(): Snapshot;
  /** For a broken account: the healthy account that it is made of, and what is broken in it. */
  fault?: { options: HealthyOptions; break: Change };
  /** Contents of secrets, by ARN, where the default contents do not show the fault. */
  contents?(): Record<string, (now: Date) => string>;
  /** What its brokers know besides: ACLs, users, consumer groups, records. */
  kafka?: KafkaState;
}

type More = Partial<Pick<SandboxAccount, 'contents' | 'verdict' | 'kafka'>>;

/** A working account that looks unusual. */
export const healthy = (
  name: string,
  summary: string,
  options: HealthyOptions,
  change: Change = () => {},
): SandboxAccount => ({
  name,
  summary,
  healthy: true,
  verdict: 'healthy',
  firstCause: null,
  build: () => changed(options, change),
});

/** A working account with a risk that a check warns of. */
export const atRisk = (
  name: string,
  summary: string,
  warnings: readonly CheckId[],
  options: HealthyOptions,
  change: Change,
): SandboxAccount => ({
  name,
  summary,
  healthy: false,
  verdict: 'at-risk',
  firstCause: null,
  warnings,
  build: () => changed(options, change),
});

/** A broken account, with the text that Lambda shows for it. */
export const broken = (
  name: string,
  summary: string,
  firstCause: string | null,
  text: string | null,
  options: HealthyOptions,
  change: Change,
  more: More = {},
): SandboxAccount => {
  const fault = {
    options,
    break: (snapshot: Snapshot) => {
      if (text !== null) value(snapshot.mappings, uuid).LastProcessingResult = text;
      change(snapshot);
    },
  };
  return {
    name,
    summary,
    healthy: false,
    verdict: 'broken',
    firstCause,
    ...more,
    fault,
    build: () => changed(options, fault.break),
  };
};

function changed(options: HealthyOptions, change: Change): Snapshot {
  const snapshot = healthyAccount(options);
  change(snapshot);
  return snapshot;
}

/** The value of a read that exists in the healthy account. */
export function value<T>(reads: Keyed<T>, key: string): T {
  const read = reads[key];
  if (read === undefined || !isOk(read)) throw new Error(`the healthy account lacks ${key}`);
  return read.value;
}

/** A read that AWS answers with “not found”. */
export const notFound = (service: string, operation: string) =>
  ({
    outcome: 'not-found',
    service,
    operation,
    action: `${service}:${operation}`,
    error: 'ResourceNotFoundException',
  }) as const;
