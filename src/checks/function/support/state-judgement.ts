/**
 * What the state of a function means for a mapping that invokes it (AWS: Lambda function states; API reference,
 * State).
 */
import { isKeyReason, isPassingReason, meaningAfterColon, reasonInWords } from '../../../catalogue/function-reasons.js';
import type { FunctionConfiguration } from '../../../snapshot/resources/index.js';
import { fail, pass, undecided, warn, type Judgement } from '../../define.js';
import { failUnlessItWorks } from '../../support/warn-where-it-works.js';

/** The fault, and what the fix needs. */
export interface StateEvidence {
  reason: 'gone' | 'state' | 'key' | 'deactivated' | 'no-capacity' | 'not-published' | 'deleting';
  resource: string;
  title: string;
  fact: string;
  /** The function's name without qualifier; null where unknown. */
  name: string | null;
  /** The mapping. */
  uuid: string;
}

/** The function's name for a sentence, and what Lambda shows of the mapping. */
export interface StateContext {
  resource: string;
  /** With the qualifier that the mapping names. */
  name: string;
  uuid: string;
  works: boolean;
  callFailed: boolean;
}

/** Codes for which more execution environments alone do not activate a function on managed instances. */
const capacityCodes: ReadonlySet<string> = new Set([
  'CapacityProviderScalingLimitExceeded',
  'InsufficientCapacity',
  'VcpuLimitExceeded',
]);

/** An unknown state is not a fault: Lambda adds states. */
export function judgeState(configuration: FunctionConfiguration, context: StateContext): Judgement<StateEvidence> {
  const { State: state, StateReasonCode: code, StateReason: text, FunctionName: functionName } = configuration;
  const why = reasonInWords(code, text);
  const evidence = (reason: StateEvidence['reason'], title: string, fact: string): StateEvidence => ({
    reason,
    resource: context.resource,
    title,
    fact,
    name: functionName,
    uuid: context.uuid,
  });
  const keyUnusable = `Function ${context.name} cannot run: Lambda cannot use its KMS key`;
  switch (state) {
    case 'Failed':
      return fail(
        evidence(
          'state',
          `Function ${context.name} cannot run: it is in state Failed${meaningAfterColon(code)}`,
          `State: Failed${why}`,
        ),
      );
    case 'Deleting':
      return fail(evidence('deleting', `Function ${context.name} is being deleted`, `State: Deleting${why}`));
    case 'Deactivated':
      return failUnlessItWorks(
        context.works,
        evidence(
          capacityCodes.has(code ?? '') ? 'no-capacity' : 'deactivated',
          `Function ${context.name} is deactivated${meaningAfterColon(code)}`,
          `State: Deactivated${why}`,
        ),
      );
    case 'ActiveNonInvocable':
      return failUnlessItWorks(
        context.works,
        evidence(
          'not-published',
          `Function ${context.name} on Lambda Managed Instances has no published version`,
          `State: ActiveNonInvocable${why}; Lambda Managed Instances run published versions only`,
        ),
      );
    case 'Inactive':
      if (isKeyReason(code, text)) return fail(evidence('key', keyUnusable, `State: Inactive${why}`));
      if (isPassingReason(code)) break;
      // Each invocation tries to restore it; this is why the last attempt failed.
      return (context.callFailed ? fail : warn)(
        evidence('state', `Lambda could not restore function ${context.name}`, `State: Inactive${why}`),
      );
    case 'Pending':
      return undecided(`the function is not ready yet (State: Pending${why})`);
    case 'Deactivating':
      return undecided(`the function is changing (State: Deactivating${why})`);
    case undefined:
    case 'Active':
      break;
    default:
      return undecided(`this version does not know the function state ${state}${why}`);
  }
  return judgeUpdate(configuration, keyUnusable, evidence);
}

/** The last update. While one is in progress, the code before it runs. */
function judgeUpdate(
  configuration: FunctionConfiguration,
  keyUnusable: string,
  evidence: (reason: StateEvidence['reason'], title: string, fact: string) => StateEvidence,
): Judgement<StateEvidence> {
  const { LastUpdateStatus: status, LastUpdateStatusReasonCode: code, LastUpdateStatusReason: reason } = configuration;
  if (status !== 'Failed') return pass;
  const fact = `LastUpdateStatus: Failed${reasonInWords(code, reason)}`;
  if (isKeyReason(code, reason)) return fail(evidence('key', keyUnusable, fact));
  const title = `The last update of function ${configuration.FunctionName} failed`;
  return warn(evidence('state', title, `${fact}; the previous code still runs`));
}
