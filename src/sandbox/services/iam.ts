import { isOk } from '../../snapshot/read.js';
import type { Role } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { valueOrError, type Answers } from '../answers.js';

const gone = 'NoSuchEntityException';
const version = 'v1';

/** IAM returns documents URL-encoded. */
const encoded = (document: string | undefined) => (document === undefined ? undefined : encodeURIComponent(document));
const arnOf = (snapshot: Snapshot, name: unknown): string =>
  Object.keys(snapshot.roles).find((arn) => arn.endsWith(`/${String(name)}`)) ?? String(name);
const roleAnswer = (role: Role) => ({
  ...role,
  CreateDate: new Date(role.CreateDate ?? 0),
  AssumeRolePolicyDocument: encoded(role.AssumeRolePolicyDocument),
});

export const iam: Answers = {
  GetRole: ({ RoleName: name }, snapshot) => ({
    Role: roleAnswer(valueOrError(snapshot.roles, arnOf(snapshot, name), gone)),
  }),
  ListRolePolicies: ({ RoleName: name }, snapshot) => ({
    PolicyNames: valueOrError(snapshot.inlinePolicyNames, arnOf(snapshot, name), gone),
  }),
  GetRolePolicy: ({ RoleName: name, PolicyName: policy }, snapshot) => ({
    RoleName: name,
    PolicyName: policy,
    PolicyDocument: encoded(valueOrError(snapshot.inlinePolicies, `${arnOf(snapshot, name)}#${String(policy)}`, gone)),
  }),
  ListAttachedRolePolicies: ({ RoleName: name }, snapshot) => ({
    AttachedPolicies: valueOrError(snapshot.attachedPolicies, arnOf(snapshot, name), gone),
  }),
  GetAccountAuthorizationDetails: (_, snapshot) => ({
    RoleDetailList: Object.values(snapshot.roles).flatMap((read) => {
      const names = isOk(read) ? snapshot.inlinePolicyNames[read.value.Arn] : undefined;
      const attached = isOk(read) ? snapshot.attachedPolicies[read.value.Arn] : undefined;
      if (!isOk(read) || names === undefined || !isOk(names) || attached === undefined || !isOk(attached)) return [];
      const { Arn: arn } = read.value;
      return [
        {
          ...roleAnswer(read.value),
          RolePolicyList: names.value.map((PolicyName) => ({
            PolicyName,
            PolicyDocument: encoded(valueOrError(snapshot.inlinePolicies, `${arn}#${PolicyName}`, gone)),
          })),
          AttachedManagedPolicies: attached.value,
        },
      ];
    }),
    Policies: Object.entries(snapshot.managedPolicies).flatMap(([Arn, read]) =>
      isOk(read)
        ? [
            {
              Arn,
              DefaultVersionId: version,
              PolicyVersionList: [{ VersionId: version, IsDefaultVersion: true, Document: encoded(read.value) }],
            },
          ]
        : [],
    ),
  }),
};
