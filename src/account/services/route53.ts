/** The client and its operations that this tool calls; imported on first use. */
import { Route53Client, ListHostedZonesByVPCCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';

export { Route53Client as Client };
export const commands = {
  ListHostedZonesByVPC: ListHostedZonesByVPCCommand,
  ListResourceRecordSets: ListResourceRecordSetsCommand,
};
