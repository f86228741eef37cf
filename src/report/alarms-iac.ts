/** Alarms as commands, as a CloudFormation template and as Terraform. */
import { alarmInput, namespace, type Alarm } from '../alarms/alarm.js';
import { renderCli, type CliPlace } from '../fixes/render-cli.js';
import { inShell, type Shell } from '../text/shells.js';
import { hclBlock } from './plan-formats/hcl.js';
import { toYaml } from './yaml.js';

/** One command a line. */
export const alarmsAsCli = (
  alarms: readonly Alarm[],
  actions: readonly string[],
  { shell, ...flags }: CliPlace & { shell: Shell },
): string =>
  alarms
    .map((alarm) =>
      inShell(
        renderCli({ service: 'cloudwatch', operation: 'PutMetricAlarm', input: alarmInput(alarm, actions) }, flags),
        shell,
      ),
    )
    .join('\n');

/** Logical ids consist of letters and digits: the words of the name, capitalized. */
const logicalId = ({ name }: Alarm): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');

export const alarmsAsCloudFormation = (alarms: readonly Alarm[], actions: readonly string[]): string =>
  toYaml({
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: Object.fromEntries(
      alarms.map((alarm) => [
        logicalId(alarm),
        { Type: 'AWS::CloudWatch::Alarm', Properties: alarmInput(alarm, actions) },
      ]),
    ),
  });

export const alarmsAsTerraform = (alarms: readonly Alarm[], actions: readonly string[]): string =>
  alarms
    .map((alarm) =>
      hclBlock(
        ['resource', 'aws_cloudwatch_metric_alarm', alarm.name.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase()],
        {
          alarm_name: alarm.name,
          alarm_description: alarm.description,
          namespace,
          metric_name: alarm.metric.name,
          statistic: alarm.metric.statistic,
          comparison_operator: alarm.comparison,
          threshold: alarm.threshold,
          period: alarm.period,
          evaluation_periods: alarm.periods,
          datapoints_to_alarm: alarm.toAlarm,
          treat_missing_data: alarm.missing,
          alarm_actions: actions.length === 0 ? undefined : actions,
          ok_actions: actions.length === 0 ? undefined : actions,
        },
        ['', `dimensions = ${dimensions(alarm)}`],
      ),
    )
    .join('\n\n');

const dimensions = ({ metric }: Alarm): string =>
  hclBlock(['dimensions'], metric.dimensions).replace(/^dimensions /, '');
