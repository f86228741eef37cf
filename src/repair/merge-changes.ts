/** Several calls that write one resource become one call, whose undo restores what was before the first of them. */
import type { AwsCall } from '../aws/call.js';
import { lastSegment } from '../aws/arn.js';
import type { Change } from '../fixes/fix.js';

type Input = Record<string, unknown>;

interface MergeRule {
  /** What the call writes: calls with equal keys are merged. */
  key: (input: Input) => string;
  /** `later` was computed on the account after `first`. */
  merge: (first: Change, later: Change) => Change;
}

/** The later document contains the earlier one, because it was computed on the account that already had it. */
const lastContent = (first: Change, later: Change): Change => ({ ...later, undo: first.undo });

const keyOf =
  (kind: string, ...members: readonly string[]) =>
  (input: Input): string =>
    [kind, ...members.map((member) => JSON.stringify(input[member]))].join(' ');

/** A key or secret is named by its id or by its ARN. */
const byId =
  (kind: string, member: string) =>
  (input: Input): string =>
    `${kind} ${lastSegment(String(input[member]))}`;

const rules: Record<string, MergeRule> = {
  PutRolePolicy: { key: keyOf('inline policy', 'RoleName', 'PolicyName'), merge: lastContent },
  DeleteRolePolicy: { key: keyOf('inline policy', 'RoleName', 'PolicyName'), merge: lastContent },
  AttachRolePolicy: { key: keyOf('attachment', 'RoleName', 'PolicyArn'), merge: lastContent },
  DetachRolePolicy: { key: keyOf('attachment', 'RoleName', 'PolicyArn'), merge: lastContent },
  UpdateAssumeRolePolicy: { key: keyOf('trust policy', 'RoleName'), merge: lastContent },
  CreatePolicyVersion: { key: keyOf('managed policy', 'PolicyArn'), merge: lastContent },
  PutKeyPolicy: { key: byId('key policy', 'KeyId'), merge: lastContent },
  PutResourcePolicy: { key: keyOf('secret policy', 'SecretId'), merge: lastContent },
  DeleteResourcePolicy: { key: keyOf('secret policy', 'SecretId'), merge: lastContent },
  PutFunctionConcurrency: { key: keyOf('concurrency', 'FunctionName'), merge: lastContent },
  DeleteFunctionConcurrency: { key: keyOf('concurrency', 'FunctionName'), merge: lastContent },
  CreateRoute: { key: keyOf('route', 'RouteTableId', 'DestinationCidrBlock'), merge: routeTarget },
  ReplaceRoute: { key: keyOf('route', 'RouteTableId', 'DestinationCidrBlock'), merge: routeTarget },
  AuthorizeSecurityGroupIngress: { key: keyOf('inbound rules', 'GroupId'), merge: allRules },
  AuthorizeSecurityGroupEgress: { key: keyOf('outbound rules', 'GroupId'), merge: allRules },
  BatchAssociateScramSecret: { key: keyOf('scram secrets', 'ClusterArn'), merge: unionOf('SecretArnList') },
  ModifyVpcEndpoint: { key: keyOf('endpoint', 'VpcEndpointId'), merge: endpointSettings },
  CreateVpcEndpoint: { key: keyOf('new endpoint', 'VpcId', 'ServiceName', 'VpcEndpointType'), merge: newEndpoint },
  UpdateEventSourceMapping: { key: keyOf('mapping', 'UUID'), merge: settings },
  UpdateFunctionConfiguration: { key: keyOf('function', 'FunctionName'), merge: settings },
  UpdateSecurity: { key: keyOf('cluster security', 'ClusterArn'), merge: settings },
};

/** What a call writes; calls with the same key become one. A call without a rule is only merged with its equals. */
export const mergeKey = ({ service, operation, input }: AwsCall): string =>
  `${service} ${rules[operation]?.key(input) ?? `${operation} ${JSON.stringify(input)}`}`;

/** Whether a later call with this key replaces what an earlier one wrote, so that it must have been computed after it. */
export const replacesContent = ({ operation }: AwsCall): boolean => rules[operation]?.merge === lastContent;

/** Two calls with the same key as one. */
export const mergeChanges = (first: Change, later: Change): Change =>
  rules[later.operation]?.merge(first, later) ?? first;

/** A route that an earlier step created is not there to be replaced: the step creates it with the later target. */
function routeTarget(first: Change, later: Change): Change {
  return { ...first, input: later.input };
}

function allRules(first: Change, later: Change): Change {
  return withUndo(first, { ...first.input, IpPermissions: union(first.input, later.input, 'IpPermissions') });
}

function unionOf(member: string): MergeRule['merge'] {
  return (first, later) => withUndo(first, { ...first.input, [member]: union(first.input, later.input, member) });
}

/** The undo of an addition takes the same away. */
const withUndo = (first: Change, input: Input): Change => ({
  ...first,
  input,
  undo: first.undo === null ? null : { ...first.undo, input },
});

/** The members of both lists, without duplicates. */
function union(a: Input, b: Input, member: string): unknown[] {
  const items = [a, b].flatMap((input) => (input[member] ?? []) as unknown[]);
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** Later values win, and the undo restores the earliest; it is null where a part cannot be restored. */
function settings(first: Change, later: Change): Change {
  return {
    ...first,
    input: withLater(first.input, later.input),
    undo:
      first.undo === null || later.undo === null
        ? null
        : { ...first.undo, input: { ...later.undo.input, ...first.undo.input } },
  };
}

/** An object is changed member by member; an empty one clears the setting. */
function withLater(first: Input, later: Input): Input {
  const merged = { ...first, ...later };
  for (const [name, value] of Object.entries(later)) {
    const before = first[name];
    if (isObject(before) && isObject(value) && Object.keys(value).length > 0) merged[name] = { ...before, ...value };
  }
  return merged;
}

const isObject = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const lists = ['RouteTableIds', 'SubnetIds', 'SecurityGroupIds'] as const;

/** Additions to its lists are collected; of its other settings the later value wins. */
function endpointSettings(first: Change, later: Change): Change {
  const listsOf = (verb: string, a: Input, b: Input): Input =>
    Object.fromEntries(
      lists.flatMap((list) => {
        const items = union(a, b, `${verb}${list}`);
        return items.length === 0 ? [] : [[`${verb}${list}`, items]];
      }),
    );
  const merged = settings(first, later);
  return {
    ...merged,
    input: { ...merged.input, ...listsOf('Add', first.input, later.input) },
    undo:
      merged.undo === null
        ? null
        : {
            ...merged.undo,
            input: { ...merged.undo.input, ...listsOf('Remove', first.undo!.input, later.undo!.input) },
          },
  };
}

/** A second creation, or a change of the endpoint that the first one creates: one creation with all of it. */
function newEndpoint(first: Change, later: Change): Change {
  const { input } = later;
  const added = Object.fromEntries(
    lists.flatMap((list) => {
      const items = union(first.input, { [list]: [...listOf(input, list), ...listOf(input, `Add${list}`)] }, list);
      return items.length === 0 ? [] : [[list, items]];
    }),
  );
  const single = ['PolicyDocument', 'PrivateDnsEnabled', 'DnsOptions'].flatMap((name) =>
    input[name] === undefined ? [] : [[name, input[name]]],
  );
  return { ...first, input: { ...first.input, ...added, ...Object.fromEntries(single) } };
}

const listOf = (input: Input, name: string): unknown[] => (input[name] ?? []) as unknown[];
