import { clusterNameOf } from '../aws/event-source.js';
import type { BootstrapBrokers, Cluster } from '../snapshot/resources/index.js';
import type { Placement } from '../network/question.js';

/** A cluster in the terms of the checks. */
export interface ClusterView {
  arn: string;
  name: string;
  type: 'provisioned' | 'serverless';
  state: string;
  /** Subnets with their security groups: one set for a provisioned cluster; Serverless may have several. */
  placements: Placement[];
  iam: boolean;
  scram: boolean;
  mtls: boolean;
  /** TLS without authentication is enabled. */
  unauthenticatedTls: boolean;
  plaintext: boolean;
  /** Private CAs whose client certificates the brokers trust. */
  certificateAuthorities: string[];
  kafkaVersion: string | null;
  brokers: number;
  configuration: { arn: string; revision: number } | null;
  instanceType: string | null;
  publicAccess: boolean;
  raw: Cluster;
}

/**
 * A cluster in the terms of the checks. If AWS omits ClientAuthentication, there is only unauthenticated access; if
 * it omits EncryptionInTransit, TLS (the API's default). `strings` (one per authentication method) count where the
 * cluster omits both.
 */
export function viewCluster(raw: Cluster, strings: BootstrapBrokers = {}): ClusterView {
  const serverless = raw.Serverless !== undefined || raw.ClusterType === 'SERVERLESS';
  const group = raw.Provisioned?.BrokerNodeGroupInfo;
  const authentication = raw.Provisioned?.ClientAuthentication;
  const shows = (field: keyof BootstrapBrokers) => (strings[field] ?? '') !== '';
  const isOn = (enabled: boolean | undefined, field: keyof BootstrapBrokers) => enabled ?? shows(field);
  const scram = isOn(authentication?.Sasl?.Scram?.Enabled, 'BootstrapBrokerStringSaslScram');
  const mtls = authentication?.Tls?.Enabled === true;
  const iam = serverless || isOn(authentication?.Sasl?.Iam?.Enabled, 'BootstrapBrokerStringSaslIam');
  const unauthenticated = !serverless && (authentication?.Unauthenticated?.Enabled ?? !(scram || mtls || iam));
  const inTransit =
    raw.Provisioned?.EncryptionInfo?.EncryptionInTransit?.ClientBroker ??
    (!shows('BootstrapBrokerString') ? 'TLS' : shows('BootstrapBrokerStringTls') ? 'TLS_PLAINTEXT' : 'PLAINTEXT');
  const placements = serverless
    ? (raw.Serverless?.VpcConfigs ?? []).map((vpc) => ({
        subnetIds: vpc.SubnetIds,
        securityGroupIds: vpc.SecurityGroupIds,
      }))
    : [{ subnetIds: group?.ClientSubnets ?? [], securityGroupIds: group?.SecurityGroups ?? [] }];
  const software = raw.Provisioned?.CurrentBrokerSoftwareInfo;
  return {
    arn: raw.ClusterArn,
    name: raw.ClusterName ?? clusterNameOf(raw.ClusterArn) ?? raw.ClusterArn,
    type: serverless ? 'serverless' : 'provisioned',
    state: raw.State ?? 'ACTIVE',
    placements,
    iam,
    scram,
    mtls,
    unauthenticatedTls: unauthenticated && inTransit !== 'PLAINTEXT',
    plaintext: unauthenticated && inTransit !== 'TLS',
    certificateAuthorities: authentication?.Tls?.CertificateAuthorityArnList ?? [],
    kafkaVersion: software?.KafkaVersion ?? null,
    brokers: raw.Provisioned?.NumberOfBrokerNodes ?? 0,
    configuration:
      software?.ConfigurationArn === undefined
        ? null
        : { arn: software.ConfigurationArn, revision: software.ConfigurationRevision ?? 1 },
    instanceType: group?.InstanceType ?? null,
    publicAccess: group?.ConnectivityInfo?.PublicAccess?.Type === 'SERVICE_PROVIDED_EIPS',
    raw,
  };
}
