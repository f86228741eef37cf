import type { Cluster } from '../snapshot/resources/index.js';
import type { ClusterView } from './facts.js';

/**
 * A cluster in the words of the checks. Members that AWS leaves out mean: no ClientAuthentication,
 * only unauthenticated access; no EncryptionInTransit, TLS (the API's default).
 */
export function viewCluster(raw: Cluster): ClusterView {
  const serverless = raw.Serverless !== undefined || raw.ClusterType === 'SERVERLESS';
  const group = raw.Provisioned?.BrokerNodeGroupInfo;
  const authentication = raw.Provisioned?.ClientAuthentication;
  const scram = authentication?.Sasl?.Scram?.Enabled === true;
  const mtls = authentication?.Tls?.Enabled === true;
  const iam = serverless || authentication?.Sasl?.Iam?.Enabled === true;
  const unauthenticated = !serverless && (authentication?.Unauthenticated?.Enabled ?? !(scram || mtls || iam));
  const inTransit = raw.Provisioned?.EncryptionInfo?.EncryptionInTransit?.ClientBroker ?? 'TLS';
  const placements = serverless
    ? (raw.Serverless?.VpcConfigs ?? []).map((vpc) => ({ subnetIds: vpc.SubnetIds, securityGroupIds: vpc.SecurityGroupIds }))
    : [{ subnetIds: group?.ClientSubnets ?? [], securityGroupIds: group?.SecurityGroups ?? [] }];
  const software = raw.Provisioned?.CurrentBrokerSoftwareInfo;
  return {
    arn: raw.ClusterArn,
    name: raw.ClusterName ?? raw.ClusterArn.split('/')[1] ?? raw.ClusterArn,
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
      software?.ConfigurationArn === undefined ? null : { arn: software.ConfigurationArn, revision: software.ConfigurationRevision ?? 1 },
    instanceType: group?.InstanceType ?? null,
    publicAccess: group?.ConnectivityInfo?.PublicAccess?.Type === 'SERVICE_PROVIDED_EIPS',
    raw,
  };
}
