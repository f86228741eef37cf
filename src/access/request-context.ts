/** The known condition keys of the calls that Lambda makes with an execution role. */
import { lambdaPrincipal } from '../aws/partitions.js';
import { accountOf } from '../aws/arn.js';
import type { Role } from '../snapshot/resources/index.js';
import type { Context } from './context.js';

/**
 * AWS documents the key for temporary credentials, but not whether those that a service obtains have it (IAM user
 * guide: global condition keys).
 */
const noSecondFactor = { among: [null, 'false'] };

/** The maximum age of a role session (IAM user guide: maximum session duration). */
const longestSession = 12 * 3_600_000;

/**
 * Keys of calls that a service makes as itself, never with a role (IAM user guide: global condition keys, properties
 * of the request).
 */
const onlyOfServices = {
  'aws:SourceArn': null,
  'aws:SourceAccount': null,
  'aws:SourceOrgID': null,
  'aws:SourceOrgPaths': null,
  'aws:PrincipalServiceName': null,
  'aws:PrincipalServiceNamesList': null,
} satisfies Context;

/** Keys of credentials that an EC2 instance received (IAM user guide: global condition keys; EC2 condition keys). */
const onlyOfInstances = {
  'ec2:RoleDelivery': null,
  'ec2:SourceInstanceArn': null,
  'aws:Ec2InstanceSourceVpc': null,
  'aws:Ec2InstanceSourcePrivateIPv4': null,
} satisfies Context;

/** A call with the credentials of a role is no call on behalf of a principal (IAM user guide: aws:ViaAWSService). */
const directly = {
  'aws:ViaAWSService': 'false',
  'aws:CalledVia': null,
  'aws:CalledViaFirst': null,
  'aws:CalledViaLast': null,
} satisfies Context;

const notKnown = { among: [] };

/** For a call that another service makes on behalf of the role. AWS does not document which services set the keys. */
export const onBehalf: Context = {
  'aws:ViaAWSService': notKnown,
  'aws:CalledVia': notKnown,
  'aws:CalledViaFirst': notKnown,
  'aws:CalledViaLast': notKnown,
};

/** For a call that creates a resource: Lambda may tag it. */
export const perhapsTagging: Context = { 'aws:RequestTag/*': notKnown, 'aws:TagKeys': notKnown };

/**
 * Keys of every call with the role's credentials. Null: never in such a request. Anything else is unknown: the
 * origin of the call (`aws:SourceVpc`, `aws:SourceIp`), the organization, tags of resources.
 */
export function roleContext(session: RoleSession): Context {
  const earlier = contexts.get(session.role);
  if (earlier !== undefined && isSame(earlier.session, session)) return earlier.context;
  const context = contextOf(session);
  contexts.set(session.role, { session, context });
  return context;
}

interface RoleSession {
  roleArn: string;
  role: Role;
  region: string;
  at: Date;
}

/** The last context of each role: a thousand mappings of an account share it. */
const contexts = new WeakMap<Role, { session: RoleSession; context: Context }>();

const isSame = (a: RoleSession, b: RoleSession): boolean =>
  a.roleArn === b.roleArn && a.region === b.region && a.at.getTime() === b.at.getTime();

function contextOf({ roleArn, role, region, at }: RoleSession): Context {
  const tags = role.Tags.flatMap(({ Key, Value }) =>
    Key === undefined ? [] : [[`aws:PrincipalTag/${Key}`, Value ?? ''] as const],
  );
  return {
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalAccount': accountOf(roleArn),
    'kms:CallerAccount': accountOf(roleArn),
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    ...onlyOfServices,
    ...onlyOfInstances,
    ...directly,
    'aws:RequestTag/*': null,
    'aws:TagKeys': null,
    'aws:RequestedRegion': region,
    'aws:SecureTransport': 'true',
    'aws:CurrentTime': at.toISOString(),
    'aws:EpochTime': String(Math.floor(at.getTime() / 1000)),
    'aws:TokenIssueTime': {
      among: [at.getTime() - longestSession, at.getTime()].map((time) => new Date(time).toISOString()),
    },
    'aws:MultiFactorAuthPresent': noSecondFactor,
    'aws:MultiFactorAuthAge': null,
    'aws:SourceIdentity': null,
    // Lambda adds the function's ARN only to calls of the function's own code (AWS: lambda:SourceFunctionArn).
    'lambda:SourceFunctionArn': null,
    'aws:FederatedProvider': null,
    'aws:username': null,
    'aws:PrincipalTag/*': null,
    ...Object.fromEntries(tags),
  };
}

/** Keys that the resource shows: its owner, where its ARN contains the account. */
export function resourceContext(resource: string): Context {
  const owner = ownerOf(resource);
  return owner === undefined ? {} : { 'aws:ResourceAccount': owner };
}

const ownerOf = (resource: string): string | undefined => /^arn:(?:[^:]*:){3}(\d{12}):/.exec(resource)?.[1];

/** The context of a call on a resource that has no tags; the same object for all resources of an account. */
export function untaggedContext(shared: Context, resource: string): Context {
  const owner = ownerOf(resource);
  const byOwner = untaggedContexts.get(shared) ?? new Map<string | undefined, Context>();
  untaggedContexts.set(shared, byOwner);
  const context = byOwner.get(owner) ?? { ...shared, ...resourceContext(resource), ...untagged };
  byOwner.set(owner, context);
  return context;
}

const untaggedContexts = new WeakMap<Context, Map<string | undefined, Context>>();

/** Topics and groups have no tags, not even their cluster's (service authorization reference: Apache Kafka APIs for MSK clusters). */
export const untagged: Context = { 'aws:ResourceTag/*': null };

/** The account for which Lambda assumes a role (AWS: AWS managed policies in the execution role). */
export const sourceAccountContext = (roleArn: string): Context => ({ 'aws:SourceAccount': accountOf(roleArn) });

/**
 * Keys of a call that the Lambda service makes as itself: assuming the role, or past an endpoint. It has no
 * principal in the organization, sends no source identity, no external id and no second factor (AWS: network
 * security of Kafka event sources). AWS documents aws:SourceArn and aws:SourceAccount for the trust policy of the
 * execution role only, so they are not known here: see sourceAccountContext and evaluateTrust.
 */
export function serviceContext({ region, at }: { region: string; at: Date }): Context {
  return {
    'aws:PrincipalIsAWSService': 'true',
    'aws:PrincipalServiceName': lambdaPrincipal,
    'aws:PrincipalArn': null,
    'aws:PrincipalAccount': null,
    'aws:PrincipalOrgID': null,
    'aws:PrincipalOrgPaths': null,
    'aws:PrincipalTag/*': null,
    'aws:RequestTag/*': null,
    'aws:TagKeys': null,
    'aws:RequestedRegion': region,
    'aws:SecureTransport': 'true',
    'aws:CurrentTime': at.toISOString(),
    'aws:EpochTime': String(Math.floor(at.getTime() / 1000)),
    'aws:MultiFactorAuthPresent': noSecondFactor,
    'aws:MultiFactorAuthAge': null,
    'aws:SourceIdentity': null,
    'sts:SourceIdentity': null,
    'sts:ExternalId': null,
  };
}
