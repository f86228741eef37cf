import { defineCheck, skip, warn, type Judgement } from '../define.js';
import { countOf, countsOf, judgeZero, lastTime, quantity } from '../support/counted.js';
import { ownCommand } from '../../fixes/own-command.js';
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
  title: 'Lambda cannot deliver failed records to the on-failure destination',
  severity: 'warning',
  stage: 'flow',
  indicator: 'OnFailureDestinationDeliveryErrorCount is above 0, or records are dropped although a destination is set',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html',
  ],
  needs: ['mapping', 'capturedAt'],
  mayUse: ['mappingMetrics'],
  restsOn: ['mapping.destination', 'access.destination'],
  judge(uncertain): Judgement<Evidence> {
    const { mapping } = uncertain;
    const destination = mapping.DestinationConfig?.OnFailure?.Destination ?? '';
    if (destination === '') return skip('the mapping has no on-failure destination');
    const facts = countsOf(uncertain, 'EventCount', 'ErrorCount');
    if ('status' in facts) return facts;
    const errors = countOf(facts, 'OnFailureDestinationDeliveryErrorCount');
    const delivered = countOf(facts, 'OnFailureDestinationDeliveredEventCount');
    // Lambda drops records that a destination does not take (AWS: types of metrics for Lambda functions).
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
            ? [`DroppedEventCount: ${Math.round(dropped.total)}, last at ${lastTime(dropped)} (these records are lost)`]
            : []),
          ...(errors.total > 0
            ? [`OnFailureDestinationDeliveryErrorCount: ${Math.round(errors.total)}, last at ${lastTime(errors)}`]
            : []),
          ...(delivered.is === 'read'
            ? [`OnFailureDestinationDeliveredEventCount: ${Math.round(delivered.total)} in the same hour`]
            : []),
        ],
      });
    return judgeZero(facts, [dropped, errors], 'EventCount', 'ErrorCount');
  },
  describe: ({ destination, lost, facts }) => ({
    title:
      lost > 0
        ? `Lambda lost ${quantity(lost, 'record')} in the last hour: delivery to ${destination} failed`
        : `Deliveries of failed records to ${destination} fail`,
    evidence: facts.map((fact) => ({ resource: destination, fact })),
  }),
  fixes: ({ uuid }) => [
    {
      title: 'Check that the destination’s resource policy and KMS key policy allow the execution role to write',
      safety: 'by-hand',
      changes: [],
      commands: [ownCommand('inspect', uuid)],
    },
    sendElsewhere(uuid, 'Use another on-failure destination'),
  ],
});
