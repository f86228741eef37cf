/** How safe a call is, and what it means for others, by what the snapshot shows of them. */
import { lastSegment } from '../aws/arn.js';
import type { Change } from '../fixes/fix.js';
import { serviceLabel } from '../network/service-name.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { RepairStep } from './repair-plan.js';
import { freedByEdit } from './denials-removed.js';
import { otherUsersOfGroup, rolesWithPolicy, subnetsBeside, functionsWithRole } from './users-of-resource.js';

type Assessment = Pick<RepairStep, 'safety' | 'dangers'>;

const safe: Assessment = { safety: 'safe', dangers: [] };
const care = (...dangers: string[]): Assessment => ({ safety: 'care', dangers });
const risky = (...dangers: string[]): Assessment => ({ safety: 'risky', dangers });

/** `mappings`: UUIDs of the mappings that the call is for. */
export function assess(snapshot: Snapshot, change: Change, mappings: readonly string[]): Assessment {
  const rule = rules[change.operation];
  return rule === undefined ? care() : rule(snapshot, change, mappings);
}

type Rule = (snapshot: Snapshot, change: Change, mappings: readonly string[]) => Assessment;

const rules: Record<string, Rule> = {
  PutRolePolicy: inlinePolicy,
  DeleteRolePolicy: inlinePolicy,
  AttachRolePolicy: (snapshot, { input }, mappings) => orShared(care(), snapshot, String(input['RoleName']), mappings),
  DetachRolePolicy: (_, { input }) =>
    risky(`Removes every permission that ${lastSegment(String(input['PolicyArn']))} gives to the role.`),
  CreatePolicyVersion: managedPolicy,
  DeleteRolePermissionsBoundary: () => risky('Removes the limit of what the role may be allowed to do.'),
  UpdateAssumeRolePolicy: (_, change) => {
    const freed = freedByEdit(documentBefore(change, 'PolicyDocument'), String(change.input['PolicyDocument']));
    return freed.length === 0 ? care() : risky(...freed);
  },
  PutKeyPolicy: (_, change) => resourcePolicy(change, 'Policy'),
  PutResourcePolicy: (_, change) => resourcePolicy(change, 'ResourcePolicy'),
  DeleteResourcePolicy: () => risky('The secret’s policy no longer denies anything to anyone.'),
  AuthorizeSecurityGroupIngress: (snapshot, change, mappings) => groupRule(snapshot, change, mappings, 'inbound'),
  AuthorizeSecurityGroupEgress: (snapshot, change, mappings) => groupRule(snapshot, change, mappings, 'outbound'),
  CreateNetworkAclEntry: (snapshot, { input }, mappings) => {
    const others = subnetsBeside(snapshot, { acl: String(input['NetworkAclId']) }, mappings);
    return others.length === 0 ? care() : care(`The network ACL also applies to ${listed(others)}.`);
  },
  CreateRoute: (snapshot, change, mappings) => route(snapshot, change, mappings),
  ReplaceRoute: (snapshot, change, mappings) => route(snapshot, change, mappings),
  ModifyVpcAttribute: (_, { input }) => care(`Applies to the whole VPC ${String(input['VpcId'])}.`),
  CreateVpcEndpoint: (_, { input }) =>
    input['PrivateDnsEnabled'] === true
      ? care(
          `Every client in ${String(input['VpcId'])} then reaches ${serviceLabel(input['ServiceName'])} through the endpoint, whose security group must allow it.`,
        )
      : care(),
  DeleteVpcEndpoints: () => care(),
  ModifyVpcEndpoint: endpoint,
  DeleteNetworkInterface: () => risky('A deleted network interface cannot be restored.'),
  UpdateEventSourceMapping: mappingSettings,
  RestoreSecret: () => safe,
  UpdateSecurity: () => risky('The brokers restart one after another.'),
  DeleteFunctionConcurrency: () => care('The function may then use all of the account’s unreserved concurrency.'),
};

/** The text that the undo writes back; empty where the undo removes the policy. */
const documentBefore = ({ undo }: Change, member: string): string => String(undo?.input[member] ?? '');

function inlinePolicy(snapshot: Snapshot, change: Change, mappings: readonly string[]): Assessment {
  const document = (change.input['PolicyDocument'] as string | undefined) ?? '';
  const isOnlyAdded = documentBefore(change, 'PolicyDocument') === '' || keepsEverything(change, 'PolicyDocument');
  return orShared(isOnlyAdded && document !== '' ? safe : care(), snapshot, String(change.input['RoleName']), mappings);
}

/** Functions that share the role may do afterwards what they could not before. */
function orShared(alone: Assessment, snapshot: Snapshot, roleName: string, mappings: readonly string[]): Assessment {
  const { others, served } = functionsWithRole(snapshot, roleName, mappings);
  if (others.length > 0) return risky(`Grants the same permissions to ${listed(others)}, which share the role.`);
  return served.length > 1 && alone.safety === 'safe'
    ? care(`${served.join(' and ')} share the role, so each gets the permissions of the others too.`)
    : alone;
}

function keepsEverything(change: Change, member: string): boolean {
  const [before, after] = [documentBefore(change, member), String(change.input[member])].map(statementTexts);
  return before!.every((statement) => after!.includes(statement));
}

