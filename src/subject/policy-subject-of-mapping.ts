/** The mapping in the terms of policies: as a whole, and in the parts that single checks need. */
import { accountOf } from '../aws/arn.js';
import { defaultLogGroup } from '../aws/function-arn.js';
import type { EventSource } from '../aws/event-source.js';
import type { PolicySubject } from '../access/policy-subject.js';
import type { FunctionConfiguration, Mapping } from '../snapshot/resources/index.js';
import { all, mapFact, valueOrNull, type Fact } from './fact.js';
import type { ClusterView } from './cluster-view.js';
import type { Facts, Subject } from './subject.js';

/** Unread or not applicable if that holds for any part for which AWS requires a permission. */
export function policySubjectOf(subject: Subject): Fact<PolicySubject> {
  const { mapping, eventSource, clusterIdentity, auth, topic, consumerGroup, otherKeys, registrySecrets } = subject;
  return mapFact(
    all(mapping, eventSource, clusterIdentity, auth, topic, consumerGroup, otherKeys, registrySecrets),
    ([value, source, cluster, { method, secretUri }, topicName, group, keys, secrets]) => {
      const functionArn = value.FunctionArn ?? '';
      const configuration = valueOrNull(subject.function);
      return {
        functionArn,
        logGroup: logGroupOf(functionArn, configuration),
        roleArn: configuration?.Role ?? valueOrNull(subject.role)?.Arn ?? null,
        cluster,
        connectionArn: connectionOf(source),
        interfaces: interfacesOf(valueOrNull(subject.cluster)),
        topic: topicName,
        group: group.id,
        auth: method,
        secretArn: valueOrNull(subject.secret)?.ARN ?? secretUri,
        keyArn: ownKeyOf(subject.secretKey),
        ...destinationsOf(value, subject.destination, keys, secrets),
        principal: valueOrNull(subject.kafkaPrincipal),
        broker: valueOrNull(subject.broker)?.hosts[0] ?? null,
      };
    },
  );
}

/** The VPC connection to another account's cluster; null in the cluster's own account. */
export const connectionOf = ({ kind, arn }: EventSource): string | null => (kind === 'vpc-connection' ? arn : null);

/** Where the pollers' network interfaces are created, as far as the cluster shows it. */
export const interfacesOf = (cluster: ClusterView | null): PolicySubject['interfaces'] => ({
  subnets: [...new Set((cluster?.placements ?? []).flatMap(({ subnetIds }) => subnetIds))],
  securityGroups: [...new Set((cluster?.placements ?? []).flatMap(({ securityGroupIds }) => securityGroupIds))],
});

/** The function's configured log group, otherwise Lambda's default. */
export const logGroupOf = (functionArn: string, configuration: FunctionConfiguration | null): string =>
  configuration?.LoggingConfig?.LogGroup ?? defaultLogGroup(functionArn);

/**
 * The ARN of a customer managed key; null for an AWS managed key, which needs no permission of the role, and for an
 * unread one.
 */
export function ownKeyOf(key: Fact<Facts['secretKey']>): string | null {
  const described = valueOrNull(key);
  return described === null || described.KeyManager === 'AWS' ? null : (described.Arn ?? null);
}

/**
 * The on-failure destination and the schema registry. An unread key of the destination counts as none, because
 * permissions on it are only recommended.
 */
export function destinationsOf(
  mapping: Mapping,
  destination: Fact<Facts['destination']>,
  { destination: key }: Facts['otherKeys'],
  secrets: Facts['registrySecrets'],
): Pick<PolicySubject, 'destination' | 'destinationOwner' | 'destinationKeyArn' | 'registry' | 'registrySecrets'> {
  const registry = mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig;
  return {
    destination: mapping.DestinationConfig?.OnFailure?.Destination ?? '',
    destinationOwner: bucketOwner(mapping, destination),
    destinationKeyArn: key === null ? null : ownKeyOf(key.key),
    registry: registry?.SchemaRegistryURI ?? '',
    registrySecrets: secrets.map(({ uri, key: ofSecret }) => ({ uri, keyArn: ownKeyOf(ofSecret) })),
  };
}

/**
 * S3 shows a bucket's policy, or that it has none, only to the owner's account (S3: GetBucketPolicy); a mapping is
 * visible to the function's account.
 */
function bucketOwner(
  { FunctionArn: functionArn = '' }: Mapping,
  destination: Fact<Facts['destination']>,
): string | null {
  const bucket = valueOrNull(destination);
  if (bucket?.kind !== 's3' || bucket.policy === undefined) return null;
  return accountOf(functionArn);
}
