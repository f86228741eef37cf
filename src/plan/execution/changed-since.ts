/** Whether somebody changed what a step overwrites whole after the plan was computed: the change would be lost. */
import type { Clients } from '../../account/clients.js';
import type { AwsCall } from '../../aws/call.js';
import type { RepairStep } from '../../repair/repair-plan.js';
import { stateOfChange } from '../undo/state-of-change.js';

/** These write a document or a setting as a whole. Others add one thing, or are refused where it exists. */
const overwriting = new Set([
  'PutRolePolicy',
  'DeleteRolePolicy',
  'UpdateAssumeRolePolicy',
  'CreatePolicyVersion',
  'PutKeyPolicy',
  'PutResourcePolicy',
  'DeleteResourcePolicy',
  'UpdateEventSourceMapping',
  'UpdateFunctionConfiguration',
  'PutFunctionConcurrency',
  'ReplaceRoute',
]);

const overwrites = ({ operation, input }: AwsCall): boolean =>
  overwriting.has(operation) ||
  (operation === 'ModifyVpcEndpoint' && (input['PolicyDocument'] !== undefined || input['ResetPolicy'] !== undefined));

/**
 * A sentence, or null where the resource is as the plan found it, as the step would leave it, or cannot be read. The
 * undo of a step writes what the plan found.
 */
export async function changedSince(
  clients: Clients,
  { service, operation, input, undo, resource }: RepairStep,
): Promise<string | null> {
  if (undo === null || !overwrites({ service, operation, input })) return null;
  const state = await stateOfChange(clients, { service, operation, input }, undo);
  return state.is === 'changed'
    ? `${resource} has changed since this plan was computed, and ${operation} would overwrite that change. Run the repair again for a new plan.`
    : null;
}
