import { brokerCount, count, instant, knownTagMap, list, maybe, revision, text, z } from './shape.js';

const switched = z.object({ Enabled: maybe(z.boolean()) });
const sasl = z.object({ Scram: maybe(switched), Iam: maybe(switched) });
const clientAuthentication = z.object({
  Sasl: maybe(sasl),
  Tls: maybe(z.object({ Enabled: maybe(z.boolean()), CertificateAuthorityArnList: list(text) })),
  Unauthenticated: maybe(switched),
});

/** A cluster, as DescribeClusterV2 returns it. */
export const clusterSchema = z.object({
  ClusterArn: text,
  ClusterName: maybe(text),
  ClusterType: maybe(text),
  State: maybe(text),
  StateInfo: maybe(z.object({ Code: maybe(text), Message: maybe(text) })),
  CreationTime: maybe(instant),
  CurrentVersion: maybe(text),
  ActiveOperationArn: maybe(text),
  Tags: knownTagMap,
  Provisioned: maybe(
    z.object({
      NumberOfBrokerNodes: maybe(brokerCount),
      EnhancedMonitoring: maybe(text),
      StorageMode: maybe(text),
      BrokerNodeGroupInfo: maybe(
        z.object({
          ClientSubnets: list(text),
          SecurityGroups: list(text),
          InstanceType: maybe(text),
          ZoneIds: list(text),
          ConnectivityInfo: maybe(
            z.object({
              NetworkType: maybe(text),
              PublicAccess: maybe(z.object({ Type: maybe(text) })),
              VpcConnectivity: maybe(
                z.object({
                  ClientAuthentication: maybe(z.object({ Sasl: maybe(sasl), Tls: maybe(switched) })),
                }),
              ),
            }),
          ),
        }),
      ),
      CurrentBrokerSoftwareInfo: maybe(
        z.object({
          KafkaVersion: maybe(text),
          ConfigurationArn: maybe(text),
          ConfigurationRevision: maybe(revision),
        }),
      ),
      ClientAuthentication: maybe(clientAuthentication),
      EncryptionInfo: maybe(
        z.object({
          EncryptionInTransit: maybe(z.object({ ClientBroker: maybe(text), InCluster: maybe(z.boolean()) })),
        }),
      ),
    }),
  ),
  Serverless: maybe(
    z.object({
      VpcConfigs: list(z.object({ SubnetIds: list(text), SecurityGroupIds: list(text) })),
      ClientAuthentication: maybe(z.object({ Sasl: maybe(z.object({ Iam: maybe(switched) })) })),
    }),
  ),
});
export type Cluster = z.infer<typeof clusterSchema>;

/** GetBootstrapBrokers: comma-separated `host:port` lists, each present if that access is enabled. */
export const bootstrapSchema = z.object({
  BootstrapBrokerString: maybe(text),
  BootstrapBrokerStringTls: maybe(text),
  BootstrapBrokerStringSaslScram: maybe(text),
  BootstrapBrokerStringSaslIam: maybe(text),
  BootstrapBrokerStringPublicTls: maybe(text),
  BootstrapBrokerStringPublicSaslScram: maybe(text),
  BootstrapBrokerStringPublicSaslIam: maybe(text),
  BootstrapBrokerStringVpcConnectivityTls: maybe(text),
  BootstrapBrokerStringVpcConnectivitySaslScram: maybe(text),
  BootstrapBrokerStringVpcConnectivitySaslIam: maybe(text),
  BootstrapBrokerStringIpv6: maybe(text),
  BootstrapBrokerStringTlsIpv6: maybe(text),
  BootstrapBrokerStringSaslScramIpv6: maybe(text),
  BootstrapBrokerStringSaslIamIpv6: maybe(text),
});
export type BootstrapBrokers = z.infer<typeof bootstrapSchema>;

export const topicSchema = z.object({
  TopicName: text,
  TopicArn: maybe(text),
  PartitionCount: maybe(count),
  ReplicationFactor: maybe(count),
  OutOfSyncReplicaCount: maybe(count),
});
export type Topic = z.infer<typeof topicSchema>;

/** The server properties of a configuration revision that checks use. */
export const serverPropertiesSchema = z.record(text, text);
export type ServerProperties = z.infer<typeof serverPropertiesSchema>;

/** DescribeVpcConnection: the MSK multi-VPC connection of a cross-account mapping. */
export const vpcConnectionSchema = z.object({
  VpcConnectionArn: text,
  TargetClusterArn: maybe(text),
  State: maybe(text),
  Authentication: maybe(text),
  VpcId: maybe(text),
  Subnets: list(text),
  SecurityGroups: list(text),
});
export type VpcConnection = z.infer<typeof vpcConnectionSchema>;
