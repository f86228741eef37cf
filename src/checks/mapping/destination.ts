/** Judged in src/checks/mapping/support/destination-judgement.ts. */
import { parseArn } from '../../aws/arn.js';
import { defineCheck, fail, skip, warn, type Judgement } from '../define.js';
import { judgeArn, judgeTopic } from './support/destination-judgement.js';
import { retrySettings } from './support/retry-settings.js';
import { hasProvisionedPollers } from '../../snapshot/provisioned.js';
import { endlessRetries, fixDestination, fixEndlessRetries, fixRetries } from './support/destination-fixes.js';
import type { Fix } from '../../fixes/fix.js';

interface Evidence {
  uuid: string;
  title: string;
  destination: string;
  facts: string[];
  kind?: 'not-a-destination';
  fixes: Fix[];
}

export default defineCheck({
  id: 'mapping.destination',
  title: 'The on-failure destination is not valid, or the retry settings do not match it',
  severity: 'error',
  stage: 'flow',
  indicator: 'the ARN in DestinationConfig does not exist, is a FIFO queue, or is in another region',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html',
  ],
  needs: ['mapping', 'eventSource', 'topic', 'works'],
  mayUse: ['destination', 'topics'],
  judge({ mapping, destination: read, topics, eventSource, topic, works }): Judgement<Evidence> {
    const destination = mapping.DestinationConfig?.OnFailure?.Destination ?? '';
    const onDemand = !hasProvisionedPollers(mapping);
    const evidence = { uuid: mapping.UUID, destination, fixes: [] };
    const answer =
      destination === ''
        ? skip('the mapping has no on-failure destination')
        : destination.startsWith('kafka://')
          ? judgeTopic(destination, { topic, topics, works, onDemand })
          : judgeArn(destination, eventSource.region, read);
    if ('kind' in answer)
      return fail({
        ...evidence,
        title: `The on-failure destination ${nameOf(destination)} ${answer.short}`,
        facts: [answer.fact],
        kind: 'not-a-destination',
        fixes: fixDestination(mapping, destination, answer.kind, eventSource.arn),
      });
    const limits = onDemand ? retrySettings(mapping) : [];
    if (answer.status === 'undecided') return answer;
    if (limits.length > 0)
      return warn({
        ...evidence,
        title: 'Retry limits are set, but the mapping is not in provisioned mode',
        facts: [`${limits.join(', ')} ${limits.length === 1 ? 'has' : 'have'} no effect in on-demand mode`],
        fixes: fixRetries(mapping),
      });
    // AWS: error handling controls for Kafka event sources.
    return destination !== '' && !onDemand && mapping.MaximumRetryAttempts === -1
      ? warn({ ...evidence, ...endlessRetries, fixes: fixEndlessRetries(mapping, destination) })
      : answer;
  },
  describe: ({ uuid, title, destination, facts }) => ({
    title,
    evidence: facts.map((fact) => ({ resource: destination === '' ? uuid : destination, fact })),
  }),
  kind: ({ kind }) => kind,
  fixes: ({ fixes }) => fixes,
});

/** A queue or topic by its name. */
const nameOf = (destination: string): string => parseArn(destination)?.resource ?? destination;
