/** The mapping by what policies speak of: as a whole, and in the parts on which single checks rest. */
import { accountOf } from '../aws/arn.js';
import { defaultLogGroup } from '../aws/function-arn.js';
import type { EventSource } from '../aws/event-source.js';
import type { PolicySubject } from '../access/policy-subject.js';
import type { FunctionConfiguration, Mapping } from '../snapshot/resources/index.js';
import { all, mapFact, valueOrNull, type Fact } from './fact.js';
import type { ClusterView } from './cluster-view.js';
import type { Facts, Subject } from './subject.js';

/** Unread or not applicable where something of it that AWS asks a right for is. */
export function policySubjectOf(subject: Subject): Fact<PolicySubject> {
  const { mapping, eventSource, clusterIdentity, auth, topic, consumerGroup, otherKeys } = subject;
  return mapFact(
    all(mapping, eventSource, clusterIdentity, auth, topic, consumerGroup, otherKeys),
    ([value, source, cluster, { method, secretUri }, topicName, group, keys]) => {
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
        ...destinationsOf(value, subject.destination, keys),
        principal: valueOrNull(subject.kafkaPrincipal),
        broker: valueOrNull(subject.broker)?.hosts[0] ?? null,
      };
    },
  );
}

/** The VPC connection to another account's cluster; null in the cluster's own account. */
export const connectionOf = ({ kind, arn }: EventSource): string | null => (kind === 'vpc-connection' ? arn : null);

/** Where the pollers' network interfaces are made, as far as the cluster shows it. */
export const interfacesOf = (cluster: ClusterView | null): PolicySubject['interfaces'] => ({
  subnets: [...new Set((cluster?.placements ?? []).flatMap(({ subnetIds }) => subnetIds))],
  securityGroups: [...new Set((cluster?.placements ?? []).flatMap(({ securityGroupIds }) => securityGroupIds))],
});

/** The function's own log group, else the one that Lambda gives by default. */
export const logGroupOf = (functionArn: string, configuration: FunctionConfiguration | null): string =>
  configuration?.LoggingConfig?.LogGroup ?? defaultLogGroup(functionArn);

/** The ARN of a customer managed key; null for one of AWS's, which asks no right of the role, and for one that was not read. */
export function ownKeyOf(key: Fact<Facts['secretKey']>): string | null {
  const described = valueOrNull(key);
  return described === null || described.KeyManager === 'AWS' ? null : (described.Arn ?? null);
}

/** Where failed records go and how the schema registry is reached. A destination's key that was not read counts as none: its rights are only advised. */
export function destinationsOf(
  mapping: Mapping,
  destination: Fact<Facts['destination']>,
  { destination: key }: Facts['otherKeys'],
): Pick<PolicySubject, 'destination' | 'destinationOwner' | 'destinationKeyArn' | 'registry' | 'registrySecrets'> {
  const registry = mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig;
  return {
    destination: mapping.DestinationConfig?.OnFailure?.Destination ?? '',
    destinationOwner: bucketOwner(mapping, destination),
    destinationKeyArn: key === null ? null : ownKeyOf(key.key),
    registry: registry?.SchemaRegistryURI ?? '',
    registrySecrets: (registry?.AccessConfigs ?? []).flatMap(({ URI: uri }) => (uri === undefined ? [] : [uri])),
  };
}

/**
 * S3 shows a bucket's policy, or that there is none, to its owner's account alone (S3: GetBucketPolicy), and the
 * mapping shows itself to the function's.
 */
function bucketOwner(
  { FunctionArn: functionArn = '' }: Mapping,
  destination: Fact<Facts['destination']>,
): string | null {
  const bucket = valueOrNull(destination);
  if (bucket?.kind !== 's3' || bucket.policy === undefined) return null;
  return accountOf(functionArn);
}
