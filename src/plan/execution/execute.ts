/**
 * Executes plans: makes the calls in order, waits, and rolls back what does not work. Asks nothing and prints
 * nothing: progress goes to the environment's observer as events, and the outcome is the result.
 */
import { getMapping } from '../../account/queries/mappings.js';
import { waitUntilGone } from '../../mapping/wait.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { untilWorking } from '../mapping-step.js';
import type { MappingStep, PlannedCall, Step, WaitCondition } from '../plan.js';
import { waitForTopic } from './create-topic.js';
import { waitPolicy, type Environment } from './environment.js';
import { makeCall } from './make-call.js';
import { notCarriedOut, type CallResult, type StepResult, type WaitResult } from './result.js';
import { fillText, type Values } from './fill-placeholders.js';

/** One step at a time, so that at most one change is of unknown outcome. Rejects only after an abort. */
export async function execute(steps: readonly Step[], environment: Environment): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const leftOut = step.onlyAfterSuccess && results.some(({ succeeded }) => !succeeded);
    const values: Values = Object.assign({}, ...results.map((result) => result.values)) as Values;
    results.push(leftOut ? { ...notCarriedOut, skipped: true } : await executeStep(step, environment, values));
  }
  return results;
}

/** `values`: results of earlier steps. */
export async function executeStep(step: Step, environment: Environment, values: Values = {}): Promise<StepResult> {
  environment.observe({ type: 'step-started', step });
  const yielded: Record<string, string> = {};
  const run = new Run(step, environment, values, yielded);
  const result = { ...(await run.carryOut()), values: yielded };
  if (!isMappingStep(step) || step.rollback === null || !needsRollback(step, result)) return result;
  return { ...result, rollback: await run.takeBack(step.rollback) };
}

const isMappingStep = (step: Step): step is MappingStep =>
  step.kind !== 'topic' && step.kind !== 'secret' && step.kind !== 'fix';

/** The mapping exists and is known not to work. An unknown result is no reason to roll back. */
function needsRollback({ calls }: MappingStep, result: StepResult): boolean {
  if (result.succeeded || result.calls.some(({ outcome }) => outcome === 'adopted')) return false;
  const first = result.calls[0];
  // The first call creates it; or it existed and the call enables it.
  if (calls[0]?.retry.rule === 'create-once' && first?.outcome !== 'made') return false;
  if (result.guard?.stopped === 'not-settled') return result.guard.waited.outcome === 'gone';
  return result.wait?.until === 'working' ? result.wait.watched.outcome === 'failed' : true;
}

class Run {
  private readonly result: StepResult = { ...notCarriedOut, calls: [] };
  /** The mapping that is waited for, as it was before or when it was created. */
  private subject: Mapping | null = null;

  constructor(
    private readonly step: Step,
    private readonly environment: Environment,
    private readonly earlier: Values,
    private readonly yielded: Record<string, string>,
  ) {}

  private get values(): Values {
    return { ...this.earlier, ...this.yielded };
  }

  async carryOut(): Promise<StepResult> {
    const { result, step } = this;
    if (isMappingStep(step)) this.subject = result.mapping = step.mapping;
    for (const call of step.calls) {
      const done = await this.call(call);
      if (done === 'stop') return result;
      if (done === 'finished') return { ...result, succeeded: true };
    }
    if (isMappingStep(step) && step.readBack) result.mapping = await this.readBack(result.mapping!);
    return this.finish(step.wait);
  }

