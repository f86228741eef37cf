/** Reverts what `doctor --fix` made, the newest change first, where the account is still as the fix left it. */
import type { Clients } from '../../account/clients.js';
import type { AwsCall } from '../../aws/call.js';
import { refusalMessage } from '../../mapping/refusals.js';
import { isOk } from '../../snapshot/read.js';
import { plannedCall } from '../calls.js';
import type { Environment } from '../execution/environment.js';
import { executeStep } from '../execution/execute.js';
import type { FixStep } from '../plan.js';
import { revertVersion } from './policy-version.js';
import { stateOfChange, writtenPart } from './state-of-change.js';
import { stepsToUndo, type UndoFile, type UndoStep } from './undo-file.js';
import { defaultVersionOf } from './written/iam.js';
import { endpointsFor } from './written/vpc-endpoint.js';
import { askOf } from './written/written-part.js';

export type UndoOutcome =
  /** It will be reverted; the state is checked again just before. */
  | 'planned'
  | 'reverted'
  /** It was reverted before, or was never made. */
  | 'already'
  /** No call can revert it. */
  | 'cannot'
  /** The account has changed since. */
  | 'changed'
  /** The present state could not be read. */
  | 'unread'
  | 'refused';

export interface UndoResult {
  step: UndoStep;
  outcome: UndoOutcome;
  /** The call that reverts it; null where there is none. */
  undo: AwsCall | null;
  /** Made after `undo`: deletes the policy version that the fix created. */
  cleanup?: AwsCall | undefined;
  /** Why it is not reverted, or what remains, in sentences; otherwise null. */
  because: string | null;
}

/** What would be done with each step, the newest first. */
export async function assessUndo(file: UndoFile, clients: Clients): Promise<UndoResult[]> {
  const results: UndoResult[] = [];
  for (const step of stepsToUndo(file)) {
    const result = await assess(step, clients);
    // A later step of the same resource hides its state until that step is reverted.
    const isHidden = results.some((later) => later.outcome === 'planned' && later.step.resource === step.resource);
    results.push(result.outcome === 'changed' && isHidden ? { ...result, outcome: 'planned', because: null } : result);
  }
  return results;
}

async function assess(step: UndoStep, clients: Clients): Promise<UndoResult> {
  const { call, resource } = step;
  const found = await callThatReverts(step, clients);
  if ('outcome' in found) return { step, undo: null, ...found };
  const { undo, cleanup } = found;
  if (undo === null)
    return { step, undo, outcome: 'cannot', because: `No call can undo ${call.operation} on ${resource}.` };
  if (writtenPart(call) === undefined || writtenPart(undo) === undefined)
    return { step, undo, outcome: 'unread', because: `This version of msk-lambda cannot undo ${call.operation}.` };
  const state = await stateOfChange(clients, call, undo);
  switch (state.is) {
    case 'made':
      return { step, undo, cleanup, outcome: 'planned', because: null };
    case 'reverted':
      return { step, undo, cleanup, outcome: 'already', because: null };
    case 'changed':
      return {
        step,
        undo,
        outcome: 'changed',
        because: state.gone
          ? `${resource} does not exist any more.`
          : `${resource} has changed since the fix: ${call.operation} is not undone.`,
      };
    case 'unread':
      return {
        step,
        undo,
        outcome: 'unread',
        because: `Could not check ${resource}: ${state.failure?.error ?? ''} (your credentials need ${state.failure?.action ?? ''}).`,
      };
  }
}

