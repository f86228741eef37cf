/**
 * A healthy account, in the shape of a snapshot with everything read: the ground on which examples
 * and tests change one thing. Every name in it is made up.
 */
import { ok } from '../snapshot/read.js';
import type * as r from '../snapshot/resources/index.js';
import { emptySnapshot, type Snapshot } from '../snapshot/snapshot.js';

export interface HealthyOptions {
  auth?: 'iam' | 'scram' | 'mtls' | 'tls' | 'plaintext';
  /** How the pollers reach Lambda and STS; `none` fits provisioned pollers only. */
  wayOut?: 'endpoints' | 'nat' | 'none';
  provisioned?: boolean;
}

export const region = 'eu-west-1';
export const account = '111122223333';
export const capturedAt = '2026-11-24T10:00:00.000Z';
export const uuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11';
export const clusterUuid = '8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2';
export const clusterName = 'orders-cluster';
export const topic = 'orders';
export const functionName = 'order-handler';
export const clusterArn = `arn:aws:kafka:${region}:${account}:cluster/${clusterName}/${clusterUuid}`;
export const functionArn = `arn:aws:lambda:${region}:${account}:function:${functionName}`;
export const roleArn = `arn:aws:iam::${account}:role/${functionName}-role`;
export const vpcId = 'vpc-0a1b2c3d4e5f60001';
export const groupId = 'sg-0a1b2c3d4e5f6c001';
export const subnetIds = ['subnet-0a1b2c3d4e5f6000a', 'subnet-0a1b2c3d4e5f6000b', 'subnet-0a1b2c3d4e5f6000c'];
export const publicSubnetIds = ['subnet-0a1b2c3d4e5f6001a', 'subnet-0a1b2c3d4e5f6001b', 'subnet-0a1b2c3d4e5f6001c'];
export const endpointGroupId = 'sg-0a1b2c3d4e5f6e001';
export const secretArn = `arn:aws:secretsmanager:${region}:${account}:secret:AmazonMSK_orders-Xy12Ab`;
export const keyId = '0f9e8d7c-6b5a-4938-8271-605f4e3d2c1b';
export const keyArn = `arn:aws:kms:${region}:${account}:key/${keyId}`;
export const managedPolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole';

const zones = ['a', 'b', 'c'];
const document = (statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** A rule that lets one protocol and port range in or out; peers are added to it. */
export const rule = (from: number, to: number, peers: Partial<r.IpPermission>): r.IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  IpRanges: [],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
  ...peers,
});
export const allTraffic: r.IpPermission = {
  IpProtocol: '-1',
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
};
export const fromGroup = (id: string): Partial<r.IpPermission> => ({
  UserIdGroupPairs: [{ GroupId: id, UserId: account, VpcId: vpcId }],
});

export const ports = { mtls: 9094, tls: 9094, scram: 9096, iam: 9098, plaintext: 9092 } as const;

/** A healthy account with one mapping. Each call makes a new object, free to be changed. */
export function healthyAccount({ auth = 'iam', wayOut = 'endpoints', provisioned = false }: HealthyOptions = {}): Snapshot {
  const snapshot = emptySnapshot({
    tool: { name: 'msk-lambda', version: 'sandbox' },
    partition: 'aws',
    region,
    account,
    caller: `arn:aws:iam::${account}:user/you`,
    capturedAt,
  });
  snapshot.targets = [uuid];
  addMapping(snapshot, auth, provisioned);
  addCluster(snapshot, auth);
  addNetwork(snapshot, ports[auth], wayOut);
  addRole(snapshot, auth);
  if (auth === 'scram' || auth === 'mtls') addSecret(snapshot, auth);
  return snapshot;
}

function addMapping(snapshot: Snapshot, auth: NonNullable<HealthyOptions['auth']>, provisioned: boolean) {
  const secretType = { scram: 'SASL_SCRAM_512_AUTH', mtls: 'CLIENT_CERTIFICATE_TLS_AUTH' }[auth as string];
  snapshot.mappings[uuid] = ok<r.Mapping>({
    UUID: uuid,
    EventSourceMappingArn: `arn:aws:lambda:${region}:${account}:event-source-mapping:${uuid}`,
    EventSourceArn: clusterArn,
    FunctionArn: functionArn,
    State: 'Enabled',
    StateTransitionReason: 'USER_INITIATED',
    LastProcessingResult: 'OK',
    LastModified: '2026-11-20T08:00:00.000Z',
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 100,
    Topics: [topic],
    SourceAccessConfigurations: secretType === undefined ? [] : [{ Type: secretType, URI: secretArn }],
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: uuid },
    FunctionResponseTypes: [],
    ...(provisioned ? { ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 3 } } : {}),
  });
  snapshot.mappingLists['*'] = ok([uuid]);
  snapshot.mappingLists[clusterArn] = ok([uuid]);
  snapshot.functions[functionArn] = ok<r.FunctionConfiguration>({
    FunctionName: functionName,
    FunctionArn: functionArn,
    Role: roleArn,
    Runtime: 'nodejs22.x',
    Version: '$LATEST',
    Timeout: 30,
    MemorySize: 256,
    LastModified: '2026-11-19T08:00:00.000+0000',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  });
  snapshot.concurrency[functionArn] = ok({});
}

