/** Fixes for an on-failure destination or for retry limits, by fault. */
import { parseArn } from '../../../aws/arn.js';
import { retriesWithDestination } from '../../../aws/limits.js';
import type { Fix } from '../../../fixes/fix.js';
import { ownCommand } from '../../../fixes/own-command.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import { shellCommand, type ShellCommand } from '../../../text/shell.js';
import { manual } from '../../support/secret-use.js';
import { provisionedMode } from '../../support/provisioned-mode.js';
import { updateMapping } from '../../support/update-mapping.js';
import type { DestinationFault } from './destination-judgement.js';

/** Removing the destination comes last, because failed records are then lost. */
export function fixDestination(
  { UUID: uuid }: Mapping,
  destination: string,
  kind: DestinationFault['kind'],
  clusterArn: string,
): Fix[] {
  const remove: Fix = {
    title: 'Remove the on-failure destination (failed records are then discarded)',
    safety: 'risky',
    changes: [removal(uuid, destination)],
  };
  const other = (title: string, value: string) => manual(title, [ownCommand('update', uuid, '--on-failure', value)]);
  switch (kind) {
    case 'on-demand':
      return [provisionedMode(uuid, 'which a Kafka topic as on-failure destination requires'), remove];
    case 'own-topic':
      return [other('Use another topic as on-failure destination', 'kafka://TOPIC'), remove];
    case 'topic-gone':
      return [createTopic(clusterArn, destination.slice('kafka://'.length)), remove];
    case 'unsupported':
      return [
        other(
          'Use a standard SQS queue, a standard SNS topic, an S3 bucket or a Kafka topic as on-failure destination',
          'ARN',
        ),
        remove,
      ];
    case 'elsewhere':
      return [other('Use an on-failure destination in the mapping’s region', 'ARN'), remove];
    case 'gone':
      return [
        manual('Recreate the on-failure destination, or use an existing one', [
          ...createLine(destination),
          ownCommand('update', uuid, '--on-failure', 'ARN'),
        ]),
        remove,
      ];
  }
}

const createTopic = (ClusterArn: string, TopicName: string): Fix => ({
  title: `Create the topic ${TopicName}`,
  safety: 'care',
  changes: [
    {
      service: 'kafka',
      operation: 'CreateTopic',
      input: { ClusterArn, TopicName, PartitionCount: 1, ReplicationFactor: 3 },
      // Deleting a topic deletes its records.
      undo: null,
    },
  ],
});

function createLine(arn: string): ShellCommand[] {
  const { service, resource = '', region = '' } = parseArn(arn) ?? {};
  const where = region === '' ? [] : ['--region', region];
  if (service === 'sqs') return [shellCommand('aws', 'sqs', 'create-queue', '--queue-name', resource, ...where)];
  if (service === 'sns') return [shellCommand('aws', 'sns', 'create-topic', '--name', resource, ...where)];
  return service === 's3' ? [shellCommand('aws', 's3', 'mb', `s3://${resource}`)] : [];
}

/** Retry limits that an on-demand mapping ignores: removing them changes nothing. */
export function fixRetries(mapping: Mapping): Fix[] {
  const { UUID: uuid, MaximumRetryAttempts, MaximumRecordAgeInSeconds, BisectBatchOnFunctionError } = mapping;
  const before = Object.fromEntries(
    Object.entries({ MaximumRetryAttempts, MaximumRecordAgeInSeconds, BisectBatchOnFunctionError }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const defaults: Record<string, unknown> = {
    MaximumRetryAttempts: -1,
    MaximumRecordAgeInSeconds: -1,
    BisectBatchOnFunctionError: false,
  };
  const settings = Object.fromEntries(Object.keys(before).map((name) => [name, defaults[name]]));
  return [
    {
      title: 'Reset the retry limits to their defaults (free)',
      safety: 'care',
      changes: [updateMapping(uuid, settings, before)],
    },
    provisionedMode(uuid, 'which retry limits require'),
  ];
}

/**
 * Infinite retries, which Lambda limits if there is a destination (AWS: error handling controls for Kafka event
 * sources).
 */
export const endlessRetries = {
  title: `Lambda retries a failed batch only ${retriesWithDestination} times, although MaximumRetryAttempts is -1`,
  facts: [
    `with an on-failure destination, -1 means ${retriesWithDestination} retries; then Lambda sends the batch to the destination`,
  ],
};

/** Takes the destination out of the mapping; its undo sets it again. */
const removal = (uuid: string, destination: string) =>
  updateMapping(uuid, { DestinationConfig: {} }, { DestinationConfig: { OnFailure: { Destination: destination } } });

export function fixEndlessRetries({ UUID: uuid }: Mapping, destination: string): Fix[] {
  const limit: Fix = {
    title: `Set MaximumRetryAttempts to ${retriesWithDestination}, the number that Lambda uses now`,
    safety: 'care',
    changes: [updateMapping(uuid, { MaximumRetryAttempts: retriesWithDestination }, { MaximumRetryAttempts: -1 })],
  };
  const remove: Fix = {
    title: 'Remove the on-failure destination, so that Lambda retries until the records expire',
    safety: 'risky',
    changes: [removal(uuid, destination)],
  };
  return [limit, remove];
}
