/** All calls that AWS makes with the execution role for one mapping: the union of what the checks of rights ask for. */
import {
  destinationCalls, kafkaConfigurationCalls, kafkaConnectCalls, kafkaGroupCalls, kafkaTopicCalls, keyCalls, logCalls, mskApiCalls, networkInterfaceCalls,
  registryCalls, secretCalls, isServerless, type NeededCall,
} from '../../access/needed-calls.js';
import { all, mapFact, type Fact } from '../../subject/fact.js';
import type { Subject } from '../../subject/facts.js';
import { accountOf } from './access.js';

export function callsOfMapping(subject: Subject): Fact<NeededCall[]> {
  const { mapping, eventSource, clusterIdentity, auth, topic, consumerGroup, function: functionFact, secret, secretKey } = subject;
  return mapFact(all(mapping, eventSource, clusterIdentity, auth, topic, consumerGroup), ([value, source, cluster, { method }, topicName, group]) => {
    const functionArn = value.FunctionArn ?? '';
    const configuration = functionFact.is === 'known' ? functionFact.value : null;
    const iam = method === 'iam';
    const secretArn = secret.is === 'known' ? secret.value?.ARN : undefined;
    const key = secretKey.is === 'known' && secretKey.value?.KeyManager !== 'AWS' ? secretKey.value?.Arn : undefined;
    const registry = value.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig?.SchemaRegistryURI ?? '';
    return [
      ...mskApiCalls(cluster, source.kind === 'vpc-connection' ? source.arn : null),
      ...networkInterfaceCalls({ ...source, account: accountOf(functionArn) }),
      ...logCalls(functionArn, configuration?.LoggingConfig?.LogGroup ?? `/aws/lambda/${functionArn.split(':')[6]}`),
      ...(iam ? [...kafkaConnectCalls(cluster), ...kafkaTopicCalls(cluster, topicName), ...kafkaGroupCalls(cluster, group.id)] : []),
      ...(iam && !isServerless(cluster) ? kafkaConfigurationCalls(cluster) : []),
      ...(secretArn === undefined ? [] : secretCalls(secretArn)),
      ...(secretArn === undefined || key === undefined ? [] : keyCalls(key, secretArn)),
      ...destinationCalls(value.DestinationConfig?.OnFailure?.Destination ?? '', cluster),
      ...(/^arn:[^:]+:glue:/.test(registry) ? registryCalls(registry) : []),
    ];
  });
}
