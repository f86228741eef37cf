/** The CloudWatch alarms of an account in memory: none at the start. */
import type { Answers, Input } from '../answers.js';

export function alarmBook(): Answers {
  const alarms = new Map<string, Input>();
  return {
    DescribeAlarms: ({ AlarmNames: names }) => ({
      MetricAlarms: [...alarms.values()].filter(
        ({ AlarmName: name }) => names === undefined || (names as unknown[]).includes(name),
      ),
    }),
    PutMetricAlarm: (input) => {
      alarms.set(String(input['AlarmName']), input);
      return {};
    },
  };
}
