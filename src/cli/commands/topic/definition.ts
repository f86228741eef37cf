import { Argument, InvalidArgumentError } from 'commander';
import { defineCommand } from '../../define.js';
import {
  accountOptions,
  changeOptions,
  integer,
  option,
  outputOptions,
  positive,
  type ChangeOptions,
  type OutputOptions,
  type SourceOptions,
} from '../../options.js';

export interface TopicListOptions extends Omit<SourceOptions, 'snapshot'>, OutputOptions {}

export interface TopicCreateOptions extends Omit<SourceOptions, 'snapshot'>, OutputOptions, ChangeOptions {
  topic?: string;
  partitions?: number;
  replicationFactor?: number;
  config?: Record<string, string>;
  wait: boolean;
  /** Seconds. */
  waitTimeout: number;
}

const mostPartitions = 1_000_000;
const mostReplicas = 100;
const cluster = new Argument('<cluster>', 'cluster, by name or ARN');
const needs =
  'MSK has topics in its API for provisioned clusters on Kafka 3.6 or later; no way to the brokers is needed.';

/** Several, each `name=value`; a value may hold “=” and “,”. */
const pair = (value: string, earlier: Record<string, string> = {}): Record<string, string> => {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It is NAME=VALUE.');
  return { ...earlier, [value.slice(0, at).trim()]: value.slice(at + 1).trim() };
};

const list = defineCommand<TopicListOptions>({
  name: 'list',
  group: 'Look',
  summary: 'list the topics of a cluster',
  description: `Lists the topics that your credentials may describe. ${needs}`,
  arguments: [cluster],
  options: () => [...accountOptions(), ...outputOptions()],
  examples: [
    {
      command: 'msk-lambda topic list orders-cluster --sandbox',
      does: 'the topics of a cluster, with their partitions',
    },
  ],
  load: async () => (await import('./run.js')).runList,
});

const create = defineCommand<TopicCreateOptions>({
  name: 'create',
  group: 'Change',
  summary: 'create a topic and wait until it is there',
  description: `Creates a topic, unless an equal one is there. ${needs}`,
  arguments: [cluster],
  options: () => [
    option('--topic <name>', 'name of the topic'),
    option('--partitions <number>', 'number of partitions').argParser(integer(1, mostPartitions)),
    option('--replication-factor <number>', 'copies of each record; at most one a broker').argParser(
      integer(1, mostReplicas),
    ),
    option(
      '--config <name=value>',
      'configuration of the topic, `retention.ms=604800000`; may be given several times',
    ).argParser(pair),
    option('--no-wait', 'do not wait until the topic is ACTIVE'),
    option('--wait-timeout <seconds>', 'limit for waiting').default(300).argParser(positive('seconds')),
    ...changeOptions(),
    ...accountOptions(),
    ...outputOptions(),
  ],
  examples: [
    {
      command:
        'msk-lambda topic create orders-cluster --topic returns --partitions 6 --replication-factor 3 --sandbox --dry-run',
      does: 'show the call',
    },
    {
      command:
        'msk-lambda topic create orders-cluster --topic returns --partitions 6 --replication-factor 3 --config retention.ms=86400000 --yes',
      does: 'make it',
    },
  ],
  load: async () => (await import('./run.js')).runCreate,
});

export default defineCommand({
  name: 'topic',
  group: 'Change',
  summary: 'list or create topics by the MSK API',
  description: needs,
  examples: [{ command: 'msk-lambda topic list orders-cluster', does: 'the topics of a cluster' }],
  commands: [list, create],
});
