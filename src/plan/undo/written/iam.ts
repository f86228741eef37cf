/** What changes of roles and policies write. */
import { isOk, mapRead, type Read } from '../../../snapshot/read.js';
import { canonicalPolicy } from './canonical-policy.js';
import { valueOf, type Ask, type Input, type WrittenPart, type WrittenParts } from './written-part.js';

const inlinePolicy = (after: WrittenPart['after']): WrittenPart => ({
  read: (ask, { RoleName, PolicyName }) =>
    valueOf(ask.call('iam', 'GetRolePolicy', { RoleName, PolicyName }), ({ PolicyDocument: document }) =>
      canonicalPolicy(document),
    ),
  after,
});

const attachment = (isAttached: boolean): WrittenPart => ({
  read: (ask, { RoleName, PolicyArn }) =>
    valueOf(ask.pages('iam', 'ListAttachedRolePolicies', { RoleName }), (policies) =>
      (policies as { PolicyArn?: string }[]).some((policy) => policy.PolicyArn === PolicyArn),
    ),
  after: () => isAttached,
});

export const iam: WrittenParts = {
  PutRolePolicy: inlinePolicy(({ PolicyDocument: document }) => canonicalPolicy(document)),
  DeleteRolePolicy: inlinePolicy(() => null),
  AttachRolePolicy: attachment(true),
  DetachRolePolicy: attachment(false),
  UpdateAssumeRolePolicy: {
    read: (ask, { RoleName }) =>
      valueOf(ask.call('iam', 'GetRole', { RoleName }), ({ Role: role }) =>
        canonicalPolicy((role as { AssumeRolePolicyDocument?: string } | undefined)?.AssumeRolePolicyDocument),
      ),
    after: ({ PolicyDocument: document }) => canonicalPolicy(document),
  },
  // Of a managed policy, the version that is in force.
  CreatePolicyVersion: {
    read: readDefaultVersion,
    after: ({ PolicyDocument: document, SetAsDefault: isDefault }) =>
      isDefault === true ? { document: canonicalPolicy(document) } : undefined,
  },
  SetDefaultPolicyVersion: { read: readDefaultVersion, after: ({ VersionId: version }) => ({ version }) },
};

/** The id of the version of a managed policy that is in force. */
export const defaultVersionOf = async (ask: Ask, PolicyArn: unknown): Promise<Read<string>> =>
  mapRead(await ask.call('iam', 'GetPolicy', { PolicyArn }), ({ Policy: policy }) =>
    String((policy as { DefaultVersionId?: string } | undefined)?.DefaultVersionId),
  );

async function readDefaultVersion(ask: Ask, { PolicyArn }: Input): Promise<Read<unknown>> {
  const version = await defaultVersionOf(ask, PolicyArn);
  if (!isOk(version)) return version;
  return valueOf(
    ask.call('iam', 'GetPolicyVersion', { PolicyArn, VersionId: version.value }),
    ({ PolicyVersion: { Document: document } = {} }: { PolicyVersion?: { Document?: string } }) => ({
      document: canonicalPolicy(document),
      version: version.value,
    }),
  );
}
