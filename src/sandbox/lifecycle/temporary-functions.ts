/** The temporary functions of `probe --from-vpc` in a sandbox: created, invoked and deleted as Lambda does it. */
import { parseFunctionArn } from '../../aws/function-arn.js';
import { parseArn } from '../../aws/arn.js';
import { probeFunctionPrefix } from '../../aws/probe-functions.js';
import type { RemoteAnswer, RemoteEvent } from '../../probe/function/remote-event.js';
import { isOk } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { awsError, type Input } from '../answers.js';
import { judgeShowing } from './judge.js';

/** What runs in the place of the code of such a function. */
export type FunctionRunner = (
  event: RemoteEvent,
  surroundings: { roleArn: string; subnet: string },
) => Promise<RemoteAnswer>;

interface Made {
  arn: string;
  input: Input;
  /** Reads of its state since it was created. */
  reads: number;
  /** The state that it has after it was pending. */
  final: State;
}

interface State {
  State: 'Pending' | 'Active' | 'Failed';
  StateReason?: string;
  StateReasonCode?: string;
}

export interface TemporaryFunctions {
  /** Answers the calls about these functions; undefined for every other call. */
  answer(operation: string, input: Input, snapshot: Snapshot): Promise<object> | object | undefined;
  /** Adds them to the last page of ListFunctions; other answers stay as they are. */
  list(operation: string, answer: object): object;
}

export function temporaryFunctions(run: FunctionRunner): TemporaryFunctions {
  const functions = new Map<string, Made>();
  const find = (name: string): Made => {
    const made = functions.get(name);
    if (made === undefined) throw awsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
    return made;
  };
  const calls: Record<string, (name: string, input: Input, snapshot: Snapshot) => Promise<object> | object> = {
    CreateFunction: (name, input, snapshot) => {
      if (functions.has(name)) throw awsError('ResourceConflictException', `Function already exist: ${name}`, 409);
      refuseRole(String(input['Role']), snapshot);
      const final = stateIn(subnetOf(input), snapshot);
      const { partition = 'aws', account = '' } = parseArn(String(input['Role'])) ?? {};
      const arn = `arn:${partition}:lambda:${snapshot.region}:${account}:function:${name}`;
      functions.set(name, { arn, input, reads: 0, final });
      return configurationOf(name, arn, pending);
    },
    GetFunctionConfiguration: (name) => {
      const made = find(name);
      made.reads++;
      return configurationOf(name, made.arn, made.reads > 1 ? made.final : pending);
    },
    Invoke: async (name, { Payload: payload }) => {
      const { input, reads, final } = find(name);
      const { State: state } = reads < 2 ? pending : final;
      if (state !== 'Active')
        throw awsError(
          'ResourceConflictException',
          `The operation cannot be performed at this time. The function is currently in the following state: ${state}`,
          409,
        );
      const event = JSON.parse(Buffer.from(payload as Uint8Array).toString('utf8')) as RemoteEvent;
      const answer = await run(event, { roleArn: String(input['Role']), subnet: subnetOf(input) });
      return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: Buffer.from(JSON.stringify(answer)) };
    },
    DeleteFunction: (name) => {
      find(name);
      functions.delete(name);
      return {};
    },
    ListTags: (name) => ({ Tags: { ...(find(name).input['Tags'] as Record<string, string>) } }),
  };
  return {
    answer: (operation, input, snapshot) => {
      const name = nameOf(input['FunctionName'] ?? input['Resource']);
      return name === null ? undefined : calls[operation]?.(name, input, snapshot);
    },
    list: (operation, answer) => {
      const { Functions: listed, NextMarker: next } = answer as { Functions?: object[]; NextMarker?: string };
      if (operation !== 'ListFunctions' || next !== undefined) return answer;
      const made = [...functions].map(([name, { arn, final }]) => configurationOf(name, arn, final));
      return { ...answer, Functions: [...(listed ?? []), ...made] };
    },
  };
}

/** Null for every other function. */
function nameOf(value: unknown): string | null {
  const text = String(value);
  const name = parseFunctionArn(text)?.name ?? text;
  return name.startsWith(probeFunctionPrefix) ? name : null;
}

const configurationOf = (name: string, arn: string, state: State): object => ({
  FunctionName: name,
  FunctionArn: arn,
  ...state,
});

const pending: State = {
  State: 'Pending',
  StateReason: 'The function is being created.',
  StateReasonCode: 'Creating',
};

function subnetOf(input: Input): string {
  const { SubnetIds: [subnet = ''] = [] } = (input['VpcConfig'] ?? {}) as { SubnetIds?: string[] };
  return subnet;
}

/** Lambda refuses a subnet that does not exist, and needs an IP address in it (API reference: StateReasonCode). */
function stateIn(subnet: string, { subnets }: Snapshot): State {
  const read = subnets[subnet];
  if (read?.outcome === 'not-found')
    throw awsError(
      'InvalidParameterValueException',
      `Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID '${subnet}' does not exist`,
    );
  return read !== undefined && isOk(read) && read.value.AvailableIpAddressCount === 0
    ? {
        State: 'Failed',
        StateReason: 'The subnet has no available IP addresses.',
        StateReasonCode: 'SubnetOutOfIPAddresses',
      }
    : { State: 'Active' };
}

/** Lambda assumes the role and creates a network interface with it (AWS: Lambda, CreateFunction). */
function refuseRole(roleArn: string, snapshot: Snapshot): void {
  const mapping = Object.values(snapshot.mappings).flatMap((read) => {
    if (!isOk(read)) return [];
    const owner = snapshot.functions[read.value.FunctionArn ?? ''];
    return owner !== undefined && isOk(owner) && owner.value.Role === roleArn ? [read.value] : [];
  })[0];
  if (mapping === undefined) return;
  const fails = (check: string): boolean =>
    judgeShowing(snapshot, mapping).findings.some((finding) => finding.check === check && finding.status === 'fail');
  const invalid = (message: string): Error => awsError('InvalidParameterValueException', message);
  if (fails('access.trust')) throw invalid('The role defined for the function cannot be assumed by Lambda.');
  if (fails('access.network-interfaces'))
    throw invalid('The provided execution role does not have permissions to call CreateNetworkInterface on EC2');
}
