/** A CloudWatch alarm as data: its form as a call, in CloudFormation and in Terraform follows from it. */

export interface Alarm {
  /** Unique in the account and region: it names function, topic and mapping. */
  name: string;
  /** One sentence: when it goes off and where to look. */
  description: string;
  metric: {
    name: string;
    /** Dimension name → value. */
    dimensions: Record<string, string>;
    statistic: 'Sum' | 'Maximum' | 'SampleCount';
  };
  comparison: 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold';
  threshold: number;
  /** Seconds. */
  period: number;
  /** Datapoints that are looked at, and how many of them must breach. */
  periods: number;
  toAlarm: number;
  /** Whether times without datapoints count as a breach. */
  missing: 'breaching' | 'notBreaching';
}

/** The namespace of all metrics of functions and mappings. */
export const namespace = 'AWS/Lambda';

/** The input of PutMetricAlarm (API reference: PutMetricAlarm). */
export const alarmInput = (alarm: Alarm, actions: readonly string[]) => ({
  AlarmName: alarm.name,
  AlarmDescription: alarm.description,
  Namespace: namespace,
  MetricName: alarm.metric.name,
  Dimensions: Object.entries(alarm.metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
  Statistic: alarm.metric.statistic,
  ComparisonOperator: alarm.comparison,
  Threshold: alarm.threshold,
  Period: alarm.period,
  EvaluationPeriods: alarm.periods,
  DatapointsToAlarm: alarm.toAlarm,
  TreatMissingData: alarm.missing,
  ...(actions.length === 0 ? {} : { AlarmActions: [...actions], OKActions: [...actions] }),
});

export type AlarmInput = ReturnType<typeof alarmInput>;
