/** All calls that AWS makes with the execution role for one mapping: the union of what the checks of rights ask for. */
import {
  isServerless,
  kafkaConfigurationCalls,
  kafkaConnectCalls,
  kafkaGroupCalls,
  kafkaTopicCalls,
  keyCalls,
  logCalls,
  mskApiCalls,
  networkInterfaceCalls,
  secretCalls,
} from '../../../access/needed-calls.js';
import { all, mapFact, valueOrNull, type Fact } from '../../../subject/fact.js';
import type { Subject } from '../../../subject/subject.js';
import {
  accountOf,
  clusterResourcePolicy,
  interfacePlace,
  resourcePolicy,
  secretKeyPolicy,
  type CallGroup,
} from './access.js';
import { destinationGroups } from './destination-calls.js';

/** With the policy of each resource, for judging them. */
export function callsOfMapping(subject: Subject): Fact<CallGroup[]> {
  const {
    mapping,
    eventSource,
    clusterIdentity,
    cluster: clusterFact,
    auth,
    topic,
    consumerGroup,
    function: functionFact,
    secret,
    secretKey,
    resourcePolicies,
    otherKeys,
    registrySecrets,
  } = subject;
  const needed = all(
    mapping,
    eventSource,
    clusterIdentity,
    auth,
    topic,
    consumerGroup,
    resourcePolicies,
    otherKeys,
    registrySecrets,
  );
  return mapFact(needed, ([value, source, cluster, { method }, topicName, group, policies, keys, registry]) => {
    const functionArn = value.FunctionArn ?? '';
    const configuration = functionFact.is === 'known' ? functionFact.value : null;
    const iam = method === 'iam';
    const secretArn = secret.is === 'known' ? secret.value?.ARN : undefined;
    const key = secretKey.is === 'known' && secretKey.value?.KeyManager !== 'AWS' ? secretKey.value?.Arn : undefined;
    const ownCluster = source.kind === 'cluster' ? clusterResourcePolicy(source.arn, policies.cluster) : null;
    const groups: CallGroup[] = [
      { calls: mskApiCalls(cluster, source.kind === 'vpc-connection' ? source.arn : null), resource: ownCluster },
      {
        calls: networkInterfaceCalls({
          ...source,
          account: accountOf(functionArn),
          ...interfacePlace(valueOrNull(clusterFact)),
        }),
      },
      {
        calls: logCalls(
          functionArn,
          configuration?.LoggingConfig?.LogGroup ?? `/aws/lambda/${functionArn.split(':')[6]}`,
        ),
      },
      {
        calls: iam
          ? [
              ...kafkaConnectCalls(cluster),
              ...(isServerless(cluster) ? [] : kafkaConfigurationCalls(cluster)),
              ...kafkaTopicCalls(cluster, topicName),
              ...kafkaGroupCalls(cluster, group.id),
            ]
          : [],
        resource: ownCluster,
      },
      {
        calls: secretArn === undefined ? [] : secretCalls(secretArn),
        resource: resourcePolicy('ordinary', secretArn ?? '', policies.secret),
      },
      {
        calls: secretArn === undefined || key === undefined ? [] : keyCalls(key, secretArn),
        resource: secretKeyPolicy(`key ${key}`, policies),
      },
      ...destinationGroups(
        {
          mapping: value,
          clusterIdentity: cluster,
          resourcePolicies: policies,
          otherKeys: keys,
          registrySecrets: registry,
        },
        { byIam: iam, idempotent: true },
      ),
    ];
    return groups.filter(({ calls }) => calls.length > 0);
  });
}
