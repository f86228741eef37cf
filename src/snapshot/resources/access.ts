import { instant, knownTags, list, maybe, policyText, text, z } from './shape.js';

/** A role, as GetRole returns it. */
export const roleSchema = z.object({
  RoleName: text,
  Arn: text,
  Path: maybe(text),
  RoleId: maybe(text),
  CreateDate: maybe(instant),
  AssumeRolePolicyDocument: maybe(policyText),
  PermissionsBoundary: maybe(z.object({ PermissionsBoundaryArn: maybe(text) })),
  Tags: list(z.object({ Key: maybe(text), Value: maybe(text) })),
});
export type Role = z.infer<typeof roleSchema>;

export const attachedPolicySchema = z.object({ PolicyName: maybe(text), PolicyArn: text });

/** A secret, as DescribeSecret returns it. Its content is never included, nor tags that may hold anything. */
export const secretSchema = z.object({
  ARN: text,
  Name: maybe(text),
  KmsKeyId: maybe(text),
  DeletedDate: maybe(instant),
  LastChangedDate: maybe(instant),
  LastRotatedDate: maybe(instant),
  RotationEnabled: maybe(z.boolean()),
  OwningService: maybe(text),
  PrimaryRegion: maybe(text),
  Tags: knownTags,
});
export type Secret = z.infer<typeof secretSchema>;

/** A key, as DescribeKey returns it. */
export const keySchema = z.object({
  KeyId: text,
  Arn: maybe(text),
  KeyState: maybe(text),
  Enabled: maybe(z.boolean()),
  KeyManager: maybe(text),
  KeySpec: maybe(text),
  KeyUsage: maybe(text),
  DeletionDate: maybe(instant),
});
export type KmsKey = z.infer<typeof keySchema>;

/** The encryption context that Secrets Manager sends to KMS (Secrets Manager user guide: encryption context). */
const encryptionContext = z.object({ SecretARN: maybe(text), SecretVersionId: maybe(text) });
/** A grant on a key, as ListGrants returns it. */
export const keyGrantSchema = z.object({
  GranteePrincipal: maybe(text),
  Operations: list(text),
  Constraints: maybe(
    z.object({ EncryptionContextSubset: maybe(encryptionContext), EncryptionContextEquals: maybe(encryptionContext) }),
  ),
});
export type KeyGrant = z.infer<typeof keyGrantSchema>;

/**
 * Service control policies or resource control policies of an account: from the root to the account, one list per
 * level.
 */
export const organizationPoliciesSchema = z.object({
  levels: list(
    z.object({
      target: text,
      policies: list(z.object({ id: text, name: maybe(text), document: policyText })),
    }),
  ),
});
export type OrganizationPolicies = z.infer<typeof organizationPoliciesSchema>;
