/** The client and the operations of it that this tool calls; imported when first needed. */
import { GlueClient, GetRegistryCommand } from '@aws-sdk/client-glue';

export { GlueClient as Client };
export const commands = {
  GetRegistry: GetRegistryCommand,
};
