import { accountOptions, changeOptions, outputOptions } from '../../../shared-options.js';
import { integer, pair, positive } from '../../../option-values.js';
import { option, type OptionsOf } from '../../../typed-option.js';

const mostPartitions = 1_000_000;
const mostReplicas = 100;

export const topicCreateOptions = () => [
  option('--topic <name>', 'name of the topic'),
  option('--partitions <number>', 'number of partitions', { parse: integer(1, mostPartitions) }),
  option('--replication-factor <number>', 'copies of each record; at most one a broker', {
    parse: integer(1, mostReplicas),
  }),
  option('--config <name=value>', 'configuration of the topic, `retention.ms=604800000`; may be given several times', {
    parse: pair,
  }),
  option('--no-wait', 'do not wait until the topic is ACTIVE'),
  option('--wait-timeout <seconds>', 'limit for waiting', { default: 300, parse: positive('seconds') }),
  ...changeOptions(),
  ...accountOptions(),
  ...outputOptions(),
];

export type TopicCreateOptions = OptionsOf<typeof topicCreateOptions>;
