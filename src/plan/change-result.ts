/** The result of a mapping's step as the answer shows it: outcome, sentence, mapping. Pure. */
import { shell } from '../text/shell.js';
import type { Refusal } from '../account/make-changes.js';
import type { Finding } from '../checks/run.js';
import { isUnsure, refusalMessage } from '../mapping/refusals.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { conflictWith } from './conflict.js';
import { adoptionReason } from './create.js';
import { howToResume } from './delete.js';
import type { StepResult, Watched } from './execution/result.js';
import type { MappingStep } from './plan.js';
import { createCommand } from './recreate.js';

export type ChangeOutcome = 'done' | 'nothing-to-do' | 'planned' | 'blocked' | 'refused' | 'failed' | 'undecided';

export interface ChangeResult {
  outcome: ChangeOutcome;
  message: string;
  /** How many mappings were created, changed or deleted. */
  changed: number;
  mapping: Mapping | null;
  findings?: readonly Finding[];
  blockers?: readonly string[];
  /** The credentials lack a permission, or AWS did not answer: the state of the account is not known. */
  unanswered?: boolean;
}

/** One result per step, in order. A skipped step names the outcome that caused it. */
export function changeResults(steps: readonly MappingStep[], results: readonly StepResult[]): ChangeResult[] {
  const changes: ChangeResult[] = [];
  for (const [index, step] of steps.entries()) {
    const result = results[index]!;
    const failed = changes.find(({ outcome }) => outcome !== 'done' && outcome !== 'nothing-to-do');
    changes.push(result.skipped && failed !== undefined ? leftOut(step, failed) : changeResultOf(step, result));
  }
  return changes;
}

const leftOut = ({ mapping }: MappingStep, { outcome, unanswered = false }: ChangeResult): ChangeResult => ({
  outcome,
  message: `The mapping ${mapping?.UUID ?? ''} was not deleted, because an earlier step failed.`,
  changed: 0,
  mapping,
  unanswered,
});

function changeResultOf(step: MappingStep, result: StepResult): ChangeResult {
  switch (step.kind) {
    case 'create':
      return createResult(step, result);
    case 'update':
      return updateResult(step, result);
    case 'recreate':
      return recreateResult(step, result);
    case 'delete':
      return deleteResult(step, result);
    case 'none':
      return noChangeResult(step, result);
  }
}

/** AWS refused a change. */
const refused = (refusal: Refusal, before = 'Nothing was changed.') => ({
  outcome: 'refused' as const,
  message: `${before} ${refusalMessage(refusal)}`,
  unanswered:
    refusal.outcome === 'denied' || refusal.outcome === 'throttled' || refusal.status === null || refusal.status >= 500,
});

/** AWS refused the change, or its outcome is not known. */
const notChanged = (refusal: Refusal, uuid: string, before?: string) =>
  isUnsure(refusal)
    ? {
        outcome: 'undecided' as const,
        message: `Unknown whether the mapping ${uuid} was updated: ${refusal.error}. Run the same command again: it applies only what is missing.`,
      }
    : refused(refusal, before);

function createResult(step: MappingStep, result: StepResult): ChangeResult {
  const settings = step.settings!;
  const [create] = result.calls;
  if (step.mapping !== null)
    return finishedResult(result, { changed: 0, sentence: `The mapping ${step.mapping.UUID} already exists.` });
  const nothing = { changed: 0, mapping: null };
  switch (create!.outcome) {
    case 'refused':
      return { ...nothing, ...refused(create!.refusal, 'Nothing was created.') };
    case 'unsure':
      return {
        ...nothing,
        outcome: 'undecided',
        message: `${create!.because} Run the same command again: it finds the mapping if it exists.`,
      };
    case 'differs': {
      const { mapping, differences } = create!;
      const { sentence, checks } = conflictWith(mapping, settings, differences);
      return { changed: 0, outcome: 'blocked', message: `Nothing was created. ${sentence}`, mapping, blockers: checks };
    }
    case 'adopted': {
      const { mapping } = create!;
      const reason = adoptionReason(mapping.UUID);
      return result.wait?.until === 'working'
        ? watchedNoChange(reason, result.wait.watched)
        : { changed: 0, outcome: 'nothing-to-do', message: reason, mapping };
    }
    default:
      return finishedResult(result, { changed: 1, sentence: `The mapping ${result.mapping!.UUID} was created.` });
  }
}

/** A mapping that was created now or left incomplete earlier: tested, enabled, waited for, rolled back. */
function finishedResult(
  result: StepResult,
  { changed, sentence }: { changed: number; sentence: string },
): ChangeResult {
  const finished = beforeRollback(result, { changed, sentence });
  const { rollback } = result;
  if (rollback === null) return finished;
  if (rollback.call.outcome === 'refused')
    return {
      ...finished,
      message: `${finished.message} It could not be deleted: ${refusalMessage(rollback.call.refusal)}`,
    };
  return {
    ...finished,
    changed: 0,
    mapping: rollback.mapping,
    message: `${finished.message} It was deleted (--rollback).`,
  };
}

