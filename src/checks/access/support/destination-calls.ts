/** What the on-failure destination and the schema registry of a mapping ask of the execution role. */
import type { Context } from '../../../access/context.js';
import {
  destinationCalls,
  destinationKeyCalls,
  idempotentWriteCalls,
  registryCalls,
  secretCalls,
} from '../../../access/needed-calls.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import type { KeyReads } from '../../../subject/facts/key.js';
import type { Facts } from '../../../subject/subject.js';
import { accountOf, destinationPolicy, resourcePolicy, type CallGroup } from './access.js';

/** Whether Lambda logs in by IAM; null where the cluster that tells it was not read. A secret that is named decides by itself. */
export function logsInByIam(
  { SourceAccessConfigurations: access }: Mapping,
  cluster: Facts['cluster'],
): boolean | null {
  if (access.some(({ Type: type }) => type === 'SASL_SCRAM_512_AUTH' || type === 'CLIENT_CERTIFICATE_TLS_AUTH'))
    return false;
  return cluster?.iam ?? null;
}

export const destinationOf = (mapping: Mapping): string => mapping.DestinationConfig?.OnFailure?.Destination ?? '';
const registryOf = (mapping: Mapping): string =>
  mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig?.SchemaRegistryURI ?? '';

type DestinationFacts = Pick<
  Facts,
  'mapping' | 'clusterIdentity' | 'resourcePolicies' | 'otherKeys' | 'registrySecrets'
>;

/** `idempotent`: with the right that only an idempotent producer needs, which AWS does not say Lambda's to be. */
export function destinationGroups(
  facts: DestinationFacts,
  { byIam, idempotent }: { byIam: boolean; idempotent: boolean },
): CallGroup[] {
  const { mapping, clusterIdentity, resourcePolicies, otherKeys, registrySecrets } = facts;
  const destination = destinationOf(mapping);
  const registry = registryOf(mapping);
  const kafka = destination.startsWith('kafka://') && byIam;
  const groups: CallGroup[] = [
    {
      calls: destinationCalls(destination, clusterIdentity, byIam).map((needed) => ({
        ...needed,
        context: bucketOwner(facts),
      })),
      resource: destinationPolicy(destination, resourcePolicies.destination),
    },
    { calls: kafka && idempotent ? idempotentWriteCalls(clusterIdentity) : [] },
    { calls: /^arn:[^:]+:glue:/.test(registry) ? registryCalls(registry) : [] },
    ...keyGroups(destination.split(':')[2] ?? '', otherKeys.destination),
    ...registrySecrets.flatMap(({ uri, policy }) =>
      uri.startsWith('arn:') ? [{ calls: secretCalls(uri), resource: resourcePolicy('ordinary', uri, policy) }] : [],
    ),
  ];
  return groups.filter(({ calls }) => calls.length > 0);
}

/**
 * Whose the bucket is, which its ARN does not tell: S3 shows a bucket's policy, or that there is none, to its owner's
 * account alone (S3: GetBucketPolicy), and the mapping shows itself to the function's.
 */
function bucketOwner({ mapping, resourcePolicies: { destination } }: DestinationFacts): Context {
  if (destination.is !== 'known' || destination.value?.kind !== 's3' || destination.value.policy === undefined)
    return {};
  const owner = accountOf(mapping.FunctionArn ?? '');
  return owner === '' ? {} : { 's3:ResourceAccount': owner, 'aws:ResourceAccount': owner };
}

/** A key that could not be read is not judged: what it is asked for is only advised. */
function keyGroups(kind: string, reads: KeyReads | null): CallGroup[] {
  if (
    reads === null ||
    reads.key.is !== 'known' ||
    reads.key.value?.Arn === undefined ||
    reads.key.value.KeyManager === 'AWS'
  )
    return [];
  const { Arn: arn, KeyId: id } = reads.key.value;
  return [{ calls: destinationKeyCalls(kind, arn), resource: resourcePolicy('key', `key ${id}`, reads.policy) }];
}
