/** The client and its operations that this tool calls; imported on first use. */
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';

export { CloudWatchClient as Client };
export const commands = {
  GetMetricData: GetMetricDataCommand,
};
