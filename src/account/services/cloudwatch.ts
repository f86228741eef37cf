/** The client and its operations that this tool calls; imported on first use. */
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';

export { CloudWatchClient as Client };
export const commands = {
  DescribeAlarms: DescribeAlarmsCommand,
  GetMetricData: GetMetricDataCommand,
  PutMetricAlarm: PutMetricAlarmCommand,
};
