/** The client and the operations of it that this tool calls; imported when first needed. */
import {
  SecretsManagerClient,
  DescribeSecretCommand,
  ListSecretsCommand,
  GetSecretValueCommand,
  GetResourcePolicyCommand,
  CreateSecretCommand,
  UpdateSecretCommand,
  RestoreSecretCommand,
  PutSecretValueCommand,
  PutResourcePolicyCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
} from '@aws-sdk/client-secrets-manager';

export { SecretsManagerClient as Client };
export const commands = {
  DescribeSecret: DescribeSecretCommand,
  ListSecrets: ListSecretsCommand,
  GetSecretValue: GetSecretValueCommand,
  GetResourcePolicy: GetResourcePolicyCommand,
  CreateSecret: CreateSecretCommand,
  UpdateSecret: UpdateSecretCommand,
  RestoreSecret: RestoreSecretCommand,
  PutSecretValue: PutSecretValueCommand,
  PutResourcePolicy: PutResourcePolicyCommand,
  DeleteResourcePolicy: DeleteResourcePolicyCommand,
  DeleteSecret: DeleteSecretCommand,
};
