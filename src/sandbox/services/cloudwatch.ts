/** CloudWatch and CloudWatch Logs. */
import { metricKey, type WantedMetric } from '../../snapshot/metrics.js';
import { isOk } from '../../snapshot/read.js';
import { valueOrError, type Answers } from '../answers.js';

interface MetricQuery {
  Id: string;
  MetricStat: {
    Metric: { Namespace: string; MetricName: string; Dimensions: { Name: string; Value: string }[] };
    Stat: string;
  };
}

export const cloudwatch: Answers = {
  GetMetricData: ({ MetricDataQueries: queries, EndTime: end }, snapshot) => ({
    MetricDataResults: (queries as MetricQuery[]).map(({ Id, MetricStat: { Metric: metric, Stat } }) => {
      const wanted: WantedMetric = {
        namespace: metric.Namespace,
        name: metric.MetricName,
        statistic: Stat as WantedMetric['statistic'],
        dimensions: Object.fromEntries(metric.Dimensions.map(({ Name, Value }) => [Name, Value])),
      };
      const read = snapshot.metrics[metricKey(wanted)];
      const { timestamps = [], values = [] } = read !== undefined && isOk(read) ? read.value : {};
      // The account's last hour always ends now.
      const later = new Date(end as string | Date).getTime() - Date.parse(snapshot.capturedAt);
      const Timestamps = timestamps.map((at) => new Date(Date.parse(at) + (Number.isNaN(later) ? 0 : later)));
      return { Id, Timestamps, Values: values, StatusCode: 'Complete' };
    }),
  }),
};

export const logs: Answers = {
  FilterLogEvents: ({ logStreamNamePrefix: prefix }, snapshot) => {
    const uuid = String(prefix).split('/').at(-1)!;
    const read = snapshot.pollerLogs[uuid];
    if (read === undefined) return { events: [] };
    return {
      events: valueOrError(snapshot.pollerLogs, uuid).map((line) => ({
        timestamp: Date.parse(line.timestamp),
        logStreamName: `${String(prefix)}`,
        message: JSON.stringify({
          level: line.level,
          eventType: line.eventType,
          error: { errorCode: line.errorCode, errorMessage: line.errorMessage },
          brokerEndpoints: line.brokers,
          securityProtocol: line.securityProtocol,
          saslMechanism: line.saslMechanism,
          consumerGroupId: line.consumerGroup,
          networkConfig: { subnetCidr: line.subnetCidr, securityGroups: line.securityGroups },
        }),
      })),
    };
  },
};
