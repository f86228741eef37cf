/** The client and the operations of it that this tool calls; imported when first needed. */
import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';

export { STSClient as Client };
export const commands = {
  GetCallerIdentity: GetCallerIdentityCommand,
};
