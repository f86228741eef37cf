import { defineCheck, warn, type Judgement } from '../define.js';
import { countOf, countsOf, judgeZero, lastTime, quantity } from '../support/counted.js';
import { limitsOf, linesOf, retryWithoutLimit, type Dropped } from './support/dropped.js';
import { readFunctionLog, sendElsewhere } from './support/fixes.js';

export default defineCheck({
  id: 'records.dropped',
  title: 'Lambda discarded records after the last retry or at the maximum age',
  severity: 'warning',
  stage: 'flow',
  indicator: 'DroppedEventCount or OnFailureDestinationDeliveredEventCount of the mapping is above 0',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html',
  ],
  needs: ['mapping', 'capturedAt'],
  mayUse: ['mappingMetrics'],
  judge(uncertain): Judgement<Dropped> {
    const { mapping } = uncertain;
    const facts = countsOf(uncertain, 'EventCount');
    if ('status' in facts) return facts;
    const dropped = countOf(facts, 'DroppedEventCount');
    // AWS counts delivered and dropped records separately (types of metrics for Lambda functions).
    const delivered = countOf(facts, 'OnFailureDestinationDeliveredEventCount');
    if (dropped.total + delivered.total > 0)
      return warn({
        uuid: mapping.UUID,
        functionArn: mapping.FunctionArn,
        dropped: dropped.total,
        droppedAt: lastTime(dropped),
        delivered: delivered.total,
        deliveredAt: lastTime(delivered),
        destination: mapping.DestinationConfig?.OnFailure?.Destination ?? '',
        limits: limitsOf(mapping),
      });
    return judgeZero(facts, [dropped, delivered], 'EventCount');
  },
  describe: (evidence) => ({
    title:
      evidence.dropped > 0
        ? `Lambda dropped ${quantity(evidence.dropped, 'record')} in the last hour${evidence.destination === '' ? '; no on-failure destination keeps them' : ''}`
        : `${quantity(evidence.delivered, 'record')} failed in the last hour and ${Math.round(evidence.delivered) === 1 ? 'was' : 'were'} sent to the on-failure destination`,
    evidence: linesOf(evidence),
  }),
  fixes: ({ uuid, functionArn, destination, limits }) => [
    readFunctionLog(functionArn),
    ...(destination === ''
      ? [sendElsewhere(uuid, 'Configure an on-failure destination, so that failed records are kept')]
      : []),
    ...(Object.keys(limits).length === 0 || destination !== '' ? [] : [retryWithoutLimit(uuid, limits)]),
  ],
});
