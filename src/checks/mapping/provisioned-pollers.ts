import {
  defaultPollers,
  inWords,
  isOutside,
  maximumPollers,
  minimumPollers,
  pollerGroupPattern,
} from '../../aws/limits.js';
import { valueOrNull } from '../../subject/fact.js';
import { setPollers, withinRange, type PollerChange } from '../support/poller-limits.js';
import { defineCheck, fail, pass, skip, warn } from '../define.js';
import { hasProvisionedPollers } from '../../snapshot/provisioned.js';

interface Evidence extends PollerChange {
  facts: string[];
}

export default defineCheck({
  id: 'mapping.provisioned-pollers',
  title: 'The minimum or maximum event pollers are not valid or exceed the partitions',
  severity: 'error',
  stage: 'mapping',
  indicator: 'MinimumPollers is greater than MaximumPollers, or greater than the number of partitions',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html',
    'https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html',
  ],
  needs: ['mapping', 'topic'],
  mayUse: ['topicPartitions'],
  judge({ mapping, topic, topicPartitions }) {
    if (!hasProvisionedPollers(mapping)) return skip('the mapping is in on-demand mode');
    const { MinimumPollers: least, MaximumPollers: most, PollerGroupName: group } = mapping.ProvisionedPollerConfig!;
    const wrong = [
      ...(isOutside(least, minimumPollers)
        ? [`MinimumPollers is ${least}; the valid range is ${inWords(minimumPollers)}`]
        : []),
      ...(isOutside(most, maximumPollers)
        ? [`MaximumPollers is ${most}; the valid range is ${inWords(maximumPollers)}`]
        : []),
      ...(least !== undefined && most !== undefined && least > most
        ? [`MinimumPollers ${least} is greater than MaximumPollers ${most}`]
        : []),
      ...(group !== undefined && !pollerGroupPattern.test(group)
        ? [`PollerGroupName “${group}” is not valid; it has up to 128 letters, digits, - and _`]
        : []),
    ];
    if (wrong.length > 0)
      return fail<Evidence>({
        uuid: mapping.UUID,
        facts: wrong,
        pollers: withinRange(mapping.ProvisionedPollerConfig!, valueOrNull(topicPartitions)),
        before: null,
      });
    // Pollers above the maximum are never started; those of the minimum always are, and are billed.
    const partitions = valueOrNull(topicPartitions);
    if (partitions !== null && least !== undefined && least > partitions)
      return warn<Evidence>({
        uuid: mapping.UUID,
        facts: [
          `MinimumPollers is ${least}; topic ${topic} has ${partitions} partitions. Pollers beyond the number of partitions read nothing, but are billed`,
        ],
        pollers: { MinimumPollers: partitions, MaximumPollers: most ?? defaultPollers.maximum },
        before: { MinimumPollers: least, MaximumPollers: most ?? defaultPollers.maximum },
      });
    return pass;
  },
  describe: ({ uuid, facts, before }: Evidence) => ({
    title:
      before === null
        ? 'The minimum and maximum event pollers are not valid'
        : 'The mapping has more minimum event pollers than its topic has partitions',
    evidence: facts.map((fact) => ({ resource: uuid, fact })),
  }),
  fixes: setPollers,
});
