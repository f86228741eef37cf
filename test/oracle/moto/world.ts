/**
 * A whole account over HTTP: network, rights, secrets, keys and destinations stand in moto; Lambda and Kafka, whose
 * mappings and brokers moto lacks, are answered by our own double, on the ids that moto gave.
 */
import { brokerPorts } from '../../../src/aws/msk.js';
import type { Answerer } from '../../../src/account/clients.js';
import type { Mapping } from '../../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { createSandbox } from '../../../src/sandbox/sandbox.js';
import {
  account,
  clusterArn,
  clusterName,
  clusterUuid,
  functionArn,
  healthyAccount,
  managedPolicyArn,
  region,
  topic,
  uuid,
  value,
} from '../../accounts/account.js';
import { startDouble } from '../../wire/double.js';
import type { Send } from './calls.js';

export interface WorldOptions {
  auth?: 'iam' | 'scram';
  wayOut?: 'endpoints' | 'nat';
}

/** Names and ids of what was made. */
export interface World {
  send: Send;
  vpcId: string;
  subnetIds: string[];
  groupId: string;
  endpointGroupId: string;
  routeTableId: string;
  aclId: string;
  natId: string | undefined;
  endpoints: Record<string, string>;
  roleName: string;
  secretArn: string;
  keyId: string;
  /** Changes what Lambda and Kafka answer. */
  change(by: (snapshot: Snapshot) => void): void;
  /** What Lambda and Kafka answer now. */
  snapshot(): Snapshot;
  mapping(): Mapping;
  /** Makes a call of a fix: to moto, or to the double. */
  apply(call: { service: string; operation: string; input: object }): Promise<void>;
  /** What the program is run with. */
  env: Record<string, string>;
  close(): Promise<void>;
}

export const policy = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
export const allow = (Action: string | string[], Resource: string | string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});
export const kafkaArn = (type: string, name: string) =>
  `arn:aws:kafka:${region}:${account}:${type}/${clusterName}/${clusterUuid}/${name}`;
