/** The steps of a broker as they happen, with their times. */
import { wireErrorOf, type WireError } from '../kafka/wire-error.js';
import { visible } from '../text/visible.js';
import type { BrokerResult, ProbeStep, StepProblem, StepResult } from './probe-result.js';
import { probeSteps } from './probe-result.js';

/** Status of a step when several requests belong to it: the worst counts. */
const order = ['skipped', 'ok', 'warned', 'failed'] as const;

const noProblem = { code: null, name: null, because: null };

export const problemOf = (error: unknown): StepProblem => {
  const { code, label, message } = wireErrorOf(error);
  // Brokers, certificates and proxies put their own words into messages.
  return { code, name: label, because: visible(message) };
};

/** A step that failed; the problem has been recorded. */
export class StepFailed extends Error {
  override name = 'StepFailed';
  constructor(
    readonly broker: string,
    readonly step: ProbeStep,
    readonly problem: StepProblem,
    /** The error that ended the step. */
    readonly error: WireError,
  ) {
    super(problem.because, { cause: error });
  }
}

export class BrokerSteps {
  node: number | null = null;
  private readonly results = new Map<ProbeStep, StepResult>();

  constructor(readonly address: string) {}

  /** Records a step. A step that is recorded twice has the sum of the times and the worse status. */
  record(step: ProbeStep, status: StepResult['status'], ms: number, problem: StepProblem | null = null): void {
    const before = this.results.get(step);
    const known = problem ?? noProblem;
    const sum = Math.round((before?.ms ?? 0) + ms);
    const worse = before === undefined || order.indexOf(status) >= order.indexOf(before.status);
    this.results.set(step, worse ? { step, status, ms: sum, ...known } : { ...before, ms: sum });
  }

  skip(step: ProbeStep, because: string): void {
    this.results.set(step, { step, status: 'skipped', ms: 0, code: null, name: null, because });
  }

  /** Records a failed step and returns the error to throw. */
  fail(step: ProbeStep, error: unknown, ms: number): StepFailed {
    const problem = problemOf(error);
    this.record(step, 'failed', ms, problem);
    return new StepFailed(this.address, step, problem, wireErrorOf(error));
  }

  result(): BrokerResult {
    const steps = [...this.results.values()].toSorted(
      (a, b) => probeSteps.indexOf(a.step) - probeSteps.indexOf(b.step),
    );
    return { address: this.address, node: this.node, steps };
  }
}
