/** The client and its operations that this tool calls; imported on first use. */
import { GlueClient, GetRegistryCommand } from '@aws-sdk/client-glue';

export { GlueClient as Client };
export const commands = {
  GetRegistry: GetRegistryCommand,
};
