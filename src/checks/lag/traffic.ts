import { defineCheck, pass, skip, warn } from '../define.js';

export default defineCheck({
  id: 'lag.traffic',
  title: 'Nobody produces to the topic',
  severity: 'info',
  stage: 'flow',
  indicator: 'MessagesInPerSec of the topic is 0',
  docs: ['https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html'],
  needs: ['eventSource', 'topic', 'lagMetrics'],
  judge({ eventSource, topic, lagMetrics }) {
    const produced = lagMetrics.filter((metric) => metric.name === 'MessagesInPerSec' && metric.values.length > 0);
    if (produced.length === 0) return skip('the cluster’s monitoring level shows no metrics by topic');
    return produced.some((metric) => metric.values.some((value) => value > 0))
      ? pass
      : warn({ cluster: eventSource.arn, topic });
  },
  describe: ({ cluster, topic }) => ({
    title: `Nobody produced to ${topic} in the last hour`,
    evidence: [{ resource: cluster, fact: 'MessagesInPerSec of the topic is 0: “No records processed” is no fault' }],
  }),
});
