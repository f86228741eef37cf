/** What a call changes, by ARN or id. */
import type { AwsCall } from '../aws/call.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { roleArnOf } from './role-grants.js';

/** The member of the input that names the resource, by operation or by service; the first that is given. */
const named: Record<string, readonly string[]> = {
  iam: ['PolicyArn', 'RoleName'],
  kms: ['KeyId'],
  secretsmanager: ['SecretId', 'Name'],
  kafka: ['ClusterArn'],
  lambda: ['UUID', 'FunctionName'],
  ec2: [
    'GroupId',
    'VpcEndpointId',
    'VpcEndpointIds',
    'RouteTableId',
    'NetworkAclId',
    'NetworkInterfaceId',
    'SubnetId',
    'VpcId',
  ],
};

export function resourceOf(snapshot: Snapshot, { service, input }: AwsCall): string {
  // A role's attachment is a property of the role, whatever the policy.
  if (service === 'iam' && typeof input['RoleName'] === 'string')
    return roleArnOf(snapshot, input['RoleName']) ?? input['RoleName'];
  const member = named[service]?.find((name) => input[name] !== undefined);
  return member === undefined ? service : [input[member]].flat().map(String).join(', ');
}
