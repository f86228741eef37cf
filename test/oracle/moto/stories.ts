/** What goes wrong in an account in moto, one thing at a time, and what must be named for it. */
import type { ErrorTextId } from '../../../src/catalogue/texts.js';
import { account, clusterArn, functionArn, managedPolicyArn, region, uuid, value } from '../../accounts/account.js';
import {
  allow,
  connect,
  createEndpoint,
  kafkaArn,
  policy,
  readTopic,
  tcp,
  useGroup,
  type World,
  type WorldOptions,
} from './world.js';

export interface Story {
  name: string;
  options?: WorldOptions;
  text: ErrorTextId;
  firstCause: string;
  /** `broken` where it is left out. */
  verdict?: 'disabled';
  breakIt(world: World): Promise<unknown>;
  /** Where no call of a fix can do it, or moto takes the call and does nothing: what a person would do. */
  repair?(world: World): Promise<unknown>;
}

const everyone = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const putRights = ({ send, roleName }: World, ...statements: object[]) =>
  send('iam', 'PutRolePolicy', {
    RoleName: roleName,
    PolicyName: 'kafka-access',
    PolicyDocument: policy(...statements),
  });
const onlyOut = async ({ send, groupId }: World, ...permissions: object[]) => {
  await send('ec2', 'RevokeSecurityGroupEgress', { GroupId: groupId, IpPermissions: [everyone] });
  await send('ec2', 'AuthorizeSecurityGroupEgress', { GroupId: groupId, IpPermissions: permissions });
};
const dropEndpoint = (world: World, service: string) =>
  world.send('ec2', 'DeleteVpcEndpoints', { VpcEndpointIds: [world.endpoints[service]!] });
const remakeEndpoint = async (world: World, service: string, more: object = {}) => {
  await dropEndpoint(world, service);
  world.endpoints[service] = await createEndpoint(
    world.send,
    { ...world, groups: [world.endpointGroupId] },
    service,
    more,
  );
};
const queueName = ({ roleName }: World) => `${roleName}-failed`;
const queueArn = (world: World) => `arn:aws:sqs:${region}:${account}:${queueName(world)}`;

const network: Story[] = [
  {
    name: 'the NAT gateway is deleted',
    options: { wayOut: 'nat' },
    text: 'vpc-cannot-reach-aws',
    firstCause: 'network.aws-path',
    breakIt: ({ send, natId }) => send('ec2', 'DeleteNatGateway', { NatGatewayId: natId }),
  },
  {
    name: 'the route to the NAT gateway is deleted',
    options: { wayOut: 'nat' },
    text: 'vpc-cannot-reach-aws',
    firstCause: 'network.aws-path',
    breakIt: ({ send, routeTableId }) =>
      send('ec2', 'DeleteRoute', { RouteTableId: routeTableId, DestinationCidrBlock: '0.0.0.0/0' }),
  },
  {
    name: 'no endpoint for STS',
    text: 'vpc-cannot-reach-aws',
    firstCause: 'network.aws-path',
    breakIt: (world) => dropEndpoint(world, 'sts'),
  },
  {
    name: 'no endpoint for Secrets Manager',
    options: { auth: 'scram' },
    text: 'vpc-cannot-reach-aws',
    firstCause: 'network.aws-path',
    breakIt: (world) => dropEndpoint(world, 'secretsmanager'),
  },
  {
    // moto takes ModifyVpcEndpoint and leaves private DNS as it was.
    name: 'private DNS is off at an endpoint',
    text: 'vpc-cannot-reach-aws',
    firstCause: 'network.endpoint-private-dns',
    breakIt: (world) => remakeEndpoint(world, 'lambda', { PrivateDnsEnabled: false }),
    repair: (world) => remakeEndpoint(world, 'lambda'),
  },
  {
    name: 'an endpoint has a policy that lets nobody in',
    text: 'vpc-cannot-reach-aws',
    firstCause: 'network.endpoint-policy',
    breakIt: ({ send, endpoints }) =>
      send('ec2', 'ModifyVpcEndpoint', {
        VpcEndpointId: endpoints['sts'],
        PolicyDocument: policy({ ...allow('sts:GetCallerIdentity'), Principal: '*' }),
      }),
    // moto does not know ResetPolicy.
    repair: ({ send, endpoints }) =>
      send('ec2', 'ModifyVpcEndpoint', {
        VpcEndpointId: endpoints['sts'],
        PolicyDocument: policy({ ...allow('*'), Principal: '*' }),
      }),
  },
  {
    name: 'the endpoints’ group lets nobody in',
    text: 'vpc-cannot-reach-aws',
    firstCause: 'network.endpoint-ingress',
    breakIt: ({ send, endpointGroupId, groupId }) =>
      send('ec2', 'RevokeSecurityGroupIngress', { GroupId: endpointGroupId, IpPermissions: [tcp(443, groupId)] }),
  },
  {
    name: 'DNS hostnames are off',
    text: 'vpc-cannot-reach-aws',
    firstCause: 'network.vpc-dns',
    breakIt: ({ send, vpcId }) =>
      send('ec2', 'ModifyVpcAttribute', { VpcId: vpcId, EnableDnsHostnames: { Value: false } }),
  },
  {
    name: 'the cluster’s group does not let itself in',
    text: 'connection-error',
    firstCause: 'network.broker-ingress',
    breakIt: ({ send, groupId }) =>
      send('ec2', 'RevokeSecurityGroupIngress', { GroupId: groupId, IpPermissions: [tcp(9098, groupId)] }),
  },
  {
    name: 'the cluster’s group lets 443 out alone',
    text: 'connection-error',
    firstCause: 'network.broker-egress',
    breakIt: (world) =>
      onlyOut(world, { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }),
  },
  {
    name: 'the cluster’s group lets out to the brokers alone',
    text: 'vpc-cannot-reach-aws',
    firstCause: 'network.https-egress',
    breakIt: (world) => onlyOut(world, tcp(9098, world.groupId)),
  },
  {
    name: 'a network ACL denies the brokers’ port',
    text: 'connection-error',
    firstCause: 'network.nacl',
    breakIt: ({ send, aclId }) =>
      send('ec2', 'CreateNetworkAclEntry', {
        NetworkAclId: aclId,
        RuleNumber: 50,
        Protocol: '6',
        RuleAction: 'deny',
        Egress: false,
        CidrBlock: '10.0.0.0/16',
        PortRange: { From: 9098, To: 9098 },
      }),
  },
];

