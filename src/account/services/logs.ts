/** The client and its operations that this tool calls; imported on first use. */
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';

export { CloudWatchLogsClient as Client };
export const commands = {
  FilterLogEvents: FilterLogEventsCommand,
};
