/** The client and its operations that this tool calls; imported on first use. */
import {
  IAMClient,
  GetRoleCommand,
  ListRolePoliciesCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetAccountAuthorizationDetailsCommand,
  SimulatePrincipalPolicyCommand,
  PutRolePolicyCommand,
  DeleteRolePolicyCommand,
  AttachRolePolicyCommand,
  DetachRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  CreatePolicyVersionCommand,
} from '@aws-sdk/client-iam';

export { IAMClient as Client };
export const commands = {
  GetRole: GetRoleCommand,
  ListRolePolicies: ListRolePoliciesCommand,
  GetRolePolicy: GetRolePolicyCommand,
  ListAttachedRolePolicies: ListAttachedRolePoliciesCommand,
  GetPolicy: GetPolicyCommand,
  GetPolicyVersion: GetPolicyVersionCommand,
  GetAccountAuthorizationDetails: GetAccountAuthorizationDetailsCommand,
  SimulatePrincipalPolicy: SimulatePrincipalPolicyCommand,
  PutRolePolicy: PutRolePolicyCommand,
  DeleteRolePolicy: DeleteRolePolicyCommand,
  AttachRolePolicy: AttachRolePolicyCommand,
  DetachRolePolicy: DetachRolePolicyCommand,
  UpdateAssumeRolePolicy: UpdateAssumeRolePolicyCommand,
  CreatePolicyVersion: CreatePolicyVersionCommand,
};