function addCluster(snapshot: Snapshot, auth: NonNullable<HealthyOptions['auth']>) {
  const on = (method: string) => ({ Enabled: auth === method });
  snapshot.clusters[clusterArn] = ok<r.Cluster>({
    ClusterArn: clusterArn,
    ClusterName: clusterName,
    ClusterType: 'PROVISIONED',
    State: 'ACTIVE',
    CreationTime: '2026-01-10T08:00:00.000Z',
    CurrentVersion: 'K3AEGXETSR30VB',
    Provisioned: {
      NumberOfBrokerNodes: 3,
      EnhancedMonitoring: 'DEFAULT',
      BrokerNodeGroupInfo: {
        ClientSubnets: [...subnetIds],
        SecurityGroups: [groupId],
        InstanceType: 'kafka.m7g.large',
        ZoneIds: ['euw1-az1', 'euw1-az2', 'euw1-az3'],
        ConnectivityInfo: { NetworkType: 'IPV4', PublicAccess: { Type: 'DISABLED' } },
      },
      CurrentBrokerSoftwareInfo: { KafkaVersion: '3.8.x' },
      ClientAuthentication: {
        Sasl: { Iam: on('iam'), Scram: on('scram') },
        Tls: {
          ...on('mtls'),
          CertificateAuthorityArnList: auth === 'mtls' ? [`arn:aws:acm-pca:${region}:${account}:certificate-authority/${keyId}`] : [],
        },
        Unauthenticated: { Enabled: auth === 'tls' || auth === 'plaintext' },
      },
      EncryptionInfo: { EncryptionInTransit: { ClientBroker: auth === 'plaintext' ? 'PLAINTEXT' : 'TLS', InCluster: true } },
    },
  });
  const field = {
    iam: 'BootstrapBrokerStringSaslIam',
    scram: 'BootstrapBrokerStringSaslScram',
    mtls: 'BootstrapBrokerStringTls',
    tls: 'BootstrapBrokerStringTls',
    plaintext: 'BootstrapBrokerString',
  }[auth];
  const hosts = [1, 2, 3].map((broker) => `b-${broker}.${clusterName.replace('-', '')}.abc123.c2.kafka.${region}.amazonaws.com:${ports[auth]}`);
  snapshot.bootstrapBrokers[clusterArn] = ok<r.BootstrapBrokers>({ [field]: hosts.join(',') });
  snapshot.topics[clusterArn] = ok<r.Topic[]>([
    { TopicName: topic, PartitionCount: 6, ReplicationFactor: 3, OutOfSyncReplicaCount: 0 },
    { TopicName: 'payments', PartitionCount: 3, ReplicationFactor: 3, OutOfSyncReplicaCount: 0 },
  ]);
}