  /** `finished`: nothing remains to be done or waited for. */
  private async call(call: PlannedCall): Promise<'go-on' | 'stop' | 'finished'> {
    const { result } = this;
    if (call.guard !== null) {
      // Loaded only if needed: topics and secrets have no checks.
      const { passGuard } = await import('./recheck-mapping.js');
      const { settled, stopped } = await passGuard(call.guard, this.subject!, this.environment);
      Object.assign(result, { settled, guard: stopped });
      if (stopped !== null) return 'stop';
    }
    const made = await this.make(call);
    result.calls.push(made);
    if (made.outcome === 'gone') return 'finished';
    if (made.outcome === 'adopted') {
      this.subject = result.mapping = made.mapping;
      await this.waitForAdopted(call, made.mapping);
      return result.succeeded ? 'finished' : 'stop';
    }
    if (made.outcome !== 'made') return 'stop';
    if (made.mapping !== null) this.subject = result.mapping = made.mapping;
    if (call.wait === null) return 'go-on';
    result.wait = await this.waitFor(call.wait);
    if (!isReached(result.wait)) return 'stop';
    result.wait = null;
    return 'go-on';
  }

  private async make(call: PlannedCall): Promise<CallResult> {
    const { environment } = this;
    environment.observe({ type: 'call-started', call, values: this.values });
    const made = await makeCall(call, this.values, environment);
    if (made.outcome === 'made' && made.value !== null && call.yields !== null)
      this.yielded[call.yields.placeholder] = made.value;
    environment.observe({ type: 'call-ended', call, outcome: made.outcome, values: this.values });
    // The other rules check the signal themselves, and know what is then of unknown outcome.
    if (call.retry.rule === 'sdk') environment.signal.throwIfAborted();
    return made;
  }

  private async waitForAdopted({ retry, yields }: PlannedCall, mapping: Mapping): Promise<void> {
    const { result } = this;
    result.succeeded = true;
    if (retry.rule !== 'create-once' || retry.ifThere.is !== 'adopted') return;
    const { wait } = retry.ifThere;
    if (wait === 'never' || (wait === 'while-creating' && mapping.State !== 'Creating')) return;
    if (yields !== null) this.yielded[yields.placeholder] = mapping.UUID;
    const enabled = (isMappingStep(this.step) ? this.step.settings?.enabled : undefined) ?? true;
    await this.finish(untilWorking(mapping.UUID, { enabled }));
  }

  private async finish(wait: WaitCondition | null): Promise<StepResult> {
    if (wait !== null) this.result.wait = await this.waitFor(wait);
    this.result.succeeded = this.result.wait === null || isReached(this.result.wait);
    return this.result;
  }

  private async waitFor(condition: WaitCondition): Promise<WaitResult> {
    const { environment } = this;
    if (condition.until === 'working') {
      const { watchMapping } = await import('./watch.js');
      return { until: 'working', watched: await watchMapping(environment, this.subject!, condition) };
    }
    const { clients, observe } = environment;
    observe({ type: 'wait-started', progress: condition.progress });
    const policy = waitPolicy(environment);
    const ended: WaitResult =
      condition.until === 'gone'
        ? { until: 'gone', waited: await waitUntilGone(clients, fillText(condition.uuid, this.values), policy) }
        : { until: 'topic-active', waited: await waitForTopic(clients, condition, policy) };
    observe({ type: 'wait-ended' });
    return ended;
  }

  /** The mapping as it is now, or the given one where that cannot be read. */
  private async readBack(mapping: Mapping): Promise<Mapping> {
    const read = await getMapping(this.environment.clients, mapping.UUID);
    this.environment.signal.throwIfAborted();
    return isOk(read) ? read.value : mapping;
  }

  async takeBack(rollback: PlannedCall): Promise<NonNullable<StepResult['rollback']>> {
    const { result } = this;
    const uuid = result.mapping!.UUID;
    const call = await this.make(rollback);
    if (call.outcome !== 'made' && call.outcome !== 'gone') return { call, mapping: result.mapping };
    if (call.outcome === 'made' && rollback.wait !== null) await this.waitFor(rollback.wait);
    const read = await getMapping(this.environment.clients, uuid);
    return { call, mapping: isOk(read) ? read.value : null };
  }
}

/** Whether the awaited condition was reached. */
export const isReached = (result: WaitResult): boolean => {
  if (result.until === 'gone') return result.waited.outcome === 'gone';
  return result.until === 'working' ? result.watched.outcome === 'done' : result.waited.outcome === 'active';
};
