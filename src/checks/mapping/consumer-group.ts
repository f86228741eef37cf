import { consumerGroupPattern } from '../../aws/limits.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { MeasuredMetric } from '../../subject/facts/metrics.js';
import { nextGroup, shared } from './support/shared-group.js';
import { recreate } from '../support/recreate.js';
import { defineCheck, fail, pass, warn, type Evidence as EvidenceLine } from '../define.js';

interface Evidence {
  mapping: Mapping;
  now: Date;
  /** A group that no other mapping uses. */
  other: string;
  title: string;
  lines: EvidenceLine[];
}

const groupOf = (mapping: Mapping): string =>
  mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? mapping.UUID;

/** A datapoint from before the mapping's creation: the group already had committed offsets on this topic. */
const committedBefore = (lag: readonly MeasuredMetric[], mapping: Mapping): boolean =>
  lag.some(
    ({ name, timestamps }) =>
      name === 'SumOffsetLag' &&
      timestamps.some((at) => Date.parse(at) < Date.parse(mapping.LastModified ?? '9999-12-31')),
  );

export default defineCheck({
  id: 'mapping.consumer-group',
  title: 'The consumer group ID is not valid or is shared with another mapping',
  severity: 'error',
  stage: 'mapping',
  indicator: 'another mapping has the same ConsumerGroupId',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-consumer-group-id.html',
    'https://docs.aws.amazon.com/lambda/latest/api/API_AmazonManagedKafkaEventSourceConfig.html',
  ],
  needs: ['mapping', 'consumerGroup', 'relatedMappings', 'capturedAt', 'works'],
  mayUse: ['lagMetrics'],
  judge({ mapping, consumerGroup: { id, custom }, relatedMappings, lagMetrics: lag, capturedAt: now, works }) {
    const subject = { mapping, now, other: nextGroup(id) };
    // A working mapping proves that Lambda accepted the id, whatever this tool's pattern says.
    if (!consumerGroupPattern.test(id) && !works)
      return fail<Evidence>({
        ...subject,
        title: `The consumer group ID “${id}” is not valid`,
        lines: [{ resource: mapping.UUID, fact: 'allowed are 1–200 letters, digits, spaces and -/*:_+=.@' }],
      });
    if (!custom) return pass;
    const sharing = relatedMappings.filter((other) => groupOf(other) === id);
    if (sharing.length > 0)
      return warn<Evidence>({
        ...subject,
        title: `The consumer group ${id} is shared with ${sharing.length === 1 ? 'another mapping' : `${sharing.length} other mappings`}`,
        lines: sharing.map((other) => ({ resource: other.UUID, fact: shared(mapping, other) })),
      });
    // Later the mapping's own commits would appear there too.
    return mapping.State === 'Creating' && lag.is === 'known' && committedBefore(lag.value, mapping)
      ? warn<Evidence>({
          ...subject,
          title: `The consumer group ${id} existed before the mapping`,
          lines: [
            {
              resource: mapping.UUID,
              fact: `the group has committed offsets on the topic, so the mapping resumes from them and ignores StartingPosition ${mapping.StartingPosition ?? ''}`,
            },
          ],
        })
      : pass;
  },
  describe: ({ title, lines }) => ({ title, evidence: lines }),
  fixes: ({ mapping, now, other }) => [
    recreate(
      'Recreate one of the mappings with another consumer group (ConsumerGroupId cannot be changed)',
      mapping,
      ['--consumer-group', other],
      { since: 'now', now },
    ),
  ],
});
