/**
 * Carries out plans: makes their calls in order, waits for what they wait for, takes back what does not work. It asks
 * nothing and prints nothing; what goes on becomes events for the environment's observer, and what came of it is the result.
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
import { fillText, type Values } from './values.js';

/** One step after another: what is made is never more than one call away from being known. Rejects after an abort only. */
export async function execute(steps: readonly Step[], environment: Environment): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const leftOut = step.onlyAfterSuccess && results.some(({ succeeded }) => !succeeded);
    const values: Values = Object.assign({}, ...results.map((result) => result.values)) as Values;
    results.push(leftOut ? { ...notCarriedOut, skipped: true } : await executeStep(step, environment, values));
  }
  return results;
}

/** `values`: what earlier steps yielded. */
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

/** A mapping that is there and was found not to work; what is not known of it does not show that. */
function needsRollback({ calls }: MappingStep, result: StepResult): boolean {
  if (result.succeeded || result.calls.some(({ outcome }) => outcome === 'adopted')) return false;
  const first = result.calls[0];
  // The first call makes it, or it was there before and the call enables it.
  if (calls[0]?.retry.rule === 'create-once' && first?.outcome !== 'made') return false;
  if (result.guard?.stopped === 'not-settled') return result.guard.waited.outcome === 'gone';
  return result.wait?.until === 'working' ? result.wait.watched.outcome === 'failed' : true;
}

class Run {
  private readonly result: StepResult = { ...notCarriedOut, calls: [] };
  /** The mapping that is waited for, as it was before or when it was made. */
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

  /** `finished`: nothing is left to be done or waited for. */
  private async call(call: PlannedCall): Promise<'go-on' | 'stop' | 'finished'> {
    const { result } = this;
    if (call.guard !== null) {
      // The checks are loaded only where they are needed: topics and secrets have none.
      const { passGuard } = await import('./guard.js');
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
    // The other rules look for it themselves, and leave what they were about in doubt.
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

  /** The mapping as it is now; as it was where that cannot be read. */
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

/** Whether what was waited for came. */
export const isReached = (result: WaitResult): boolean => {
  if (result.until === 'gone') return result.waited.outcome === 'gone';
  return result.until === 'working' ? result.watched.outcome === 'done' : result.waited.outcome === 'active';
};
