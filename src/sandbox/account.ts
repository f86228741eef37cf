/** An account that ships with the tool: a healthy one with something changed, and what a diagnosis must say of it. */
import type { CheckId } from '../catalogue/check-ids.js';
import type { Verdict } from '../diagnosis/diagnosis.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { isOk, type Keyed } from '../snapshot/read.js';
import { healthyAccount, uuid, type HealthyOptions } from './healthy.js';

export interface SandboxAccount {
  /** As `--sandbox NAME` takes it. */
  name: string;
  summary: string;
  healthy: boolean;
  /** What a diagnosis must say of its gravest mapping. */
  verdict: Verdict;
  /** The check that must be named first for that mapping; null where none can be. */
  firstCause: string | null;
  /** Checks that must warn, and no others may; of an account that works at a risk. */
  warnings?: readonly CheckId[];
  build(): Snapshot;
  /** Contents of secrets, by ARN, where the usual ones do not show the fault. */
  contents?(): Record<string, (now: Date) => string>;
}

type Change = (snapshot: Snapshot) => void;
type More = Partial<Pick<SandboxAccount, 'contents' | 'verdict'>>;

/** One that works, though it looks odd. */
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

/** One that works, with something that a check warns of. */
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

/** One in which something is broken, with the text that Lambda shows for it. */
export const broken = (
  name: string,
  summary: string,
  firstCause: string,
  text: string | null,
  options: HealthyOptions,
  change: Change,
  more: More = {},
): SandboxAccount => ({
  name,
  summary,
  healthy: false,
  verdict: 'broken',
  firstCause,
  ...more,
  build: () =>
    changed(options, (snapshot) => {
      if (text !== null) value(snapshot.mappings, uuid).LastProcessingResult = text;
      change(snapshot);
    }),
});

function changed(options: HealthyOptions, change: Change): Snapshot {
  const snapshot = healthyAccount(options);
  change(snapshot);
  return snapshot;
}

/** The value of a read that the healthy account has. */
export function value<T>(reads: Keyed<T>, key: string): T {
  const read = reads[key];
  if (read === undefined || !isOk(read)) throw new Error(`the healthy account lacks ${key}`);
  return read.value;
}

/** A read that AWS answers with "not found". */
export const notFound = (service: string, operation: string) =>
  ({
    outcome: 'not-found',
    service,
    operation,
    action: `${service}:${operation}`,
    error: 'ResourceNotFoundException',
  }) as const;
