/** Who owns what a call changes, by the tags in the snapshot. */
import { expect, test } from 'vitest';
import { ownerOf } from '../../src/snapshot/owner.js';
import { isOk, type Keyed } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';

const account = (): Snapshot => sandboxAccounts.find(({ name }) => name === 'managed-policy-only')!.build();
const all = <T>(collection: Keyed<T>): T[] =>
  Object.values(collection).flatMap((read) => (isOk(read) ? [read.value] : []));

const Tags = [
  { Key: 'aws:cloudformation:stack-name', Value: 'orders-app' },
  { Key: 'aws:cloudformation:logical-id', Value: 'Thing' },
];
const owner = { tool: 'cloudformation', name: 'orders-app', logicalId: 'Thing' };
const call = (service: string, operation: string, input: Record<string, unknown>) => ({ service, operation, input });

test('a role, a security group, a route table, an ACL, a VPC and a cluster are recognized', () => {
  const snapshot = account();
  const [role] = all(snapshot.roles);
  const [group] = all(snapshot.securityGroups).flat();
  const [table] = all(snapshot.routeTables).flat();
  const [acl] = all(snapshot.networkAcls).flat();
  const [vpc] = all(snapshot.vpcs);
  const [[cluster]] = [Object.keys(snapshot.clusters)];
  for (const resource of [role!, group!, table!, acl!, vpc!]) Object.assign(resource, { Tags });
  Object.assign(all(snapshot.clusters)[0]!, { Tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) });
  const owned = [
    call('iam', 'PutRolePolicy', { RoleName: role!.Arn!.split('/').at(-1), PolicyName: 'x', PolicyDocument: '{}' }),
    call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId: group!.GroupId }),
    call('ec2', 'CreateRoute', { RouteTableId: table!.RouteTableId, VpcEndpointId: 'vpce-1' }),
    call('ec2', 'CreateNetworkAclEntry', { NetworkAclId: acl!.NetworkAclId }),
    call('ec2', 'ModifyVpcAttribute', { VpcId: vpc!.VpcId, EnableDnsSupport: { Value: true } }),
    call('kafka', 'UpdateSecurity', { ClusterArn: cluster }),
  ];
  expect(owned.map((change) => ownerOf(snapshot, change))).toEqual(owned.map(() => owner));
});

test('what is new, has no tags, or was not read has no known owner', () => {
  const snapshot = account();
  Object.assign(all(snapshot.vpcs)[0]!, { Tags });
  for (const change of [
    call('ec2', 'CreateVpcEndpoint', { VpcId: all(snapshot.vpcs)[0]!.VpcId, ServiceName: 'x' }),
    call('iam', 'PutRolePolicy', { RoleName: 'order-handler-role' }),
    call('iam', 'PutRolePolicy', { RoleName: 'not-read' }),
    call('lambda', 'PutFunctionConcurrency', { FunctionName: 'order-handler' }),
  ])
    expect(ownerOf(snapshot, change)).toBeNull();
});