const statementTexts = (document: string): string[] => {
  try {
    const { Statement } = JSON.parse(document) as { Statement?: unknown };
    return [Statement ?? []].flat().map((statement) => JSON.stringify(statement));
  } catch {
    return [document];
  }
};

function managedPolicy(snapshot: Snapshot, { input }: Change): Assessment {
  const arn = String(input['PolicyArn']);
  const { attached, bounded } = rolesWithPolicy(snapshot, arn);
  return risky(
    bounded.length > 0
      ? `Widens the permissions boundary of ${listed(bounded)} and of any other role or user that has it.`
      : `Grants more to ${listed(attached)} and to any other role, user or group that has the policy.`,
  );
}

/** A statement for the role alone extends nothing for others; an edited denial may. */
function resourcePolicy(change: Change, member: string): Assessment {
  const freed = freedByEdit(documentBefore(change, member), String(change.input[member]));
  return freed.length === 0 ? care() : risky(...freed);
}

function endpoint(snapshot: Snapshot, change: Change): Assessment {
  const { input } = change;
  const id = String(input['VpcEndpointId']);
  if (input['ResetPolicy'] === true) return risky(`Everyone in the VPC may then make every call through ${id}.`);
  if (typeof input['PolicyDocument'] === 'string') {
    const freed = freedByEdit(documentBefore(change, 'PolicyDocument'), input['PolicyDocument']);
    if (freed.length > 0) return risky(...freed);
    return keepsEverything(change, 'PolicyDocument') && Object.keys(input).length === 2 ? safe : care();
  }
  if (input['PrivateDnsEnabled'] !== true) return care();
  const service = Object.values(snapshot.vpcEndpoints)
    .flatMap((read) => (read.outcome === 'ok' ? read.value : []))
    .find(({ VpcEndpointId }) => VpcEndpointId === id)?.ServiceName;
  return care(
    `Every client in the VPC then reaches ${service === undefined ? 'the service' : serviceLabel(service)} through ${id}, whose security group must allow it.`,
  );
}

/** What records reach the function, and what happens to those that fail, is for the user to decide. */
function mappingSettings(_: Snapshot, { input }: Change): Assessment {
  const { AmazonManagedKafkaEventSourceConfig: kafka } = input as {
    AmazonManagedKafkaEventSourceConfig?: { SchemaRegistryConfig?: object };
  };
  const dangers = [
    ...('FilterCriteria' in input ? ['Changes which records reach the function.'] : []),
    ...(isEmpty(input['DestinationConfig']) ? ['Records that fail are then discarded.'] : []),
    ...(isEmpty(kafka?.SchemaRegistryConfig) ? ['The function then receives the records as they are in Kafka.'] : []),
  ];
  return dangers.length === 0 ? care() : risky(...dangers);
}

const isEmpty = (setting: unknown): boolean =>
  typeof setting === 'object' && setting !== null && Object.keys(setting).length === 0;

interface Permission {
  IpRanges?: { CidrIp?: string }[];
  UserIdGroupPairs?: { GroupId?: string }[];
}

/** A rule that only the pollers, their brokers and their endpoints use is safe. */
function groupRule(
  snapshot: Snapshot,
  { input }: Change,
  mappings: readonly string[],
  direction: 'inbound' | 'outbound',
): Assessment {
  const id = String(input['GroupId']);
  const permissions = input['IpPermissions'] as Permission[];
  const isOpen = permissions.some(({ IpRanges = [] }) => IpRanges.some(({ CidrIp }) => CidrIp === '0.0.0.0/0'));
  const peers = permissions.flatMap(({ UserIdGroupPairs = [] }) =>
    UserIdGroupPairs.flatMap(({ GroupId }) => GroupId ?? []),
  );
  const users = (group: string) => otherUsersOfGroup(snapshot, group, mappings);
  const ofGroup = users(id);
  const ofPeers = direction === 'inbound' ? [...new Set(peers)].filter((peer) => peer !== id) : [];
  const dangers = [
    ...(ofGroup.length === 0 ? [] : [`Adds an ${direction} rule to ${id}, which ${listed(ofGroup)} also use.`]),
    ...ofPeers.flatMap((peer) => {
      const others = users(peer);
      return others.length === 0 ? [] : [`Lets ${listed(others)} reach ${id} too, because they use ${peer}.`];
    }),
  ];
  const toAll = isOpen ? [`Members of ${id} may then connect to any address on these ports.`] : [];
  return dangers.length > 0 ? risky(...dangers, ...toAll) : isOpen ? care(...toAll) : safe;
}

function route(snapshot: Snapshot, change: Change, mappings: readonly string[]): Assessment {
  const others = subnetsBeside(snapshot, { table: String(change.input['RouteTableId']) }, mappings);
  return others.length === 0 ? care() : care(`The route also applies to ${listed(others)}.`);
}

const mostListed = 5;

/** A list in words, shortened where it is long. */
function listed(names: readonly string[]): string {
  const rest = names.length - mostListed;
  const shown = rest > 0 ? [...names.slice(0, mostListed), `${rest} more`] : names;
  return shown.length < 2 ? (shown[0] ?? 'nothing') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)!}`;
}
