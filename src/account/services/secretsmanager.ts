/** The client and its operations that this tool calls; imported on first use. */
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