const rights: Story[] = [
  {
    name: 'the role trusts EC2',
    text: 'cannot-assume-role',
    firstCause: 'access.trust',
    breakIt: ({ send, roleName }) =>
      send('iam', 'UpdateAssumeRolePolicy', {
        RoleName: roleName,
        PolicyDocument: policy({
          Effect: 'Allow',
          Principal: { Service: 'ec2.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
      }),
  },
  {
    name: 'the managed policy is detached',
    text: 'not-enough-permission',
    firstCause: 'access.network-interfaces',
    breakIt: ({ send, roleName }) =>
      send('iam', 'DetachRolePolicy', { RoleName: roleName, PolicyArn: managedPolicyArn }),
  },
  {
    name: 'no right inside Kafka',
    text: 'sasl-authentication-failed',
    firstCause: 'access.kafka-connect',
    breakIt: ({ send, roleName }) =>
      send('iam', 'DeleteRolePolicy', { RoleName: roleName, PolicyName: 'kafka-access' }),
  },
  {
    name: 'no right on the topic',
    text: 'cluster-failed-to-authorize',
    firstCause: 'access.kafka-topic',
    breakIt: (world) => putRights(world, connect, useGroup),
  },
  {
    name: 'no right on the group',
    text: 'cluster-failed-to-authorize',
    firstCause: 'access.kafka-group',
    breakIt: (world) => putRights(world, connect, readTopic),
  },
  {
    name: 'an explicit deny on the topic',
    text: 'cluster-failed-to-authorize',
    firstCause: 'access.kafka-topic',
    breakIt: (world) =>
      putRights(world, allow('kafka-cluster:*'), {
        Effect: 'Deny',
        Action: 'kafka-cluster:ReadData',
        Resource: kafkaArn('topic', '*'),
      }),
    repair: (world) => putRights(world, allow('kafka-cluster:*')),
  },
  {
    name: 'a boundary without Kafka',
    text: 'sasl-authentication-failed',
    firstCause: 'access.kafka-connect',
    breakIt: async ({ send, roleName }) => {
      const { Policy } = await send('iam', 'CreatePolicy', {
        PolicyName: `${roleName}-boundary`,
        PolicyDocument: policy(allow(['kafka:*', 'ec2:*', 'logs:*'])),
      });
      await send('iam', 'PutRolePermissionsBoundary', { RoleName: roleName, PermissionsBoundary: Policy.Arn });
    },
    repair: ({ send, roleName }) => send('iam', 'DeleteRolePermissionsBoundary', { RoleName: roleName }),
  },
  {
    name: 'no right on the secret',
    options: { auth: 'scram' },
    text: 'cannot-access-secret',
    firstCause: 'access.secret',
    breakIt: (world) => putRights(world, allow('kms:Decrypt')),
  },
  {
    name: 'no right on the key',
    options: { auth: 'scram' },
    text: 'cannot-access-secret',
    firstCause: 'access.kms',
    breakIt: (world) => putRights(world, allow('secretsmanager:GetSecretValue', world.secretArn)),
  },
];

const others: Story[] = [
  {
    name: 'the secret is scheduled for deletion',
    options: { auth: 'scram' },
    text: 'cannot-access-secret',
    firstCause: 'secret.exists',
    breakIt: ({ send, secretArn }) =>
      send('secretsmanager', 'DeleteSecret', { SecretId: secretArn, RecoveryWindowInDays: 7 }),
  },
  {
    name: 'the key is disabled',
    options: { auth: 'scram' },
    text: 'cannot-access-secret',
    firstCause: 'secret.kms',
    breakIt: ({ send, keyId }) => send('kms', 'DisableKey', { KeyId: keyId }),
  },
  {
    name: 'the key is to be deleted',
    options: { auth: 'scram' },
    text: 'cannot-access-secret',
    firstCause: 'secret.kms',
    breakIt: ({ send, keyId }) => send('kms', 'ScheduleKeyDeletion', { KeyId: keyId, PendingWindowInDays: 7 }),
  },
  {
    name: 'the secret has no password',
    options: { auth: 'scram' },
    text: 'sasl-authentication-failed',
    firstCause: 'secret.scram',
    breakIt: ({ send, secretArn }) =>
      send('secretsmanager', 'PutSecretValue', {
        SecretId: secretArn,
        SecretString: JSON.stringify({ username: 'orders-reader' }),
      }),
    repair: ({ send, secretArn }) =>
      send('secretsmanager', 'PutSecretValue', {
        SecretId: secretArn,
        SecretString: JSON.stringify({ username: 'orders-reader', password: `made up at ${Date.now()}` }),
      }),
  },
  {
    name: 'the cluster does not know the secret',
    options: { auth: 'scram' },
    text: 'sasl-authentication-failed',
    firstCause: 'secret.association',
    breakIt: async ({ change }) =>
      change(({ scramSecrets }) => void (scramSecrets[clusterArn] = { outcome: 'ok', value: [] })),
  },
  {
    name: 'the queue for failures is not there',
    text: 'function-call-failed',
    firstCause: 'mapping.destination',
    breakIt: async (world) => {
      await putRights(world, connect, readTopic, useGroup, allow('sqs:SendMessage', queueArn(world)));
      await createEndpoint(world.send, { ...world, groups: [world.endpointGroupId] }, 'sqs');
      world.mapping().DestinationConfig = { OnFailure: { Destination: queueArn(world) } };
    },
    repair: (world) => world.send('sqs', 'CreateQueue', { QueueName: queueName(world) }),
  },
  {
    name: 'no right on the bucket for failures',
    text: 'function-call-failed',
    firstCause: 'access.destination',
    breakIt: async (world) => {
      await world.send('s3', 'CreateBucket', {
        Bucket: queueName(world),
        CreateBucketConfiguration: { LocationConstraint: region },
      });
      await createEndpoint(world.send, { ...world, groups: [world.endpointGroupId] }, 's3', {
        PrivateDnsEnabled: true,
      });
      world.mapping().DestinationConfig = { OnFailure: { Destination: `arn:aws:s3:::${queueName(world)}` } };
    },
  },
  {
    name: 'the function has no concurrency',
    text: 'function-call-failed',
    firstCause: 'function.concurrency',
    breakIt: async ({ change }) =>
      change(
        ({ concurrency }) =>
          void (concurrency[functionArn] = { outcome: 'ok', value: { ReservedConcurrentExecutions: 0 } }),
      ),
  },
  {
    name: 'the mapping is disabled by a user',
    text: 'connection-error',
    firstCause: 'mapping.state',
    verdict: 'disabled',
    breakIt: async ({ change }) =>
      change(
        ({ mappings }) =>
          void Object.assign(value(mappings, uuid), {
            State: 'Disabled',
            LastProcessingResult: 'No records processed',
          }),
      ),
  },
];

export const stories: readonly Story[] = [...network, ...rights, ...others];
