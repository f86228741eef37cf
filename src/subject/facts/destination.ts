/** The on-failure destination, and the schema registry. */
import { accountOf, serviceOf } from '../../aws/arn.js';
import { lookup } from '../../snapshot/read.js';
import type { Destination, KmsKey, Registry, Secret, SecretProfile } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { andThen, fromReadOrGone, known, mapFact, notApplicable, type Derivations, type Fact } from '../fact.js';
import { customKeyOf, keyById, secretByUri } from '../secret-and-key-reads.js';
import type { MappingFacts } from './mapping.js';
import { profileOf } from './secret.js';

export interface DestinationFacts {
  /** ARN or `kafka://topic`. Not applicable where no on-failure destination is set. */
  destinationReference: string;
  /** Null: does not exist. Not applicable for a Kafka topic, which belongs to the cluster. */
  destination: Destination | null;
  /** Glue registry; null: does not exist. Not applicable where none is set or it is Confluent's. */
  registry: Registry | null;
  /** Secrets with which the mapping logs in to the schema registry. */
  registrySecrets: {
    /** The type of access that the secret is for, as the API spells it. */
    type: string | undefined;
    uri: string;
    secret: Fact<Secret | null>;
    policy: Fact<string | null>;
    profile: Fact<SecretProfile>;
    /** The id of its customer managed key, as KMS accepts it. Not applicable with the default key. */
    keyId: Fact<string>;
    /** Null: does not exist. */
    key: Fact<KmsKey | null>;
    keyPolicy: Fact<string>;
  }[];
}

const readers: Record<string, { service: string; operation: string }> = {
  sqs: { service: 'sqs', operation: 'GetQueueAttributes' },
  sns: { service: 'sns', operation: 'GetTopicAttributes' },
  s3: { service: 's3', operation: 'HeadBucket' },
};

export const destinationFacts = (snapshot: Snapshot): Derivations<DestinationFacts, MappingFacts> => ({
  destinationReference: ({ mapping }) =>
    andThen(mapping, ({ DestinationConfig: config }) => {
      const destination = config?.OnFailure?.Destination ?? '';
      return destination === '' ? notApplicable('the mapping has no on-failure destination') : known(destination);
    }),
  destination: ({ destinationReference }) =>
    andThen(destinationReference, (destination) => {
      // The check mapping.destination judges any other kind.
      const reader = readers[serviceOf(destination) ?? ''];
      if (reader === undefined) return notApplicable('its on-failure destination is not a queue, SNS topic or bucket');
      return fromReadOrGone(lookup(snapshot.destinations, destination, reader));
    }),
  registry: ({ mapping }) =>
    andThen(mapping, ({ AmazonManagedKafkaEventSourceConfig: config }) => {
      const uri = config?.SchemaRegistryConfig?.SchemaRegistryURI ?? '';
      if (serviceOf(uri) !== 'glue')
        return notApplicable(
          uri === '' ? 'the mapping has no schema registry' : 'its schema registry is not in AWS Glue',
        );
      return fromReadOrGone(lookup(snapshot.registries, uri, { service: 'glue', operation: 'GetRegistry' }));
    }),
  registrySecrets: ({ mapping }) =>
    mapFact(mapping, ({ AmazonManagedKafkaEventSourceConfig: config, FunctionArn: functionArn }) =>
      (config?.SchemaRegistryConfig?.AccessConfigs ?? []).flatMap(({ Type: type, URI: uri = '' }) =>
        uri === '' ? [] : [{ type, uri, ...withKey(snapshot, uri, accountOf(functionArn)) }],
      ),
    ),
});

function withKey(
  snapshot: Snapshot,
  uri: string,
  account: string | null,
): Omit<DestinationFacts['registrySecrets'][number], 'type' | 'uri'> {
  const { secret, policy } = secretByUri(snapshot, uri);
  const keyId = customKeyOf(secret, account);
  return {
    secret,
    policy,
    profile: profileOf(snapshot, uri),
    keyId,
    key: andThen(keyId, (id) => keyById(snapshot, id).key),
    keyPolicy: andThen(keyId, (id) => keyById(snapshot, id).policy),
  };
}
