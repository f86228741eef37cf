/** What a principal may do inside Kafka: by the IAM policies of a role, or by the ACLs of the account. */
import { authorize, type Layers } from '../../access/authorize.js';
import type { Context } from '../../access/context.js';
import { kafkaArn } from '../../access/kafka-arn.js';
import { resourceContext, roleContext, untagged } from '../../access/request-context.js';
import { parseArn } from '../../aws/arn.js';
import { clusterNameOf, clusterUuidOf } from '../../aws/event-source.js';
import { isOk } from '../../snapshot/read.js';
import type { OrganizationPolicies } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { policiesOfRole } from '../../subject/read-role-policies.js';
import type { KafkaState } from './kafka-state.js';

/** Who logged in. Your own credentials have every permission in a sandbox. */
export type Principal =
  | { kind: 'you' }
  | { kind: 'role'; arn: string }
  /** `User:NAME`, as ACLs name it. */
  | { kind: 'user'; name: string };

export type Operation = 'Connect' | 'Describe' | 'Read';
export type KafkaResource = { type: 'topic' | 'group'; name: string } | { type: 'cluster' };

/** The IAM action for an operation of Kafka (AWS: IAM access control for MSK, actions). */
const actions = {
  cluster: { Connect: 'Connect', Describe: 'DescribeCluster', Read: 'DescribeCluster' },
  topic: { Connect: 'DescribeTopic', Describe: 'DescribeTopic', Read: 'ReadData' },
  group: { Connect: 'DescribeGroup', Describe: 'DescribeGroup', Read: 'AlterGroup' },
} as const;

export interface Authorizer {
  allows(principal: Principal, operation: Operation, resource: KafkaResource): boolean;
}

export const authorizerOf = (snapshot: Snapshot, clusterArn: string, state: KafkaState): Authorizer => ({
  allows(principal, operation, resource) {
    switch (principal.kind) {
      case 'you':
        return true;
      case 'role':
        return roleMay(snapshot, clusterArn, principal.arn, operation, resource);
      case 'user':
        return userMay(state, principal.name, operation, resource);
    }
  },
});

/** Everything is allowed that no ACL protects. Read implies Describe (Kafka: authorization, operations). */
function userMay({ acls = [] }: KafkaState, principal: string, operation: Operation, resource: KafkaResource): boolean {
  if (resource.type === 'cluster') return true;
  const found = acls.filter((acl) => acl.resource === resource.type && acl.name === resource.name);
  return (
    found.length === 0 ||
    found.some((acl) => acl.principal === principal && (acl.operation === 'Read' || acl.operation === operation))
  );
}

function roleMay(
  snapshot: Snapshot,
  clusterArn: string,
  roleArn: string,
  operation: Operation,
  resource: KafkaResource,
): boolean {
  const { partition = '', region = '', account = '' } = parseArn(clusterArn) ?? {};
  const cluster = {
    partition,
    region,
    account,
    name: clusterNameOf(clusterArn) ?? '',
    uuid: clusterUuidOf(clusterArn) ?? '',
  };
  const policy = snapshot.clusterPolicies[clusterArn];
  return roleAllows(snapshot, roleArn, {
    action: `kafka-cluster:${actions[resource.type][operation]}`,
    resource:
      resource.type === 'cluster' ? kafkaArn(cluster, 'cluster') : kafkaArn(cluster, resource.type, resource.name),
    policy: policy !== undefined && isOk(policy) ? policy.value : null,
    ...(resource.type === 'cluster' ? {} : { context: untagged }),
  });
}

/** Whether the policies of a role allow a call; a doubtful call is allowed. `policy`: that of the resource. */
export function roleAllows(
  snapshot: Snapshot,
  roleArn: string,
  call: { action: string; resource: string; policy: string | null; context?: Context },
): boolean {
  const read = snapshot.roles[roleArn];
  if (read === undefined || !isOk(read)) return false;
  const { action, resource, policy, context = {} } = call;
  const layers: Layers = {
    role: policiesOfRole(snapshot, roleArn, read.value),
    organization: {
      service: organizationPolicies(snapshot, 'serviceControlPolicies'),
      resource: organizationPolicies(snapshot, 'resourceControlPolicies'),
    },
    resource: { kind: 'ordinary', document: policy === '' ? null : policy, name: resource, unread: [] },
  };
  const session = { roleArn, role: read.value, region: snapshot.region, at: new Date(snapshot.capturedAt) };
  const { answer } = authorize(
    {
      action,
      resource,
      principal: { aws: roleArn },
      context: { ...roleContext(session), ...resourceContext(resource), ...context },
    },
    layers,
  );
  return answer !== 'denied';
}

/** Null where the account does not show them: then they count as allowing. */
function organizationPolicies(
  snapshot: Snapshot,
  kind: 'serviceControlPolicies' | 'resourceControlPolicies',
): OrganizationPolicies | null {
  const read = snapshot[kind][snapshot.account ?? ''];
  return read !== undefined && isOk(read) ? read.value : null;
}