function beforeRollback(
  { calls, guard, settled, wait, mapping }: StepResult,
  { changed, sentence }: { changed: number; sentence: string },
): ChangeResult {
  const last = calls.at(-1);
  if (guard?.stopped === 'not-settled')
    return {
      changed,
      mapping,
      outcome: guard.waited.outcome === 'gone' ? 'failed' : 'undecided',
      message: `${sentence} ${guard.waited.because}`,
    };
  if (guard?.stopped === 'checks')
    return {
      changed,
      mapping: guard.mapping,
      outcome: 'failed',
      message: `${sentence} It stays disabled. ${guard.obstacle.sentence}`,
      findings: guard.findings,
      blockers: guard.obstacle.checks,
    };
  if (last?.outcome === 'refused')
    return {
      changed,
      mapping: settled,
      outcome: 'refused',
      message: `${sentence} Every check passed, but it could not be enabled. ${refusalMessage(last.refusal)}`,
    };
  if (wait?.until !== 'working')
    return {
      changed,
      mapping,
      outcome: 'done',
      message: `${sentence} It is ${mapping?.State ?? 'Creating'}. Check it in a few minutes: \`${shell`msk-lambda doctor ${mapping!.UUID}`}\`.`,
    };
  return { changed, ...watchedChange(sentence, wait.watched) };
}

/** The result of waiting, after a sentence about the change. */
const watchedChange = (
  sentence: string,
  { outcome, message, mapping, findings, causes }: Watched,
): Omit<ChangeResult, 'changed'> => ({
  outcome,
  mapping,
  message: `${sentence} ${message}`,
  ...(outcome === 'failed' ? { findings, blockers: causes } : {}),
});

/** The same where nothing was changed. */
const watchedNoChange = (sentence: string, { outcome, message, mapping, findings, causes }: Watched): ChangeResult => ({
  changed: 0,
  outcome: outcome === 'done' ? 'nothing-to-do' : outcome,
  message: `${sentence} ${message}`,
  mapping,
  findings,
  blockers: causes,
});

function updateResult({ mapping, calls: planned }: MappingStep, { calls, wait, ...result }: StepResult): ChangeResult {
  const uuid = mapping!.UUID;
  const last = calls.at(-1);
  if (last?.outcome === 'refused') {
    const changed = calls.length > 1 ? 1 : 0;
    const withTags = planned[calls.length - 2]?.call.operation === 'UntagResource';
    const before =
      changed === 0
        ? 'Nothing was changed.'
        : `The mapping ${uuid} was updated, but not ${withTags ? 'all of ' : ''}its tags.`;
    return { ...notChanged(last.refusal, uuid, before), changed, mapping };
  }
  const sentence = `The mapping ${uuid} was updated.`;
  return wait?.until === 'working'
    ? { changed: 1, ...watchedChange(sentence, wait.watched) }
    : { changed: 1, outcome: 'done', message: sentence, mapping: result.mapping };
}

function deleteResult({ mapping }: MappingStep, { calls: [call], wait }: StepResult): ChangeResult {
  const uuid = mapping!.UUID;
  if (call?.outcome === 'gone')
    return { outcome: 'nothing-to-do', message: `The mapping ${uuid} was already deleted.`, changed: 0, mapping: null };
  if (call?.outcome === 'refused') return { ...notChanged(call.refusal, uuid), changed: 0, mapping };
  const resume = howToResume(mapping!);
  if (wait?.until !== 'gone')
    return {
      outcome: 'done',
      message: `The mapping ${uuid} is being deleted. ${resume}`,
      changed: 1,
      mapping: { ...mapping!, State: 'Deleting' },
    };
  if (wait.waited.outcome === 'gone')
    return { outcome: 'done', message: `The mapping ${uuid} was deleted. ${resume}`, changed: 1, mapping: null };
  return {
    outcome: 'undecided',
    message: `The mapping ${uuid} is still being deleted: ${wait.waited.because}`,
    changed: 1,
    mapping: wait.waited.mapping,
  };
}

function noChangeResult(step: MappingStep, result: StepResult): ChangeResult {
  const reason = step.noChangeReason!;
  if (result.wait?.until === 'gone') return { ...deleteResult(step, result), changed: 0 };
  if (result.wait?.until === 'working') return watchedNoChange(reason, result.wait.watched);
  return { outcome: 'nothing-to-do', message: reason, changed: 0, mapping: step.mapping };
}

function recreateResult(step: MappingStep, result: StepResult): ChangeResult {
  const old = step.mapping!.UUID;
  const again = createCommand(step.settings!);
  const [deletion, creation] = result.calls;
  if (deletion?.outcome === 'refused')
    return { ...notChanged(deletion.refusal, old), changed: 0, mapping: step.mapping };
  const deleted = { changed: 1, mapping: null };
  switch (creation?.outcome) {
    case undefined:
      return {
        outcome: 'undecided',
        changed: 1,
        mapping: result.wait?.until === 'gone' ? result.wait.waited.mapping : null,
        message: `The mapping ${old} is still being deleted. When it is gone, create the new one: ${again}`,
      };
    case 'differs':
      return {
        outcome: 'failed',
        changed: 1,
        mapping: creation.mapping,
        message: `The mapping ${old} was deleted, but meanwhile another mapping was created for the same cluster, topic and function with other settings: ${creation.mapping.UUID}.`,
      };
    case 'refused':
      return {
        ...deleted,
        outcome: 'failed',
        message: `The mapping ${old} was deleted, but the new one was not created. ${refusalMessage(creation.refusal)} After fixing this, create it: ${again}`,
      };
    case 'unsure':
      return {
        ...deleted,
        outcome: 'undecided',
        message: `The mapping ${old} was deleted. ${creation.because} Run this to make sure that it exists: ${again}`,
      };
    default: {
      const sentence = `The mapping ${result.mapping!.UUID} was created.`;
      const finished = finishedResult(result, { changed: 1, sentence });
      return { ...finished, message: `The mapping ${old} was deleted. ${finished.message}` };
    }
  }
}
