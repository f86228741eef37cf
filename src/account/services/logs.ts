/** The client and the operations of it that this tool calls; imported when first needed. */
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';

export { CloudWatchLogsClient as Client };
export const commands = {
  FilterLogEvents: FilterLogEventsCommand,
};
