/** The condition keys of the calls that Lambda makes with an execution role, as far as they are known. */
import type { Role } from '../snapshot/resources/index.js';
import type { Context } from './context.js';
import { arnFields } from './pattern.js';

/**
 * Keys of every call with the role's credentials. Null: never in such a request. What is not listed is not known:
 * where the call comes from (`aws:SourceVpc`, `aws:SourceIp`), the organization, tags of resources.
 */
export function roleContext({ roleArn, role, region, at }: { roleArn: string; role: Role; region: string; at: Date }): Context {
  const tags = role.Tags.flatMap(({ Key, Value }) => (Key === undefined ? [] : [[`aws:PrincipalTag/${Key}`, Value ?? ''] as const]));
  return {
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalAccount': arnFields(roleArn)[4] ?? null,
    'kms:CallerAccount': arnFields(roleArn)[4] ?? null,
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:RequestedRegion': region,
    'aws:SecureTransport': 'true',
    'aws:CurrentTime': at.toISOString(),
    'aws:EpochTime': String(Math.floor(at.getTime() / 1000)),
    'aws:MultiFactorAuthPresent': null,
    'aws:MultiFactorAuthAge': null,
    'aws:SourceIdentity': null,
    'aws:FederatedProvider': null,
    'aws:username': null,
    'aws:PrincipalTag/*': null,
    ...Object.fromEntries(tags),
  };
}

/**
 * Keys of a call that the Lambda service makes as itself: assuming the role, or past an endpoint. It has no
 * principal in the organization, sends no source identity, no external id and no second factor (AWS: network
 * security of Kafka event sources). Whether it sends aws:SourceArn and aws:SourceAccount is not documented.
 */
export function serviceContext({ region, at }: { region: string; at: Date }): Context {
  return {
    'aws:PrincipalIsAWSService': 'true',
    'aws:PrincipalServiceName': 'lambda.amazonaws.com',
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
    'aws:MultiFactorAuthPresent': null,
    'aws:MultiFactorAuthAge': null,
    'aws:SourceIdentity': null,
    'sts:SourceIdentity': null,
    'sts:ExternalId': null,
  };
}
