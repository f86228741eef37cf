/** Clusters and what belongs to them. */
import { isSymbol, textSymbol } from '../../../snapshot/symbols.js';
import type { Json, JsonObject } from '../../resource.js';
import { block, blocks, items, member, pick, type Translation } from './translation.js';

/** A switch of Terraform is an object of the API. */
const enabled = (name: string, value: Json | undefined): JsonObject =>
  value === undefined || value === null ? {} : { [name]: { Enabled: value } };

function authentication(written: JsonObject | undefined): Json | undefined {
  if (written === undefined) return undefined;
  const sasl = block(written, 'sasl');
  const tls = block(written, 'tls');
  const switches = [sasl?.['iam'], sasl?.['scram'], written['unauthenticated'], tls?.['certificate_authority_arns']];
  // Where one login is not known, nothing can be told about the others.
  if (switches.some(isSymbol)) return textSymbol(`authentication ${JSON.stringify(written)}`);
  return {
    ...(sasl === undefined ? {} : { Sasl: { ...enabled('Iam', sasl['iam']), ...enabled('Scram', sasl['scram']) } }),
    ...(tls === undefined ? {} : { Tls: { CertificateAuthorityArnList: items(tls['certificate_authority_arns']) } }),
    ...enabled('Unauthenticated', written['unauthenticated']),
  };
}

function connectivity(written: JsonObject | undefined): Json | undefined {
  if (written === undefined) return undefined;
  const open = block(written, 'public_access');
  const multi = block(written, 'vpc_connectivity');
  const logins = multi === undefined ? undefined : block(multi, 'client_authentication');
  const sasl = logins === undefined ? undefined : block(logins, 'sasl');
  return {
    ...(open === undefined ? {} : { PublicAccess: pick(open, { Type: 'type' }) }),
    ...(logins === undefined
      ? {}
      : {
          VpcConnectivity: {
            ClientAuthentication: {
              Sasl: { ...enabled('Iam', sasl?.['iam']), ...enabled('Scram', sasl?.['scram']) },
              ...enabled('Tls', logins['tls']),
            },
          },
        }),
  };
}

function cluster(config: JsonObject): JsonObject {
  const brokers = block(config, 'broker_node_group_info') ?? {};
  const encryption = block(config, 'encryption_info') ?? {};
  const transit = block(encryption, 'encryption_in_transit');
  const configuration = block(config, 'configuration_info');
  return {
    ...pick(config, {
      ClusterName: 'cluster_name',
      KafkaVersion: 'kafka_version',
      NumberOfBrokerNodes: 'number_of_broker_nodes',
      EnhancedMonitoring: 'enhanced_monitoring',
    }),
    BrokerNodeGroupInfo: {
      ...pick(brokers, {
        ClientSubnets: 'client_subnets',
        SecurityGroups: 'security_groups',
        InstanceType: 'instance_type',
      }),
      ...member('ConnectivityInfo', connectivity(block(brokers, 'connectivity_info'))),
    },
    ...(transit === undefined
      ? {}
      : {
          EncryptionInfo: {
            EncryptionInTransit: pick(transit, { ClientBroker: 'client_broker', InCluster: 'in_cluster' }),
          },
        }),
    ...(configuration === undefined
      ? {}
      : { ConfigurationInfo: pick(configuration, { Arn: 'arn', Revision: 'revision' }) }),
    ...member('ClientAuthentication', authentication(block(config, 'client_authentication'))),
  };
}

export const kafka: Record<string, Translation> = {
  aws_msk_cluster: {
    type: 'AWS::MSK::Cluster',
    names: { ClusterName: 'cluster_name' },
    properties: cluster,
  },
  aws_msk_serverless_cluster: {
    type: 'AWS::MSK::ServerlessCluster',
    names: { ClusterName: 'cluster_name' },
    properties: (config) => ({
      ...pick(config, { ClusterName: 'cluster_name' }),
      VpcConfigs: blocks(config, 'vpc_config').map((network) =>
        pick(network, { SubnetIds: 'subnet_ids', SecurityGroups: 'security_group_ids' }),
      ),
      ...member('ClientAuthentication', authentication(block(config, 'client_authentication'))),
    }),
    written: { VpcConfigs: ['vpc_config'] },
  },
  aws_msk_scram_secret_association: {
    type: 'AWS::MSK::BatchScramSecret',
    properties: (config) => pick(config, { ClusterArn: 'cluster_arn', SecretArnList: 'secret_arn_list' }),
  },
  aws_msk_single_scram_secret_association: {
    type: 'AWS::MSK::BatchScramSecret',
    properties: (config) => ({
      ...pick(config, { ClusterArn: 'cluster_arn' }),
      SecretArnList: items(config['secret_arn']),
      // It does not own the cluster's whole list.
      IsSingle: true,
    }),
    written: { SecretArnList: ['secret_arn'] },
  },
  aws_msk_cluster_policy: {
    type: 'AWS::MSK::ClusterPolicy',
    properties: (config) => pick(config, { ClusterArn: 'cluster_arn', Policy: 'policy' }),
  },
  aws_msk_configuration: {
    type: 'AWS::MSK::Configuration',
    names: { Name: 'name' },
    attributes: { latest_revision: 'LatestRevision.Revision' },
    properties: (config) => pick(config, { Name: 'name', ServerProperties: 'server_properties' }),
  },
  aws_msk_vpc_connection: {
    type: 'AWS::MSK::VpcConnection',
    names: { TargetClusterArn: 'target_cluster_arn' },
    properties: (config) =>
      pick(config, {
        TargetClusterArn: 'target_cluster_arn',
        Authentication: 'authentication',
        VpcId: 'vpc_id',
        ClientSubnets: 'client_subnets',
        SecurityGroups: 'security_groups',
      }),
  },
  aws_msk_topic: {
    type: 'AWS::MSK::Topic',
    properties: (config) => ({
      ...pick(config, {
        ClusterArn: 'cluster_arn',
        TopicName: 'name',
        PartitionCount: 'partition_count',
        ReplicationFactor: 'replication_factor',
      }),
      ...member('TopicName', config['topic_name']),
    }),
  },
  aws_glue_registry: {
    type: 'AWS::Glue::Registry',
    names: { Name: 'registry_name' },
    properties: (config) => pick(config, { Name: 'registry_name' }),
    written: { Name: ['registry_name'] },
  },
};
