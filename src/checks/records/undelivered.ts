import { defineCheck, skip, warn, type Judgement } from '../define.js';
import { countOf, judgeZero, lastTime, quantity } from '../support/counted.js';
import { sendElsewhere } from './support/fixes.js';

/** Up to this many five-minute periods with errors, a destination was late, not unreliable. */
const fewPeriods = 3;

interface Evidence {
  uuid: string;
  destination: string;
  lost: number;
  facts: string[];
}

export default defineCheck({
  id: 'records.undelivered',
  title: 'The on-failure destination does not take the records that failed',
  severity: 'warning',
  stage: 'flow',
  indicator: 'OnFailureDestinationDeliveryErrorCount is above 0, or records are dropped though a destination is set',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html',
  ],
  needs: ['mapping', 'mappingMetrics', 'capturedAt'],
  restsOn: ['mapping.destination', 'access.destination'],
  judge(facts): Judgement<Evidence> {
    const { mapping } = facts;
    const destination = mapping.DestinationConfig?.OnFailure?.Destination ?? '';
    if (destination === '') return skip('the mapping has no on-failure destination');
    const errors = countOf(facts, 'OnFailureDestinationDeliveryErrorCount');
    const delivered = countOf(facts, 'OnFailureDestinationDeliveredEventCount');
    // With a destination, Lambda drops records that it could not deliver (AWS: types of metrics for Lambda
    // functions).
    const dropped = countOf(facts, 'DroppedEventCount');
    const lastError = errors.counted.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    // A destination that was late once has received all of them in the end.
    const lateOnly =
      dropped.is === 'read' &&
      errors.counted.length <= fewPeriods &&
      delivered.counted.some(({ at }) => at >= lastError);
    if (dropped.total > 0 || (errors.total > 0 && !lateOnly))
      return warn({
        uuid: mapping.UUID,
        destination,
        lost: dropped.total,
        facts: [
          ...(dropped.total > 0
            ? [
                `DroppedEventCount is ${Math.round(dropped.total)}, last at ${lastTime(dropped)}: these records are lost`,
              ]
            : []),
          ...(errors.total > 0
            ? [`OnFailureDestinationDeliveryErrorCount is ${Math.round(errors.total)}, last at ${lastTime(errors)}`]
            : []),
          ...(delivered.is === 'read' ? [`it took ${quantity(delivered.total, 'record')} in the same time`] : []),
        ],
      });
    return judgeZero(facts, [dropped, errors], 'EventCount', 'ErrorCount');
  },
  describe: ({ destination, lost, facts }) => ({
    title:
      lost > 0
        ? `The on-failure destination did not take ${quantity(lost, 'record')} in the last hour`
        : 'Deliveries to the on-failure destination fail',
    evidence: facts.map((fact) => ({ resource: destination, fact })),
  }),
  fixes: ({ uuid }) => [
    {
      title: 'Check that the destination’s own policy and its key let the execution role write',
      safety: 'by-hand',
      changes: [],
    },
    sendElsewhere(uuid, 'Or name another destination'),
  ],
});
