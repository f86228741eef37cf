/** Whether the account is as a change left it, as it was before, or as neither. */
import type { Clients } from '../../account/clients.js';
import type { AwsCall } from '../../aws/call.js';
import { isOk, type ReadFailure } from '../../snapshot/read.js';
import { ec2 } from './written/ec2.js';
import { iam } from './written/iam.js';
import { kafka } from './written/kafka.js';
import { kms } from './written/kms.js';
import { lambda } from './written/lambda.js';
import { secretsmanager } from './written/secretsmanager.js';
import { askOf, isAs, type WrittenPart, type WrittenParts } from './written/written-part.js';

const services: Record<string, WrittenParts> = { ec2, iam, kafka, kms, lambda, secretsmanager };

export type StateOfChange =
  /** As the call left it. */
  | { is: 'made' }
  /** As the call that reverts it would leave it. */
  | { is: 'reverted' }
  /** Neither: somebody changed it. `gone`: the resource does not exist any more. */
  | { is: 'changed'; gone: boolean }
  | { is: 'unread'; failure: ReadFailure | null };

export const writtenPart = ({ service, operation }: Pick<AwsCall, 'service' | 'operation'>): WrittenPart | undefined =>
  services[service]?.[operation];

/** Reads what the call writes. `unread` without a failure: this version of the tool does not know the operation. */
export async function stateOfChange(clients: Clients, call: AwsCall, undo: AwsCall | null): Promise<StateOfChange> {
  const part = writtenPart(call);
  if (part === undefined) return { is: 'unread', failure: null };
  const current = await part.read(askOf(clients), { ...undoMembers(undo), ...call.input });
  if (!isOk(current)) return { is: 'unread', failure: current };
  const is = (expected: unknown): boolean =>
    expected !== undefined && (current.value === null ? expected === null : isAs(current.value, expected));
  if (is(part.after(call.input))) return { is: 'made' };
  if (undo !== null && is(writtenPart(undo)?.after(undo.input))) return { is: 'reverted' };
  return { is: 'changed', gone: current.value === null };
}

/** A call that creates an endpoint does not name it, but the call that deletes it does. */
function undoMembers(undo: AwsCall | null): Record<string, unknown> {
  if (undo?.operation !== 'DeleteVpcEndpoints') return {};
  return { VpcEndpointId: (undo.input['VpcEndpointIds'] as string[] | undefined)?.[0] };
}
