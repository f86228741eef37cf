/** Where records go that the function could not process, and the schema registry. */
import { lookup } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { fromReadOrGone, known, moot, andThen } from './fact.js';
import type { FactOf } from './facts.js';

export function destinationReferenceOf(mapping: Mapping): FactOf<'destinationReference'> {
  const destination = mapping.DestinationConfig?.OnFailure?.Destination ?? '';
  return destination === '' ? moot('the mapping has no on-failure destination') : known(destination);
}

const readers: Record<string, { service: string; operation: string }> = {
  sqs: { service: 'sqs', operation: 'GetQueueAttributes' },
  sns: { service: 'sns', operation: 'GetTopicAttributes' },
  s3: { service: 's3', operation: 'HeadBucket' },
};

/** Null: gone. A Kafka topic is the cluster's own, and anything else is mapping.destination's to judge. */
export const destinationOf = (snapshot: Snapshot, reference: FactOf<'destinationReference'>): FactOf<'destination'> =>
  andThen(reference, (destination) => {
    const reader = readers[destination.split(':')[2] ?? ''];
    if (reader === undefined) return moot('its on-failure destination is no queue, SNS topic or bucket');
    return fromReadOrGone(lookup(snapshot.destinations, destination, reader));
  });

/** Null: gone. Moot where none is set, or it is not Glue's. */
export function registryOf(snapshot: Snapshot, mapping: Mapping): FactOf<'registry'> {
  const uri = mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig?.SchemaRegistryURI ?? '';
  if (!/^arn:[^:]+:glue:/.test(uri))
    return moot(uri === '' ? 'the mapping has no schema registry' : 'its schema registry is not AWS Glue’s');
  return fromReadOrGone(lookup(snapshot.registries, uri, { service: 'glue', operation: 'GetRegistry' }));
}
