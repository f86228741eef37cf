/** A mapping as policies speak of it. */
import type { PolicySubject } from '../../access/policy-subject.js';
import { all, mapFact, type Fact } from '../../subject/fact.js';
import type { Subject } from '../../subject/subject.js';

export function policySubjectOf(subject: Subject): Fact<PolicySubject> {
  const {
    mapping,
    eventSource,
    clusterIdentity,
    auth,
    topic,
    consumerGroup,
    secret,
    secretKey,
    otherKeys,
    function: callee,
    role,
    kafkaPrincipal,
    broker,
  } = subject;
  return mapFact(
    all(mapping, eventSource, clusterIdentity, auth, topic, consumerGroup, otherKeys),
    ([value, source, cluster, { method, secretUri }, topicName, group, keys]) => {
      const functionArn = value.FunctionArn ?? '';
      const configuration = callee.is === 'known' ? callee.value : null;
      const key = secretKey.is === 'known' && secretKey.value?.KeyManager !== 'AWS' ? secretKey.value?.Arn : undefined;
      const registry = value.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig;
      const destinationKey = keys.destination?.key;
      return {
        functionArn,
        logGroup: configuration?.LoggingConfig?.LogGroup ?? `/aws/lambda/${functionArn.split(':')[6]}`,
        roleArn: configuration?.Role ?? (role.is === 'known' ? (role.value?.Arn ?? null) : null),
        cluster,
        connectionArn: source.kind === 'vpc-connection' ? source.arn : null,
        topic: topicName,
        group: group.id,
        auth: method,
        secretArn: (secret.is === 'known' ? secret.value?.ARN : undefined) ?? secretUri,
        keyArn: key ?? null,
        destination: value.DestinationConfig?.OnFailure?.Destination ?? '',
        destinationKeyArn: (destinationKey?.is === 'known' ? destinationKey.value?.Arn : undefined) ?? null,
        registry: registry?.SchemaRegistryURI ?? '',
        registrySecrets: (registry?.AccessConfigs ?? []).flatMap(({ URI: uri }) => (uri === undefined ? [] : [uri])),
        principal: kafkaPrincipal.is === 'known' ? kafkaPrincipal.value : null,
        broker: (broker.is === 'known' ? broker.value.hosts[0] : undefined) ?? null,
      };
    },
  );
}
