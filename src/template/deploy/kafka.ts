/** Clusters as they will be. */
import { clusterNameOf } from '../../aws/event-source.js';
import { ok } from '../../snapshot/read.js';
import type { BootstrapBrokers, Cluster, Topic } from '../../snapshot/resources/index.js';
import { isObject, type Json, type JsonObject, type TemplateResource } from '../resource.js';
import { booleanOf, memberOf, numberOf, objectsOf, textOf, textsOf, type Deploying } from './deploying.js';
import { documentText } from './iam.js';
import { secretArn } from './secrets.js';
import { hasOpen, isOpen } from './undecided.js';
import { knownAfterDeployment } from './unknown.js';

const clusterTypes = ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster'];

export function addClusters(deploying: Deploying): void {
  const { snapshot } = deploying;
  for (const resource of deploying.all('AWS::MSK::Cluster')) {
    const cluster = provisioned(resource);
    // Without the login, neither the ports nor the permissions of the pollers are known.
    const isKnown = !isLoginOpen(resource.properties['ClientAuthentication']);
    snapshot.clusters[resource.arn!] = isKnown
      ? ok(cluster)
      : knownAfterDeployment('kafka', 'DescribeClusterV2', resource.address);
    snapshot.bootstrapBrokers[resource.arn!] = isKnown
      ? ok(bootstrapOf(cluster, resource.id))
      : knownAfterDeployment('kafka', 'GetBootstrapBrokers', resource.address);
    addConfiguration(deploying, resource);
  }
  for (const resource of deploying.all('AWS::MSK::ServerlessCluster')) {
    const cluster = serverless(resource);
    snapshot.clusters[resource.arn!] = ok(cluster);
    snapshot.bootstrapBrokers[resource.arn!] = ok({ BootstrapBrokerStringSaslIam: hostOf(resource.id, 9098) });
  }
  for (const { arn } of deploying.all(...clusterTypes)) {
    const associations = deploying
      .all('AWS::MSK::BatchScramSecret')
      .filter(({ properties }) => properties['ClusterArn'] === arn);
    const isOpenList =
      deploying
        .all('AWS::MSK::BatchScramSecret')
        .some(({ properties }) => hasOpen(properties['ClusterArn']) || hasOpen(properties['SecretArnList'])) ||
      deploying.all('AWS::Lambda::EventSourceMapping').some(({ properties }) => namesOpenSecret(properties));
    snapshot.scramSecrets[arn!] =
      associations.every(({ isCertain }) => isCertain) && !(isOpenList && deploying.allowsUndecided())
        ? ok(
            associations.flatMap(({ properties }) =>
              textsOf(properties['SecretArnList']).map((secret) => secretArn(deploying, secret)),
            ),
          )
        : knownAfterDeployment('kafka', 'ListScramSecrets', arn!);
    const policy = deploying.all('AWS::MSK::ClusterPolicy').find(({ properties }) => properties['ClusterArn'] === arn);
    if (policy !== undefined) snapshot.clusterPolicies[arn!] = ok(documentText(policy.properties['Policy']));
    addTopics(deploying, arn!);
  }
  for (const { arn, properties } of deploying.all('AWS::MSK::VpcConnection'))
    snapshot.vpcConnections[arn!] = ok({
      VpcConnectionArn: arn!,
      TargetClusterArn: textOf(properties['TargetClusterArn']),
      State: 'AVAILABLE',
      Authentication: textOf(properties['Authentication']),
      VpcId: textOf(properties['VpcId']),
      Subnets: textsOf(properties['ClientSubnets']),
      SecurityGroups: textsOf(properties['SecurityGroups']),
    });
}

/** Whether it is not known how clients log in. The certificate authorities do not matter for that. */
function isLoginOpen(authentication: Json | undefined): boolean {
  if (!isObject(authentication)) return isOpen(authentication);
  const { Tls: tls, ...others } = authentication;
  return hasOpen(others) || (isObject(tls) ? isOpen(tls['Enabled']) : isOpen(tls));
}

const namesOpenSecret = (mapping: JsonObject): boolean =>
  objectsOf(mapping['SourceAccessConfigurations']).some((entry) => isOpen(entry['URI']));

/** Topics that the templates create. Clients can create others, so a list without the mapping's topic tells nothing. */
function addTopics(deploying: Deploying, clusterArn: string): void {
  const topics = deploying
    .all('AWS::MSK::Topic')
    .filter(({ properties }) => properties['ClusterArn'] === clusterArn)
    .map(({ properties }): Topic => ({
      TopicName: textOf(properties['TopicName']) ?? '',
      PartitionCount: numberOf(properties['PartitionCount']),
      ReplicationFactor: numberOf(properties['ReplicationFactor']),
    }));
  if (topics.length > 0) deploying.snapshot.topics[clusterArn] = ok(topics);
}

