/** The client and the operations of it that this tool calls; imported when first needed. */
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';

export { CloudWatchClient as Client };
export const commands = {
  GetMetricData: GetMetricDataCommand,
};
