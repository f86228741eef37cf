/** Accounts that read from another account's cluster over an MSK multi-VPC connection. */
import { ok } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { broken, healthy, value, type SandboxAccount } from '../account.js';
import {
  account,
  clusterArn,
  clusterName,
  fromGroup,
  groupId,
  managedPolicyArn,
  region,
  roleArn,
  rule,
  subnetIds,
  uuid,
  vpcId,
} from '../healthy.js';
import { problem } from './texts.js';

const owner = '444455556666';
const connectionArn = `arn:aws:kafka:${region}:${account}:vpc-connection/${owner}/${clusterName}/9a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2`;
const targetArn = clusterArn.replace(account, owner);
const connection = problem('connection-error');

/** Makes the mapping read over the connection, in an otherwise healthy account. */
function byConnection(snapshot: Snapshot): void {
  value(snapshot.mappings, uuid).EventSourceArn = connectionArn;
  snapshot.mappingLists = { '*': ok([uuid]), [connectionArn]: ok([uuid]) };
  snapshot.vpcConnections[connectionArn] = ok({
    VpcConnectionArn: connectionArn,
    TargetClusterArn: targetArn,
    State: 'AVAILABLE',
    Authentication: 'SASL_IAM',
    VpcId: vpcId,
    Subnets: [...subnetIds],
    SecurityGroups: [groupId],
  });
  value(snapshot.securityGroups, vpcId)[0]!.IpPermissions = [rule(14_001, 14_100, fromGroup(groupId))];
  snapshot.managedPolicies[managedPolicyArn] = ok(
    value(snapshot.managedPolicies, managedPolicyArn).replace(
      '"kafka:DescribeCluster"',
      '"kafka:DescribeVpcConnection","kafka:DescribeCluster"',
    ),
  );
  snapshot.inlinePolicies[`${roleArn}#kafka-access`] = ok(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'kafka-cluster:*', Resource: `arn:aws:kafka:${region}:${owner}:*/${clusterName}/*` },
      ],
    }),
  );
  // MSK shows a cluster only to its own account.
  snapshot.clusters = { [targetArn]: refused('DescribeClusterV2') };
  snapshot.bootstrapBrokers = { [targetArn]: refused('GetBootstrapBrokers') };
  snapshot.clusterPolicies = { [targetArn]: refused('GetClusterPolicy') };
  snapshot.topics = {};
}

const refused = (operation: string) =>
  ({
    outcome: 'denied',
    service: 'kafka',
    operation,
    action: `kafka:${operation}`,
    resource: targetArn,
    error: 'AccessDeniedException',
  }) as const;

export const crossAccounts: readonly SandboxAccount[] = [
  healthy(
    'cross-account',
    'A cluster of another account through a VPC connection; the cluster itself cannot be read',
    {},
    byConnection,
  ),
  broken(
    'connection-rejected',
    'The cluster’s owner rejected the VPC connection of the mapping',
    'cluster.policy',
    connection,
    {},
    (snapshot) => {
      byConnection(snapshot);
      value(snapshot.vpcConnections, connectionArn).State = 'REJECTED';
    },
  ),
  broken(
    'connection-ports',
    'The security group of the VPC connection allows the brokers’ port, but a VPC connection uses other ports',
    'cluster.policy',
    connection,
    {},
    (snapshot) => {
      byConnection(snapshot);
      value(snapshot.securityGroups, vpcId)[0]!.IpPermissions = [rule(9098, 9098, fromGroup(groupId))];
    },
  ),
  broken(
    'connection-for-scram',
    'The VPC connection is for SASL/SCRAM, and the mapping has no secret',
    'cluster.policy',
    connection,
    {},
    (snapshot) => {
      byConnection(snapshot);
      value(snapshot.vpcConnections, connectionArn).Authentication = 'SASL_SCRAM';
    },
  ),
];