function addNetwork(snapshot: Snapshot, port: number, wayOut: NonNullable<HealthyOptions['wayOut']>) {
  const cidr = (index: number, base: number) => `10.0.${base + index}.0/24`;
  const subnet = (id: string, index: number, base: number): r.Subnet => ({
    SubnetId: id,
    VpcId: vpcId,
    State: 'available',
    CidrBlock: cidr(index, base),
    Ipv6CidrBlockAssociationSet: [],
    AvailabilityZone: `${region}${zones[index]}`,
    AvailabilityZoneId: `euw1-az${index + 1}`,
    AvailableIpAddressCount: 240,
    OwnerId: account,
  });
  const privateSubnets = subnetIds.map((id, index) => subnet(id, index, 0));
  const publicSubnets = publicSubnetIds.map((id, index) => subnet(id, index, 100));
  for (const one of privateSubnets) snapshot.subnets[one.SubnetId] = ok(one);
  snapshot.vpcSubnets[vpcId] = ok([...privateSubnets, ...publicSubnets].map((one) => ({ ...one })));
  snapshot.vpcs[vpcId] = ok<r.Vpc>({
    VpcId: vpcId,
    CidrBlock: '10.0.0.0/16',
    CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } }],
    DhcpOptionsId: 'dopt-0a1b2c3d4e5f60001',
    OwnerId: account,
  });
  snapshot.dhcpOptions['dopt-0a1b2c3d4e5f60001'] = ok<r.DhcpOptions>({
    DhcpOptionsId: 'dopt-0a1b2c3d4e5f60001',
    DhcpConfigurations: [{ Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] }],
  });
  snapshot.vpcDnsSupport[vpcId] = ok(true);
  snapshot.vpcDnsHostnames[vpcId] = ok(true);
  snapshot.securityGroups[vpcId] = ok<r.SecurityGroup[]>([
    {
      GroupId: groupId,
      GroupName: 'orders-cluster',
      VpcId: vpcId,
      OwnerId: account,
      IpPermissions: [rule(port, port, fromGroup(groupId))],
      IpPermissionsEgress: [structuredClone(allTraffic)],
    },
    {
      GroupId: endpointGroupId,
      GroupName: 'endpoints',
      VpcId: vpcId,
      OwnerId: account,
      IpPermissions: [rule(443, 443, fromGroup(groupId))],
      IpPermissionsEgress: [structuredClone(allTraffic)],
    },
  ]);
  const local: r.Route = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active', Origin: 'CreateRouteTable' };
  const table = (id: string, subnets: string[], routes: r.Route[], main = false): r.RouteTable => ({
    RouteTableId: id,
    VpcId: vpcId,
    Associations: [
      ...(main ? [{ Main: true }] : []),
      ...subnets.map((SubnetId) => ({ Main: false, SubnetId, AssociationState: { State: 'associated' } })),
    ],
    Routes: [{ ...local }, ...routes],
  });
  const nat = (index: number) => `nat-0a1b2c3d4e5f6000${zones[index]}`;
  snapshot.routeTables[vpcId] = ok<r.RouteTable[]>([
    table('rtb-0a1b2c3d4e5f60000', [], [], true),
    ...subnetIds.map((id, index) =>
      table(
        `rtb-0a1b2c3d4e5f6000${zones[index]}`,
        [id],
        wayOut === 'nat' ? [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: nat(index), State: 'active', Origin: 'CreateRoute' }] : [],
      ),
    ),
    table('rtb-0a1b2c3d4e5f60019', publicSubnetIds, [
      { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0a1b2c3d4e5f60001', State: 'active', Origin: 'CreateRoute' },
    ]),
  ]);
  snapshot.natGateways[vpcId] = ok<r.NatGateway[]>(
    wayOut !== 'nat'
      ? []
      : subnetIds.map((_, index) => ({
          NatGatewayId: nat(index),
          VpcId: vpcId,
          SubnetId: publicSubnetIds[index]!,
          State: 'available',
          ConnectivityType: 'public',
          AvailabilityMode: 'zonal',
          NatGatewayAddresses: [{ PublicIp: `198.51.100.${10 + index}`, PrivateIp: `10.0.${100 + index}.10` }],
        })),
  );
  snapshot.networkAcls[vpcId] = ok<r.NetworkAcl[]>([
    {
      NetworkAclId: 'acl-0a1b2c3d4e5f60001',
      VpcId: vpcId,
      IsDefault: true,
      Associations: [...subnetIds, ...publicSubnetIds].map((SubnetId) => ({ SubnetId })),
      Entries: [true, false].flatMap((Egress) => [
        { RuleNumber: 100, Protocol: '-1', RuleAction: 'allow', Egress, CidrBlock: '0.0.0.0/0' },
        { RuleNumber: 32767, Protocol: '-1', RuleAction: 'deny', Egress, CidrBlock: '0.0.0.0/0' },
      ]),
    },
  ]);
  const services = wayOut === 'endpoints' ? ['lambda', 'sts', 'secretsmanager'] : [];
  snapshot.vpcEndpoints[vpcId] = ok(services.map((service, index) => interfaceEndpoint(service, index)));
  snapshot.networkInterfaces[vpcId] = ok([]);
}

