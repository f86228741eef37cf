import { ownCommand } from '../../fixes/own-command.js';
import { manual } from '../support/secret-use.js';
import { defineCheck, pass, skip, warn } from '../define.js';

export default defineCheck({
  id: 'lag.traffic',
  title: 'No producer writes to the topic',
  severity: 'info',
  stage: 'flow',
  indicator: 'MessagesInPerSec of the topic is 0',
  docs: ['https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html'],
  needs: ['eventSource', 'topic', 'lagMetrics'],
  judge({ eventSource, topic, lagMetrics }) {
    const produced = lagMetrics.filter((metric) => metric.name === 'MessagesInPerSec' && metric.values.length > 0);
    if (produced.length === 0) return skip('the cluster’s monitoring level provides no metrics per topic');
    return produced.some((metric) => metric.values.some((value) => value > 0))
      ? pass
      : warn({ cluster: eventSource.arn, topic });
  },
  describe: ({ cluster, topic }) => ({
    title: `No records were written to topic ${topic} in the last hour`,
    evidence: [{ resource: cluster, fact: 'MessagesInPerSec of the topic is 0; “No records processed” is expected' }],
  }),
  fixes: ({ cluster }) => [
    manual('Check the producer, if records are expected', [ownCommand('topic', 'list', cluster)]),
  ],
});
