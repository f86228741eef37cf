/** Roles and policies as they will be. */
import { awsManagedPolicy } from '../../aws/managed-policies.js';
import { lastSegment } from '../../aws/arn.js';
import { ok, type Read } from '../../snapshot/read.js';
import { isObject, type Json, type TemplateResource } from '../resource.js';
import { listOf, objectsOf, textOf, textsOf, type Deploying } from './deploying.js';
import { hasOpen } from './undecided.js';
import { knownAfterDeployment } from './unknown.js';

/** An attachment of a policy that is a resource of its own, as in Terraform: `Roles`, `PolicyArn`. */
export const policyAttachment = 'Terraform::IAM::PolicyAttachment';

/** Adds every role of the templates with all policies that the templates give it. */
export function addRoles(deploying: Deploying): void {
  const { snapshot } = deploying;
  for (const role of deploying.all('AWS::IAM::Role')) {
    const { properties } = role;
    const arn = role.arn!;
    const boundary = textOf(properties['PermissionsBoundary']);
    snapshot.roles[arn] = ok({
      RoleName: role.id,
      Arn: arn,
      AssumeRolePolicyDocument: trustOf(deploying, properties['AssumeRolePolicyDocument']),
      ...(boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: boundary } }),
      Tags: [],
    });
    const inline = inlinePoliciesOf(deploying, role);
    snapshot.inlinePolicyNames[arn] = ok(inline.map(({ name }) => name));
    for (const { name, document } of inline) snapshot.inlinePolicies[`${arn}#${name}`] = document;
    const attached = attachedPoliciesOf(deploying, role);
    snapshot.attachedPolicies[arn] = ok(
      attached.map((policy) => ({ PolicyName: lastSegment(policy), PolicyArn: policy })),
    );
    for (const policy of [...attached, ...(boundary === undefined ? [] : [boundary])])
      addManagedPolicy(deploying, policy);
  }
}

/** A trust policy. A principal that is not known may be Lambda. */
function trustOf(deploying: Deploying, document: Json | undefined): string {
  const statements = isObject(document) ? objectsOf(document['Statement']) : [];
  const isUndecided = statements.some(
    ({ Principal: principal, Condition: condition }) => hasOpen(principal) || hasOpen(condition),
  );
  return isUndecided && deploying.allowsUndecided()
    ? JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] })
    : documentText(document);
}

interface InlinePolicy {
  name: string;
  document: Read<string>;
}

/** In the role, and in resources that name it. */
function inlinePoliciesOf(deploying: Deploying, role: TemplateResource): InlinePolicy[] {
  const inside = listOf(role.properties['Policies']).map((policy, index) =>
    isObject(policy)
      ? {
          name: textOf(policy['PolicyName']) ?? `policy-${index}`,
          document: ok(documentText(policy['PolicyDocument'])),
        }
      : { name: `policy-${index}`, document: knownAfterDeployment('iam', 'GetRolePolicy', role.address) },
  );
  return [...inside, ...policiesFor(deploying, role)];
}

type NamedRole = Pick<TemplateResource, 'id' | 'arn'>;

/** Inline policies in resources that name the role. A policy that a condition may leave out is not known. */
export const policiesFor = (deploying: Deploying, role: NamedRole): InlinePolicy[] =>
  deploying
    .all('AWS::IAM::Policy', 'AWS::IAM::RolePolicy')
    .filter(({ properties }) => [...textsOf(properties['Roles']), ...textsOf(properties['RoleName'])].includes(role.id))
    .map((policy) => ({
      name: textOf(policy.properties['PolicyName']) ?? policy.id,
      document: policy.isCertain
        ? ok(documentText(policy.properties['PolicyDocument']))
        : knownAfterDeployment('iam', 'GetRolePolicy', policy.address),
    }));

/** Policies that other resources attach to the role. */
export const attachedTo = (deploying: Deploying, role: NamedRole): string[] => [
  ...deploying
    .all('AWS::IAM::ManagedPolicy')
    .filter(({ properties }) => textsOf(properties['Roles']).includes(role.id))
    .map(({ id }) => id),
  ...deploying
    .all(policyAttachment)
    .filter(({ properties }) => textsOf(properties['Roles']).some((name) => name === role.id || name === role.arn))
    .flatMap(({ properties }) => textsOf(properties['PolicyArn'])),
];

const attachedPoliciesOf = (deploying: Deploying, role: TemplateResource): string[] => [
  ...new Set([...textsOf(role.properties['ManagedPolicyArns']), ...attachedTo(deploying, role)]),
];

/** A policy outside the input stays unread, unless AWS manages it and its content is known. */
export function addManagedPolicy(deploying: Deploying, arn: string): void {
  const { managedPolicies } = deploying.snapshot;
  const policy = deploying.find(arn, 'AWS::IAM::ManagedPolicy');
  const managed = awsManagedPolicy(arn);
  if (policy !== undefined)
    managedPolicies[arn] = policy.isCertain
      ? ok(documentText(policy.properties['PolicyDocument']))
      : knownAfterDeployment('iam', 'GetPolicyVersion', policy.address);
  else if (managed !== undefined) managedPolicies[arn] ??= ok(managed);
  else if (managedPolicies[arn] === undefined && mayAllow(arn))
    managedPolicies[arn] = ok(
      JSON.stringify({
        Statement: deploying.allowsUndecided() ? [{ Effect: 'Allow', Action: '*', Resource: '*' }] : [],
      }),
    );
}

/** Policies that AWS manages allow; the few that deny say so in their name (AWS Managed Policy Reference). */
const mayAllow = (arn: string): boolean => /^arn:[\w-]+:iam::aws:policy\//.test(arn) && !/Deny|Quarantine/.test(arn);

/** A policy as IAM stores it. Templates may also write it as text. */
export const documentText = (document: Json | undefined): string =>
  typeof document === 'string' ? document : JSON.stringify(document ?? {});
