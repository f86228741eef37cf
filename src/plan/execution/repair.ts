/** Executes the steps of a repair plan, with a record of what was made and how it is reverted. */
import { refusalMessage, isUnsure } from '../../mapping/refusals.js';
import { isOk } from '../../snapshot/read.js';
import type { RepairStep } from '../../repair/repair-plan.js';
import { planRepairStep, newEndpointOf, newVersionOf, undoOf } from '../repair.js';
import { revertVersion } from '../undo/policy-version.js';
import { stateOfChange } from '../undo/state-of-change.js';
import { newUndoFile, type UndoFile, type UndoStep } from '../undo/undo-file.js';
import { defaultVersionOf } from '../undo/written/iam.js';
import { endpointsFor } from '../undo/written/vpc-endpoint.js';
import { askOf } from '../undo/written/written-part.js';
import { changedSince } from './changed-since.js';
import type { Environment } from './environment.js';
import { executeStep } from './execute.js';
import type { CallResult } from './result.js';

export interface StepOutcome {
  step: RepairStep;
  outcome: 'made' | 'refused' | 'not-made';
  /** Why it was refused or stopped, in sentences; null for the others. */
  error: string | null;
}

/** The record before the first step. */
export const recordOf = (
  steps: readonly RepairStep[],
  { account, region, at }: Pick<UndoFile, 'account' | 'region' | 'at'>,
): UndoFile =>
  newUndoFile({
    account,
    region,
    at,
    steps: steps.map(({ id, resource, reason, service, operation, input, undo }) => ({
      id,
      resource,
      reason,
      call: { service, operation, input },
      undo,
      outcome: 'not-made',
      undoneAt: null,
    })),
  });

export interface RepairRun {
  /** Updated in place, and saved before and after each step. */
  record: UndoFile;
  save(record: UndoFile): Promise<void>;
  /** After each step that was started. */
  onStep?(outcome: StepOutcome): void;
}

/**
 * Stops at the first step that AWS refuses, or whose resource has changed since the plan was computed. Rejects after
 * an abort; the record is saved then too.
 */
export async function executeRepair(
  steps: readonly RepairStep[],
  environment: Environment,
  { record, save, onStep = () => {} }: RepairRun,
): Promise<StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (const [index, step] of steps.entries()) {
    const entry = record.steps[index]!;
    if (outcomes.some(({ error }) => error !== null)) {
      outcomes.push({ step, outcome: 'not-made', error: null });
      continue;
    }
    const outcome = await carryOut(step, entry, environment, {
      number: index + 1,
      of: steps.length,
      token: `msk-lambda-${record.at.replaceAll(/\W/g, '')}`,
      save: () => save(record),
    });
    outcomes.push(outcome);
    onStep(outcome);
  }
  return outcomes;
}

interface StepRun {
  number: number;
  of: number;
  token: string;
  save(): Promise<void>;
}

async function carryOut(
  step: RepairStep,
  entry: UndoStep,
  environment: Environment,
  { save, ...position }: StepRun,
): Promise<StepOutcome> {
  const changed = await changedSince(environment.clients, step);
  environment.signal.throwIfAborted();
  if (changed !== null) return { step, outcome: 'not-made', error: changed };
  if (step.operation === 'CreateVpcEndpoint') {
    const existing = await endpointsFor(askOf(environment.clients), step.input);
    environment.signal.throwIfAborted();
    if (isOk(existing)) entry.existing = existing.value;
  }
  if (step.operation === 'CreatePolicyVersion') {
    const version = await defaultVersionOf(askOf(environment.clients), step.input['PolicyArn']);
    environment.signal.throwIfAborted();
    if (isOk(version)) entry.existing = [version.value];
  }
  entry.outcome = 'started';
  await save();
  const noteMade = (values: Readonly<Record<string, string>>): void => {
    entry.outcome = 'made';
    const endpoint = values[newEndpointOf(step)];
    if (endpoint !== undefined) entry.undo = { ...undoOf(step)!, input: { VpcEndpointIds: [endpoint] } };
    const [created, before] = [values[newVersionOf(step)], entry.existing?.[0]];
    if (created !== undefined && before !== undefined)
      Object.assign(entry, revertVersion(step.input['PolicyArn'], { before, created }));
  };
  try {
    const { calls, values } = await executeStep(planRepairStep(step, position), {
      ...environment,
      observe: (event) => {
        // Also of a call during which the user interrupted.
        if (event.type === 'call-ended' && event.outcome === 'made') noteMade(event.values);
        environment.observe(event);
      },
    });
    const [result] = calls;
    if (result?.outcome === 'made') noteMade(values);
    else if (await isMadeAfterAll(result, entry, environment)) noteMade({});
    else {
      if (!isUnknown(result)) entry.outcome = 'refused';
      return { step, outcome: 'refused', error: messageOf(result) };
    }
    return { step, outcome: 'made', error: null };
  } finally {
    await save();
  }
}

/**
 * An answer that was lost: the SDK asks again, and AWS then refuses what it has already made (a duplicate rule, for
 * example).
 */
async function isMadeAfterAll(
  result: CallResult | undefined,
  { call, undo, existing }: UndoStep,
  { clients, signal }: Environment,
): Promise<boolean> {
  if (result?.outcome !== 'refused' || result.refusal.outcome === 'denied' || result.refusal.outcome === 'throttled')
    return false;
  if (call.operation === 'CreateVpcEndpoint') {
    const now = await endpointsFor(askOf(clients), call.input);
    signal.throwIfAborted();
    return isOk(now) && existing !== undefined && now.value.some((id) => !existing.includes(id));
  }
  const state = await stateOfChange(clients, call, undo);
  signal.throwIfAborted();
  return state.is === 'made';
}

const isUnknown = (result: CallResult | undefined): boolean =>
  result?.outcome === 'unsure' || (result?.outcome === 'refused' && isUnsure(result.refusal));

function messageOf(result: CallResult | undefined): string {
  if (result?.outcome === 'refused') return refusalMessage(result.refusal);
  if (result?.outcome === 'unprocessed') return `AWS refused it: ${result.message}`;
  return result?.outcome === 'unsure' ? result.because : 'AWS gave no answer.';
}
