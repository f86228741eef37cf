/** From failed steps to the verdict, and to the one at which the probe stopped. */
import { ProxyUnusable } from '../kafka/wire-error.js';
import type { StepFailed } from './broker-steps.js';
import { probeSteps, type ProbeResult, type ProbeStep } from './probe-result.js';

type Judgement = Pick<ProbeResult, 'verdict' | 'stoppedAt'>;

const rank = (step: ProbeStep): number => probeSteps.indexOf(step);

const stoppedAt = ({ broker, step, problem }: StepFailed): ProbeResult['stoppedAt'] => ({ broker, step, ...problem });

const isProxy = ({ error }: StepFailed): boolean => error instanceof ProxyUnusable;

/** The first failure of the best or the least step, in the order of the brokers. */
function pick(failures: readonly StepFailed[], isBetter: (a: number, b: number) => boolean): StepFailed | undefined {
  return failures.reduce<StepFailed | undefined>(
    (best, each) => (best === undefined || isBetter(rank(each.step), rank(best.step)) ? each : best),
    undefined,
  );
}

/** No bootstrap broker answered: the one that came furthest counts; unknown where the proxy could not be used. */
export function unreached(failures: readonly StepFailed[]): Judgement {
  const direct = failures.filter((each) => !isProxy(each));
  const furthest = pick(direct.length === 0 ? failures : direct, (a, b) => a > b);
  if (furthest === undefined) return { verdict: 'unknown', stoppedAt: null };
  return { verdict: direct.length === 0 ? 'unknown' : 'blocked', stoppedAt: stoppedAt(furthest) };
}

/** A broker answered: `failures` are those of the steps that a poller needs, and the earliest step counts. */
export function judged(failures: readonly StepFailed[]): Judgement {
  const direct = failures.filter((each) => !isProxy(each));
  const earliest = pick(direct.length === 0 ? failures : direct, (a, b) => a < b);
  if (earliest === undefined) return { verdict: 'reaches', stoppedAt: null };
  return { verdict: direct.length === 0 ? 'unknown' : 'blocked', stoppedAt: stoppedAt(earliest) };
}