/** An interface endpoint in all three private subnets, open to the cluster's group. */
export const interfaceEndpoint = (service: string, index: number): r.VpcEndpoint => ({
  VpcEndpointId: `vpce-0a1b2c3d4e5f6000${index + 1}`,
  VpcEndpointType: 'Interface',
  VpcId: vpcId,
  ServiceName: `com.amazonaws.${region}.${service}`,
  State: 'available',
  PolicyDocument: JSON.stringify({ Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }] }),
  RouteTableIds: [],
  SubnetIds: [...subnetIds],
  Groups: [{ GroupId: endpointGroupId }],
  PrivateDnsEnabled: true,
  NetworkInterfaceIds: [],
});

function addRole(snapshot: Snapshot, auth: NonNullable<HealthyOptions['auth']>) {
  snapshot.roles[roleArn] = ok<r.Role>({
    RoleName: `${functionName}-role`,
    Arn: roleArn,
    Path: '/',
    RoleId: 'AROAEXAMPLEEXAMPLEEX1',
    CreateDate: '2026-01-10T08:00:00.000Z',
    AssumeRolePolicyDocument: document([{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }]),
    Tags: [],
  });
  snapshot.attachedPolicies[roleArn] = ok([{ PolicyName: 'AWSLambdaMSKExecutionRole', PolicyArn: managedPolicyArn }]);
  snapshot.managedPolicies[managedPolicyArn] = ok(
    document([
      {
        Effect: 'Allow',
        Action: [
          'kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers',
          'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeVpcs', 'ec2:DeleteNetworkInterface',
          'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups',
          'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents',
        ],
        Resource: '*',
      },
    ]),
  );
  const kafkaArn = (type: string) => `arn:aws:kafka:${region}:${account}:${type}/${clusterName}/${clusterUuid}`;
  const statements = {
    iam: [
      { Effect: 'Allow', Action: ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'], Resource: clusterArn },
      { Effect: 'Allow', Action: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], Resource: `${kafkaArn('topic')}/${topic}` },
      { Effect: 'Allow', Action: ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], Resource: `${kafkaArn('group')}/${uuid}` },
    ],
    scram: [
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretArn },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn },
    ],
    mtls: [
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretArn },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn },
    ],
    tls: [],
    plaintext: [],
  }[auth];
  snapshot.inlinePolicyNames[roleArn] = ok(statements.length > 0 ? ['kafka-access'] : []);
  if (statements.length > 0) snapshot.inlinePolicies[`${roleArn}#kafka-access`] = ok(document(statements));
}

function addSecret(snapshot: Snapshot, auth: 'scram' | 'mtls') {
  snapshot.secrets[secretArn] = ok<r.Secret>({
    ARN: secretArn,
    Name: 'AmazonMSK_orders',
    KmsKeyId: keyArn,
    LastChangedDate: '2026-06-01T08:00:00.000Z',
  });
  snapshot.secretPolicies[secretArn] = ok('');
  const field = { present: true, empty: false, edgeWhitespace: false, specialCharacters: false };
  snapshot.secretProfiles[secretArn] = ok<r.SecretProfile>(
    auth === 'scram'
      ? { bytes: 58, form: 'object', members: ['username', 'password'], misspelt: [], otherMembers: 0, notText: [], username: field, password: field, principal: 'User:orders-reader' }
      : {
          bytes: 5120, form: 'object', members: ['certificate', 'privateKey'], misspelt: [], otherMembers: 0, notText: [],
          principal: 'User:CN=orders-reader,O=Example',
          certificate: {
            pem: true, newlinesLost: false, blocks: 2, unreadableBlocks: 0,
            chain: [
              { subject: 'CN=orders-reader,O=Example', issuer: 'CN=Example CA', notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2028-01-01T00:00:00.000Z', selfSigned: false },
              { subject: 'CN=Example CA', issuer: 'CN=Example CA', notBefore: '2024-01-01T00:00:00.000Z', notAfter: '2034-01-01T00:00:00.000Z', selfSigned: true },
            ],
            ordered: true, brokenLinks: [], complete: true,
          },
          privateKey: { pem: true, newlinesLost: false, container: 'PKCS#8', algorithm: 'RSA', passwordGiven: false, opens: 'not-encrypted', matchesCertificate: 'yes' },
        },
  );
  snapshot.keys[keyArn] = ok<r.KmsKey>({ KeyId: keyId, Arn: keyArn, KeyState: 'Enabled', Enabled: true, KeyManager: 'CUSTOMER', KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT' });
  snapshot.keyPolicies[keyArn] = ok(document([{ Sid: 'Enable IAM policies', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }]));
  if (auth === 'scram') snapshot.scramSecrets[clusterArn] = ok([secretArn]);
}
