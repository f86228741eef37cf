/** The client and its operations that this tool calls; imported on first use. */
import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';

export { STSClient as Client };
export const commands = {
  GetCallerIdentity: GetCallerIdentityCommand,
};
