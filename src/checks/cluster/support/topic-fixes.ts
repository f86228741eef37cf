/** Fixes for a mapping whose topic does not exist, or has no partitions. */
import type { Fix } from '../../../fixes/fix.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import { ownCommand } from '../../../fixes/own-command.js';
import { shell } from '../../../text/shell.js';
import { recreate } from '../../support/recreate.js';
import { manual } from '../../support/secret-use.js';

export interface MissingTopic {
  cluster: string;
  topic: string;
  similar: string[];
  /** The replication factor for a new topic: the number of brokers, at most three. */
  replicas: number;
  /** For an existing topic. */
  partitions?: number;
  mapping: Mapping;
  now: Date;
}

export function fixTopic({ cluster, topic, similar, replicas, partitions, mapping, now }: MissingTopic): Fix[] {
  if (partitions === 0)
    return [
      manual(`Add partitions to topic ${topic}`, [
        shell`aws kafka update-topic --cluster-arn ${cluster} --topic-name ${topic} --partition-count 3`,
      ]),
    ];
  const create: Fix = {
    title: `Create topic ${topic} (3 partitions)`,
    safety: 'care',
    changes: [
      {
        service: 'kafka',
        operation: 'CreateTopic',
        input: { ClusterArn: cluster, TopicName: topic, PartitionCount: 3, ReplicationFactor: replicas },
        undo: null,
      },
    ],
  };
  const rename = recreate(
    `Recreate the mapping with the ${similar.length === 0 ? 'correct topic' : `topic ${similar[0]}`} (the topic of a mapping cannot be changed)`,
    mapping,
    ['--topic', similar[0] ?? 'TOPIC'],
    { since: 'creation', now },
  );
  if (similar.length === 0) return [create, rename];
  // The name in the mapping is probably wrong: a topic of that name would hide the fault.
  const createByHand = manual(`Create topic ${topic}, if the name in the mapping is correct`, [
    ownCommand(
      'topic',
      'create',
      cluster,
      '--topic',
      topic,
      '--partitions',
      '3',
      '--replication-factor',
      `${replicas}`,
    ),
  ]);
  return [rename, createByHand];
}