function addConfiguration(deploying: Deploying, { properties }: TemplateResource): void {
  const arn = textOf(memberOf(properties, 'ConfigurationInfo', 'Arn'));
  const revision = numberOf(memberOf(properties, 'ConfigurationInfo', 'Revision'));
  const configuration = deploying.find(arn, 'AWS::MSK::Configuration');
  const text = textOf(configuration?.properties['ServerProperties']);
  if (arn === undefined || revision === undefined || text === undefined) return;
  const entries = text.split('\n').flatMap((line) => {
    const [, name, value] = /^\s*([\w.]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value!] as const];
  });
  deploying.snapshot.serverProperties[`${arn}@${revision}`] = ok(Object.fromEntries(entries));
}

/** Members and defaults of the API: CloudFormation passes them on (MSK API: CreateCluster). */
function provisioned({ arn, properties }: TemplateResource): Cluster {
  const brokers = properties['BrokerNodeGroupInfo'];
  const info = isObject(brokers) ? brokers : {};
  const authentication = properties['ClientAuthentication'];
  const connectivity = info['ConnectivityInfo'];
  return {
    ClusterArn: arn!,
    ClusterName: textOf(properties['ClusterName']),
    ClusterType: 'PROVISIONED',
    State: 'ACTIVE',
    Provisioned: {
      NumberOfBrokerNodes: numberOf(properties['NumberOfBrokerNodes']),
      EnhancedMonitoring: textOf(properties['EnhancedMonitoring']) ?? 'DEFAULT',
      BrokerNodeGroupInfo: {
        ClientSubnets: textsOf(info['ClientSubnets']),
        SecurityGroups: textsOf(info['SecurityGroups']),
        InstanceType: textOf(info['InstanceType']),
        ZoneIds: [],
        ...(isObject(connectivity) ? { ConnectivityInfo: booleans(connectivity) as object } : {}),
      },
      CurrentBrokerSoftwareInfo: {
        KafkaVersion: textOf(properties['KafkaVersion']),
        ...configurationOf(properties),
      },
      ...(isObject(authentication) ? { ClientAuthentication: withAuthorities(authentication) } : {}),
      EncryptionInfo: {
        EncryptionInTransit: {
          ClientBroker: textOf(memberOf(properties, 'EncryptionInfo', 'EncryptionInTransit', 'ClientBroker')) ?? 'TLS',
          InCluster: true,
        },
      },
    },
  };
}

function configurationOf(properties: JsonObject) {
  const arn = textOf(memberOf(properties, 'ConfigurationInfo', 'Arn'));
  const revision = numberOf(memberOf(properties, 'ConfigurationInfo', 'Revision'));
  return arn === undefined || revision === undefined ? {} : { ConfigurationArn: arn, ConfigurationRevision: revision };
}

/** Template languages write booleans as text too. */
function booleans(value: Json): Json {
  if (value === 'true' || value === 'false') return value === 'true';
  if (Array.isArray(value)) return value.map(booleans);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, booleans(member)]))
    : value;
}

function withAuthorities(authentication: JsonObject): object {
  const { Tls: tls, ...others } = booleans(authentication) as JsonObject;
  if (!isObject(tls)) return others;
  const authorities = textsOf(tls['CertificateAuthorityArnList']);
  // With an authority, mutual TLS is on unless Enabled says otherwise (MSK API: Tls).
  const enabled = booleanOf(tls['Enabled']) ?? authorities.length > 0;
  return { ...others, Tls: { Enabled: enabled, CertificateAuthorityArnList: authorities } };
}

const hostOf = (key: string, port: number): string =>
  `b-1.${clusterNameOf(key) ?? 'cluster'}.c2.kafka.amazonaws.com:${port}`;

/** The broker strings that GetBootstrapBrokers will return for this authentication and encryption. */
function bootstrapOf({ Provisioned: cluster }: Cluster, key: string): BootstrapBrokers {
  const { ClientAuthentication: authentication, EncryptionInfo: encryption } = cluster!;
  const transit = encryption?.EncryptionInTransit?.ClientBroker;
  const [iam, scram] = [authentication?.Sasl?.Iam?.Enabled === true, authentication?.Sasl?.Scram?.Enabled === true];
  const mutual = authentication?.Tls?.Enabled === true;
  const open = authentication?.Unauthenticated?.Enabled ?? !(iam || scram || mutual);
  return {
    ...(iam ? { BootstrapBrokerStringSaslIam: hostOf(key, 9098) } : {}),
    ...(scram ? { BootstrapBrokerStringSaslScram: hostOf(key, 9096) } : {}),
    ...((mutual || open) && transit !== 'PLAINTEXT' ? { BootstrapBrokerStringTls: hostOf(key, 9094) } : {}),
    ...(open && transit !== 'TLS' ? { BootstrapBrokerString: hostOf(key, 9092) } : {}),
  };
}

function serverless({ arn, properties }: TemplateResource): Cluster {
  return {
    ClusterArn: arn!,
    ClusterName: textOf(properties['ClusterName']),
    ClusterType: 'SERVERLESS',
    State: 'ACTIVE',
    Serverless: {
      VpcConfigs: objectsOf(properties['VpcConfigs']).map((config) => ({
        SubnetIds: textsOf(config['SubnetIds']),
        SecurityGroupIds: textsOf(config['SecurityGroups'] ?? config['SecurityGroupIds']),
      })),
      ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
    },
  };
}
