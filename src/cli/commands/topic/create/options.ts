import { accountOptions, changeOptions, outputOptions, shellOptions } from '../../../shared-options.js';
import { integer, pair, positive } from '../../../option-values.js';
import { option, type OptionsOf } from '../../../typed-option.js';

const required = { group: 'Required' } as const;
const mostPartitions = 1_000_000;
const mostReplicas = 100;

export const topicCreateOptions = () => [
  option('--topic <name>', 'name of the topic', required),
  option('--partitions <number>', 'number of partitions', { ...required, parse: integer(1, mostPartitions) }),
  option('--replication-factor <number>', 'copies of each record; at most the number of brokers', {
    ...required,
    parse: integer(1, mostReplicas),
  }),
  option('--config <name=value>', 'topic configuration, such as retention.ms=604800000; repeatable', {
    parse: pair,
  }),
  option('--no-wait', 'do not wait until the topic is active'),
  option('--wait-timeout <seconds>', 'maximum time to wait', { default: 300, parse: positive('seconds') }),
  ...changeOptions(),
  ...accountOptions(),
  ...shellOptions(),
  ...outputOptions({ quiet: 'print only the name of the topic' }),
];

export type TopicCreateOptions = OptionsOf<typeof topicCreateOptions>;
