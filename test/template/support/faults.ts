/** Faults that authors write, each as a change of a healthy template. */
import type { JsonObject } from '../../../src/template/resource.js';
import { allow, get, policy, ref, sub, type Auth, type Template } from './healthy.js';

export interface Fault {
  name: string;
  auth?: Auth;
  network?: 'endpoints' | 'nat';
  change(template: Template): void;
  /** What fails first (or, for a warning, what warns). */
  check: string;
  status?: 'fail' | 'warn';
  /** SAM writes the part by itself, so the fault cannot be made there. */
  notInSam?: true;
}

const properties = (template: Template, name: string): JsonObject => template.Resources[name]!.Properties;
/** The statements of the role's policy. */
export const statements = (template: Template): JsonObject[] =>
  ((properties(template, 'Role')['Policies'] as JsonObject[])[0]!['PolicyDocument'] as JsonObject)[
    'Statement'
  ] as JsonObject[];
const mapping = (template: Template, changes: JsonObject): void =>
  void Object.assign(properties(template, 'Mapping'), changes);

export const faults: Fault[] = [
  {
    name: 'AlterGroup is missing',
    change: (template) => void (statements(template)[2]!['Action'] = ['kafka-cluster:DescribeGroup']),
    check: 'access.kafka-group',
  },
  {
    name: 'ReadData on the ARN of the cluster',
    change(template) {
      statements(template)[0]!['Action'] = ['kafka-cluster:Connect', 'kafka-cluster:ReadData'];
      statements(template)[1]!['Action'] = ['kafka-cluster:DescribeTopic'];
    },
    check: 'access.kafka-topic',
  },
  {
    name: 'Connect is missing',
    change: (template) => void (statements(template)[0]!['Action'] = ['kafka-cluster:DescribeCluster']),
    check: 'access.kafka-connect',
  },
  {
    name: 'the trust policy names EC2',
    change(template) {
      const [statement] = (properties(template, 'Role')['AssumeRolePolicyDocument'] as { Statement: JsonObject[] })
        .Statement;
      statement!['Principal'] = { Service: 'ec2.amazonaws.com' };
    },
    check: 'access.trust',
  },
  {
    name: 'the managed policy is missing',
    change: (template) => void delete properties(template, 'Role')['ManagedPolicyArns'],
    check: 'access.msk-api',
    notInSam: true,
  },
  {
    name: 'a boundary allows only logs',
    change(template) {
      template.Resources['Boundary'] = {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: policy(allow('logs:*', '*')) },
      };
      properties(template, 'Role')['PermissionsBoundary'] = ref('Boundary');
    },
    check: 'access.msk-api',
    notInSam: true,
  },
  {
    name: 'the group of the brokers has no rule for itself',
    change: (template) => void delete template.Resources['BrokerRule'],
    check: 'network.broker-ingress',
  },
  {
    name: 'the rule for itself has another port',
    change: (template) => void Object.assign(properties(template, 'BrokerRule'), { FromPort: 9094, ToPort: 9094 }),
    check: 'network.broker-ingress',
  },
  {
    name: 'outbound traffic is closed',
    change: (template) =>
      void (properties(template, 'BrokerGroup')['SecurityGroupEgress'] = [
        { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
      ]),
    check: 'network.broker-egress',
  },
  {
    name: 'outbound traffic on 443 is closed',
    change: (template) =>
      void (properties(template, 'BrokerGroup')['SecurityGroupEgress'] = [
        { IpProtocol: 'tcp', FromPort: 9098, ToPort: 9098, CidrIp: '10.0.0.0/16' },
      ]),
    check: 'network.https-egress',
  },
  {
    name: 'neither endpoints nor a route',
    change(template) {
      for (const name of ['StsEndpoint', 'LambdaEndpoint', 'EndpointGroup']) delete template.Resources[name];
    },
    check: 'network.aws-path',
  },
  {
    name: 'an endpoint for Lambda alone, not for STS',
    change: (template) => void delete template.Resources['StsEndpoint'],
    check: 'network.aws-path',
  },
  {
    name: 'the NAT gateway has no route',
    network: 'nat',
    change: (template) => void delete template.Resources['PrivateRoute'],
    check: 'network.aws-path',
  },
  {
    name: 'private DNS is off',
    change: (template) => void (properties(template, 'StsEndpoint')['PrivateDnsEnabled'] = false),
    check: 'network.endpoint-private-dns',
  },
  {
    name: 'the group of the endpoints does not admit the pollers',
    change: (template) => void (properties(template, 'EndpointGroup')['SecurityGroupIngress'] = []),
    check: 'network.endpoint-ingress',
  },
  {
    name: 'the policy of the STS endpoint denies',
    change: (template) =>
      void (properties(template, 'StsEndpoint')['PolicyDocument'] = policy({
        Effect: 'Allow',
        Principal: '*',
        Action: 'sts:GetCallerIdentity',
        Resource: '*',
      })),
    check: 'network.endpoint-policy',
  },
  {
    name: 'DNS hostnames are off',
    change: (template) => void (properties(template, 'Vpc')['EnableDnsHostnames'] = false),
    check: 'network.vpc-dns',
  },
  {
    name: 'a network ACL without inbound ephemeral ports',
    network: 'nat',
    change(template) {
      Object.assign(template.Resources, {
        Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: ref('Vpc') } },
        AclIn: {
          Type: 'AWS::EC2::NetworkAclEntry',
          Properties: {
            NetworkAclId: ref('Acl'),
            RuleNumber: 100,
            Protocol: 6,
            RuleAction: 'allow',
            CidrBlock: '0.0.0.0/0',
            PortRange: { From: 443, To: 443 },
          },
        },
        AclOut: {
          Type: 'AWS::EC2::NetworkAclEntry',
          Properties: {
            NetworkAclId: ref('Acl'),
            RuleNumber: 100,
            Protocol: -1,
            Egress: true,
            RuleAction: 'allow',
            CidrBlock: '0.0.0.0/0',
          },
        },
        ...Object.fromEntries(
          ['SubnetA', 'SubnetB'].map((name) => [
            `${name}Acl`,
            {
              Type: 'AWS::EC2::SubnetNetworkAclAssociation',
              Properties: { SubnetId: ref(name), NetworkAclId: ref('Acl') },
            },
          ]),
        ),
      });
    },
    check: 'network.nacl',
  },
  {
    name: 'the secret has the default key',
    auth: 'scram',
    change: (template) => void delete properties(template, 'Secret')['KmsKeyId'],
    check: 'secret.kms',
  },
  {
    name: 'the secret has another prefix',
    auth: 'scram',
    change: (template) => void (properties(template, 'Secret')['Name'] = 'orders'),
    check: 'secret.name-prefix',
  },
  {
    name: 'the secret is not associated',
    auth: 'scram',
    change(template) {
      delete template.Resources['Association'];
      delete template.Resources['Mapping']!.DependsOn;
    },
    check: 'secret.association',
  },
  {
    name: 'the role may not read the secret',
    auth: 'scram',
    change: (template) => void statements(template).splice(0, 1),
    check: 'access.secret',
  },
  {
    name: 'the role may not use the key',
    auth: 'scram',
    change: (template) => void statements(template).pop(),
    check: 'access.kms',
  },
  {
    name: 'a secret for SCRAM at a cluster with mutual TLS',
    auth: 'mtls',
    change: (template) =>
      mapping(template, { SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: ref('Secret') }] }),
    check: 'cluster.auth',
  },
  {
    name: 'VPC_SUBNET at a mapping on MSK',
    change: (template) =>
      mapping(template, {
        SourceAccessConfigurations: [{ Type: 'VPC_SUBNET', URI: 'subnet:subnet-0a1b2c3d4e5f60718' }],
      }),
    check: 'mapping.source-access',
  },
  {
    name: 'reserved concurrency is 0',
    change: (template) => void (properties(template, 'Handler')['ReservedConcurrentExecutions'] = 0),
    check: 'function.concurrency',
  },
  {
    name: 'the batching window is out of range',
    change: (template) => mapping(template, { MaximumBatchingWindowInSeconds: 301 }),
    check: 'mapping.batch',
  },
  {
    name: 'minimum pollers above the maximum',
    change: (template) => mapping(template, { ProvisionedPollerConfig: { MinimumPollers: 20, MaximumPollers: 10 } }),
    check: 'mapping.provisioned-pollers',
  },
  {
    name: 'two topics',
    change: (template) => mapping(template, { Topics: ['orders', 'payments'] }),
    check: 'template.refused',
  },
  {
    name: 'no starting position',
    change: (template) => void delete properties(template, 'Mapping')['StartingPosition'],
    check: 'template.refused',
  },
  {
    name: 'retry settings without provisioned pollers',
    change: (template) => mapping(template, { MaximumRetryAttempts: 3 }),
    check: 'template.refused',
  },
  {
    name: 'the role may not send to the on-failure queue',
    network: 'nat',
    change(template) {
      template.Resources['Failed'] = { Type: 'AWS::SQS::Queue', Properties: {} };
      mapping(template, { DestinationConfig: { OnFailure: { Destination: get('Failed') } } });
    },
    check: 'access.destination',
  },
  {
    name: 'a policy without Effect',
    change: (template) => void delete statements(template)[1]!['Effect'],
    check: 'template.policy-document',
  },
  {
    name: 'an action that does not exist',
    change: (template) => void statements(template).push(allow('kafka-cluster:GetBootstrapBrokers', get('Cluster'))),
    check: 'template.void-action',
    status: 'warn',
  },
  {
    name: 'an action inside Kafka at a cluster with SCRAM',
    auth: 'scram',
    change: (template) => void statements(template).push(allow('kafka-cluster:*', get('Cluster'))),
    check: 'template.void-action',
    status: 'warn',
  },
  {
    name: 'the whole internet may reach the brokers',
    change(template) {
      delete properties(template, 'BrokerRule')['SourceSecurityGroupId'];
      properties(template, 'BrokerRule')['CidrIp'] = '0.0.0.0/0';
    },
    check: 'template.open-to-world',
    status: 'warn',
  },
  {
    name: 'the mapping does not wait for the association of its secret',
    auth: 'scram',
    change: (template) => void delete template.Resources['Mapping']!.DependsOn,
    check: 'template.creation-order',
    status: 'warn',
  },
  {
    name: 'the mapping does not wait for the policy of its role',
    change(template) {
      const document = (properties(template, 'Role')['Policies'] as JsonObject[])[0]!['PolicyDocument']!;
      delete properties(template, 'Role')['Policies'];
      template.Resources['ConsumerPolicy'] = {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'consume', PolicyDocument: document, Roles: [ref('Role')] },
      };
    },
    check: 'template.creation-order',
    status: 'warn',
    notInSam: true,
  },
  {
    name: 'two resources own the secrets of the cluster',
    auth: 'scram',
    change(template) {
      template.Resources['OtherAssociation'] = {
        Type: 'AWS::MSK::BatchScramSecret',
        Properties: {
          ClusterArn: ref('Cluster'),
          SecretArnList: [
            sub('arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:AmazonMSK_other-AbCdEf'),
          ],
        },
      };
    },
    check: 'template.refused',
    status: 'warn',
  },
];