export const connect = allow(
  ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'],
  clusterArn,
);
export const readTopic = allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], kafkaArn('topic', topic));
export const useGroup = allow(['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], kafkaArn('group', uuid));

let made = 0;

export async function buildWorld(
  motoUrl: string,
  send: Send,
  { auth = 'iam', wayOut = 'endpoints' }: WorldOptions = {},
): Promise<World> {
  const name = `orders-${++made}`;
  const network = await buildNetwork(send, name, brokerPorts[auth], wayOut);
  const secret = auth === 'scram' ? await buildSecret(send, name) : { secretArn: '', keyId: '', keyArn: '' };
  const roleName = `${name}-role`;
  const { Role } = await send('iam', 'CreateRole', {
    RoleName: roleName,
    AssumeRolePolicyDocument: policy({
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
  });
  await send('iam', 'AttachRolePolicy', { RoleName: roleName, PolicyArn: managedPolicyArn });
  const rights =
    auth === 'iam'
      ? policy(connect, readTopic, useGroup)
      : policy(allow('secretsmanager:GetSecretValue', secret.secretArn), allow('kms:Decrypt', secret.keyArn));
  await send('iam', 'PutRolePolicy', { RoleName: roleName, PolicyName: 'kafka-access', PolicyDocument: rights });

  const snapshot = healthyAccount({ auth });
  const nodes = value(snapshot.clusters, clusterArn).Provisioned!.BrokerNodeGroupInfo!;
  Object.assign(nodes, { ClientSubnets: network.subnetIds, SecurityGroups: [network.groupId] });
  // Younger than its role: an older one would have been given another role of that name.
  Object.assign(value(snapshot.functions, functionArn), {
    Role: Role.Arn as string,
    LastModified: new Date(Date.now() + 60_000).toISOString().replace('Z', '+0000'),
  });
  if (auth === 'scram') {
    value(snapshot.mappings, uuid).SourceAccessConfigurations = [
      { Type: 'SASL_SCRAM_512_AUTH', URI: secret.secretArn },
    ];
    snapshot.scramSecrets[clusterArn] = { outcome: 'ok', value: [secret.secretArn] };
  }
  // Played changes make a new snapshot: those made here must meet the one that is served.
  const sandbox = createSandbox(snapshot);
  const double = await startDouble(sandbox.answer as Answerer);
  const atMoto = ['EC2', 'IAM', 'STS', 'SECRETS_MANAGER', 'KMS', 'SQS', 'SNS', 'S3', 'CLOUDWATCH', 'CLOUDWATCH_LOGS'];
  return {
    send,
    roleName,
    ...network,
    ...secret,
    change: (by) => by(sandbox.snapshot()),
    snapshot: () => sandbox.snapshot(),
    mapping: () => value(sandbox.snapshot().mappings, uuid),
    apply: async ({ service, operation, input }) => {
      if (service === 'lambda' || service === 'kafka') await sandbox.answer({ service, operation, input });
      else await send(service, operation, input);
    },
    env: {
      AWS_ENDPOINT_URL: double.url,
      ...Object.fromEntries(atMoto.map((service) => [`AWS_ENDPOINT_URL_${service}`, motoUrl])),
    },
    close: () => double.close(),
  };
}

async function buildNetwork(send: Send, name: string, port: number, wayOut: 'endpoints' | 'nat') {
  const { Vpc } = await send('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' });
  const vpcId = Vpc.VpcId as string;
  await send('ec2', 'ModifyVpcAttribute', { VpcId: vpcId, EnableDnsHostnames: { Value: true } });
  const subnet = async (index: number, zone: string) =>
    (
      await send('ec2', 'CreateSubnet', {
        VpcId: vpcId,
        CidrBlock: `10.0.${index}.0/24`,
        AvailabilityZone: `${region}${zone}`,
      })
    ).Subnet.SubnetId as string;
  const subnetIds = [await subnet(0, 'a'), await subnet(1, 'b'), await subnet(2, 'c')];
  const publicSubnet = await subnet(100, 'a');

  const group = async (suffix: string) =>
    (await send('ec2', 'CreateSecurityGroup', { GroupName: `${name}-${suffix}`, Description: suffix, VpcId: vpcId }))
      .GroupId as string;
  const [groupId, endpointGroupId] = [await group('cluster'), await group('endpoints')];
  await send('ec2', 'AuthorizeSecurityGroupIngress', { GroupId: groupId, IpPermissions: [tcp(port, groupId)] });
  await send('ec2', 'AuthorizeSecurityGroupIngress', { GroupId: endpointGroupId, IpPermissions: [tcp(443, groupId)] });

  const table = async (subnets: string[]) => {
    const id = (await send('ec2', 'CreateRouteTable', { VpcId: vpcId })).RouteTable.RouteTableId as string;
    for (const SubnetId of subnets) await send('ec2', 'AssociateRouteTable', { RouteTableId: id, SubnetId });
    return id;
  };
  const [routeTableId, publicTable] = [await table(subnetIds), await table([publicSubnet])];
  const gateway = (await send('ec2', 'CreateInternetGateway')).InternetGateway.InternetGatewayId as string;
  await send('ec2', 'AttachInternetGateway', { InternetGatewayId: gateway, VpcId: vpcId });
  await send('ec2', 'CreateRoute', {
    RouteTableId: publicTable,
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: gateway,
  });

  let natId: string | undefined;
  const endpoints: Record<string, string> = {};
  if (wayOut === 'nat') {
    const { AllocationId } = await send('ec2', 'AllocateAddress', { Domain: 'vpc' });
    natId = (await send('ec2', 'CreateNatGateway', { SubnetId: publicSubnet, AllocationId })).NatGateway
      .NatGatewayId as string;
    await send('ec2', 'CreateRoute', {
      RouteTableId: routeTableId,
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: natId,
    });
  } else
    for (const service of ['lambda', 'sts', 'secretsmanager'])
      endpoints[service] = await createEndpoint(send, { vpcId, subnetIds, groups: [endpointGroupId] }, service);
  const acls = (await send('ec2', 'DescribeNetworkAcls', { Filters: [{ Name: 'vpc-id', Values: [vpcId] }] }))
    .NetworkAcls as { NetworkAclId: string }[];
  return { vpcId, subnetIds, groupId, endpointGroupId, routeTableId, natId, endpoints, aclId: acls[0]!.NetworkAclId };
}

export const createEndpoint = async (
  send: Send,
  { vpcId, subnetIds, groups }: { vpcId: string; subnetIds: string[]; groups: string[] },
  service: string,
  more: object = {},
): Promise<string> =>
  (
    await send('ec2', 'CreateVpcEndpoint', {
      VpcEndpointType: 'Interface',
      VpcId: vpcId,
      ServiceName: `com.amazonaws.${region}.${service}`,
      SubnetIds: subnetIds,
      SecurityGroupIds: groups,
      PrivateDnsEnabled: true,
      ...more,
    })
  ).VpcEndpoint.VpcEndpointId as string;

/** A rule for one port, from a group. */
export const tcp = (port: number, from: string) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  UserIdGroupPairs: [{ GroupId: from }],
});

async function buildSecret(send: Send, name: string) {
  const { KeyMetadata } = await send('kms', 'CreateKey', { Description: name });
  const { ARN } = await send('secretsmanager', 'CreateSecret', {
    Name: `AmazonMSK_${name}`,
    KmsKeyId: KeyMetadata.Arn,
    SecretString: JSON.stringify({ username: 'orders-reader', password: `made up at ${Date.now()}` }),
  });
  return { secretArn: ARN as string, keyId: KeyMetadata.KeyId as string, keyArn: KeyMetadata.Arn as string };
}
