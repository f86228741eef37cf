/** The client and the operations of it that this tool calls; imported when first needed. */
import { Route53Client, ListHostedZonesByVPCCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';

export { Route53Client as Client };
export const commands = {
  ListHostedZonesByVPC: ListHostedZonesByVPCCommand,
  ListResourceRecordSets: ListResourceRecordSetsCommand,
};