/** The id of what is new is not known where the program was stopped before AWS's answer: it is looked up. */
async function callThatReverts(
  { call, undo, cleanup, existing, resource }: UndoStep,
  clients: Clients,
): Promise<Pick<UndoStep, 'undo' | 'cleanup'> | Pick<UndoResult, 'outcome' | 'because'>> {
  const before = existing?.[0];
  if (undo?.operation === 'CreatePolicyVersion' && before !== undefined) {
    const created = await defaultVersionOf(askOf(clients), call.input['PolicyArn']);
    // Where it cannot be read, the check of the present state says so.
    return isOk(created) && created.value !== before
      ? revertVersion(call.input['PolicyArn'], { before, created: created.value })
      : { undo };
  }
  if (undo !== null || call.operation !== 'CreateVpcEndpoint' || existing === undefined) return { undo, cleanup };
  const now = await endpointsFor(askOf(clients), call.input);
  if (!isOk(now))
    return {
      outcome: 'unread',
      because: `Could not check ${resource}: ${now.error} (your credentials need ${now.action}).`,
    };
  const added = now.value.filter((id) => !existing.includes(id));
  if (added.length === 0) return { outcome: 'already', because: null };
  if (added.length > 1)
    return {
      outcome: 'changed',
      because: `Several new endpoints exist for ${String(call.input['ServiceName'])}: ${added.join(', ')}. Delete the one that is not needed.`,
    };
  return { undo: { service: 'ec2', operation: 'DeleteVpcEndpoints', input: { VpcEndpointIds: added } } };
}

export interface UndoRun {
  /** Updated in place, and saved after each step. */
  file: UndoFile;
  save(file: UndoFile): Promise<void>;
}

/** Skips what has changed since, and goes on after a refusal: each step is checked on its own. Rejects after an abort. */
export async function revert(environment: Environment, { file, save }: UndoRun): Promise<UndoResult[]> {
  const results: UndoResult[] = [];
  const steps = stepsToUndo(file);
  for (const [index, step] of steps.entries()) {
    let result = await assess(step, environment.clients);
    environment.signal.throwIfAborted();
    if (result.outcome === 'planned')
      result = await carryOut(result, environment, `Step ${index + 1} of ${steps.length}`);
    if (result.outcome === 'reverted' || result.outcome === 'already') {
      result = await cleanUp(result, environment);
      step.undoneAt = environment.clock.now().toISOString();
      await save(file);
    }
    results.push(result);
    environment.signal.throwIfAborted();
  }
  return results;
}

async function carryOut(result: UndoResult, environment: Environment, progress: string): Promise<UndoResult> {
  const undo = result.undo!;
  const { calls } = await executeStep(undoStep(result.step, undo, progress), environment);
  const [made] = calls;
  if (made?.outcome === 'made') return { ...result, outcome: 'reverted' };
  const state = await stateOfChange(environment.clients, result.step.call, undo);
  if (state.is === 'reverted') return { ...result, outcome: 'reverted' };
  return {
    ...result,
    outcome: 'refused',
    because:
      made?.outcome === 'refused'
        ? refusalMessage(made.refusal)
        : made?.outcome === 'unprocessed'
          ? `AWS refused it: ${made.message}`
          : 'AWS gave no answer.',
  };
}

/** What is left of a fix does no harm: a refusal is told, and the step counts as reverted. */
async function cleanUp(result: UndoResult, environment: Environment): Promise<UndoResult> {
  const { cleanup, step } = result;
  if (cleanup === undefined) return result;
  const {
    calls: [made],
  } = await executeStep(undoStep(step, cleanup, 'Delete the version of the fix'), environment);
  if (made?.outcome !== 'refused' || made.refusal.outcome === 'not-found') return result;
  return {
    ...result,
    because: `Version ${String(cleanup.input['VersionId'])} of ${step.resource} remains: ${refusalMessage(made.refusal)}`,
  };
}

const undoStep = ({ reason, resource }: UndoStep, undo: AwsCall, progress: string): FixStep => ({
  kind: 'fix',
  title: reason,
  safety: 'care',
  wait: null,
  onlyAfterSuccess: false,
  calls: [
    plannedCall(
      undo,
      'reverts a step of the repair plan',
      undo.operation === 'UpdateEventSourceMapping' ? { rule: 'repeat', ifGone: 'refused' } : { rule: 'sdk' },
      {
        // Both report failures with HTTP 200.
        refusalsIn: /^Batch\w+ScramSecret$/.test(undo.operation)
          ? 'UnprocessedScramSecrets'
          : undo.operation === 'DeleteVpcEndpoints'
            ? 'Unsuccessful'
            : null,
        progress,
        interrupted: {
          during: `AWS did not answer yet and may have made ${undo.service} ${undo.operation} (${resource}).`,
          after: [`Undone: ${resource} (${undo.service} ${undo.operation}).`],
          replaces: false,
        },
      },
    ),
  ],
});
