/** A template that creates everything of one mapping, and works; tests change it. */
import yaml from 'js-yaml';
import { lint } from '../../../src/template/lint.js';
import type { LintFinding, LintMapping, LintResult } from '../../../src/template/lint-result.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import type { Json, JsonObject, TemplateFormat } from '../../../src/template/resource.js';

export type Auth = 'iam' | 'scram' | 'mtls';
export interface Template {
  AWSTemplateFormatVersion?: string;
  Transform?: Json;
  Parameters: Record<string, JsonObject>;
  Conditions: JsonObject;
  Globals?: JsonObject;
  Resources: Record<string, Resource>;
  Outputs: Record<string, JsonObject>;
}
export interface Resource {
  Type: string;
  Properties: JsonObject;
  DependsOn?: Json;
  Condition?: string;
  Metadata?: JsonObject;
}

export const ref = (name: string): JsonObject => ({ Ref: name });
export const get = (name: string, attribute = 'Arn'): JsonObject => ({ 'Fn::GetAtt': [name, attribute] });
export const sub = (text: string): JsonObject => ({ 'Fn::Sub': text });
export const allow = (action: Json, resource: Json): JsonObject => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
});
export const policy = (...statements: Json[]): JsonObject => ({ Version: '2012-10-17', Statement: statements });

/** MSK's ARN of a topic or group of the cluster, whose UUID is a wildcard. */
export const inCluster = (type: 'topic' | 'group', name = '*'): JsonObject =>
  sub(`arn:\${AWS::Partition}:kafka:\${AWS::Region}:\${AWS::AccountId}:${type}/orders/*/${name}`);

const ports: Record<Auth, number> = { iam: 9098, scram: 9096, mtls: 9094 };
const secretTypes = { scram: 'SASL_SCRAM_512_AUTH', mtls: 'CLIENT_CERTIFICATE_TLS_AUTH' } as const;

/** `network`: with VPC endpoints (the default), or through a NAT gateway. */
export function healthy({
  auth = 'iam',
  network = 'endpoints',
}: { auth?: Auth; network?: 'endpoints' | 'nat' } = {}): Template {
  const resource = (Type: string, Properties: JsonObject): Resource => ({ Type, Properties });
  const subnets = { SubnetA: '10.0.0.0/24', SubnetB: '10.0.1.0/24' };
  const endpoint = (service: string) =>
    resource('AWS::EC2::VPCEndpoint', {
      VpcId: ref('Vpc'),
      VpcEndpointType: 'Interface',
      ServiceName: sub(`com.amazonaws.\${AWS::Region}.${service}`),
      SubnetIds: [ref('SubnetA'), ref('SubnetB')],
      SecurityGroupIds: [ref('EndpointGroup')],
      PrivateDnsEnabled: true,
    });
  const services = ['sts', 'lambda', ...(auth === 'iam' ? [] : ['secretsmanager'])];
  const names: Record<string, string> = { sts: 'Sts', lambda: 'Lambda', secretsmanager: 'SecretsManager' };
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: {},
    Conditions: {},
    Resources: {
      Vpc: resource('AWS::EC2::VPC', {
        CidrBlock: '10.0.0.0/16',
        EnableDnsSupport: true,
        EnableDnsHostnames: true,
      }),
      ...Object.fromEntries(
        Object.entries(subnets).flatMap(([name, block], index) => [
          [
            name,
            resource('AWS::EC2::Subnet', {
              VpcId: ref('Vpc'),
              CidrBlock: block,
              AvailabilityZone: { 'Fn::Select': [index, { 'Fn::GetAZs': '' }] },
            }),
          ],
          [
            `${name}Routes`,
            resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: ref(name), RouteTableId: ref('Routes') }),
          ],
        ]),
      ),
      Routes: resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') }),
      BrokerGroup: resource('AWS::EC2::SecurityGroup', { GroupDescription: 'brokers and pollers', VpcId: ref('Vpc') }),
      BrokerRule: resource('AWS::EC2::SecurityGroupIngress', {
        GroupId: get('BrokerGroup', 'GroupId'),
        IpProtocol: 'tcp',
        FromPort: ports[auth],
        ToPort: ports[auth],
        SourceSecurityGroupId: get('BrokerGroup', 'GroupId'),
      }),
      ...(network === 'endpoints'
        ? {
            EndpointGroup: resource('AWS::EC2::SecurityGroup', {
              GroupDescription: 'endpoints',
              VpcId: ref('Vpc'),
              SecurityGroupIngress: [
                {
                  IpProtocol: 'tcp',
                  FromPort: 443,
                  ToPort: 443,
                  SourceSecurityGroupId: get('BrokerGroup', 'GroupId'),
                },
              ],
            }),
            ...Object.fromEntries(services.map((service) => [`${names[service]!}Endpoint`, endpoint(service)])),
          }
        : natResources(resource)),
      ...(auth === 'iam' ? {} : secretResources(auth, resource)),
      Cluster: resource('AWS::MSK::Cluster', {
        ClusterName: 'orders',
        KafkaVersion: '3.6.0',
        NumberOfBrokerNodes: 2,
        BrokerNodeGroupInfo: {
          ClientSubnets: [ref('SubnetA'), ref('SubnetB')],
          SecurityGroups: [get('BrokerGroup', 'GroupId')],
          InstanceType: 'kafka.m7g.large',
        },
        ClientAuthentication:
          auth === 'mtls'
            ? {
                Tls: {
                  Enabled: true,
                  CertificateAuthorityArnList: [
                    sub(
                      'arn:${AWS::Partition}:acm-pca:${AWS::Region}:${AWS::AccountId}:certificate-authority/8d3f1c52-0000-4000-8000-000000000001',
                    ),
                  ],
                },
              }
            : { Sasl: { [auth === 'iam' ? 'Iam' : 'Scram']: { Enabled: true } } },
      }),
      Role: resource('AWS::IAM::Role', {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        ManagedPolicyArns: [sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole')],
        Policies: [
          {
            PolicyName: 'consume',
            PolicyDocument: policy(
              ...(auth === 'iam'
                ? [
                    allow(
                      ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'],
                      get('Cluster'),
                    ),
                    allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], inCluster('topic')),
                    allow(['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], inCluster('group')),
                  ]
                : [
                    allow('secretsmanager:GetSecretValue', ref('Secret')),
                    ...(auth === 'scram' ? [allow('kms:Decrypt', get('Key'))] : []),
                  ]),
            ),
          },
        ],
      }),
      Handler: resource('AWS::Lambda::Function', {
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Timeout: 60,
        Role: get('Role'),
        Code: { ZipFile: 'exports.handler = async () => {};' },
      }),
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: ref('Cluster'),
          FunctionName: ref('Handler'),
          Topics: ['orders'],
          StartingPosition: 'TRIM_HORIZON',
          ...(auth === 'iam' ? {} : { SourceAccessConfigurations: [{ Type: secretTypes[auth], URI: ref('Secret') }] }),
        },
        ...(auth === 'scram' ? { DependsOn: ['Association'] } : {}),
      },
    },
    Outputs: {},
  };
}

const natResources = (resource: (type: string, properties: JsonObject) => Resource): Record<string, Resource> => ({
  Internet: resource('AWS::EC2::InternetGateway', {}),
  Attachment: resource('AWS::EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: ref('Internet') }),
  PublicSubnet: resource('AWS::EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.9.0/24' }),
  PublicRoutes: resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') }),
  PublicSubnetRoutes: resource('AWS::EC2::SubnetRouteTableAssociation', {
    SubnetId: ref('PublicSubnet'),
    RouteTableId: ref('PublicRoutes'),
  }),
  PublicRoute: {
    ...resource('AWS::EC2::Route', {
      RouteTableId: ref('PublicRoutes'),
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: ref('Internet'),
    }),
    DependsOn: 'Attachment',
  },
  Address: resource('AWS::EC2::EIP', { Domain: 'vpc' }),
  Nat: resource('AWS::EC2::NatGateway', {
    SubnetId: ref('PublicSubnet'),
    AllocationId: get('Address', 'AllocationId'),
  }),
  PrivateRoute: resource('AWS::EC2::Route', {
    RouteTableId: ref('Routes'),
    DestinationCidrBlock: '0.0.0.0/0',
    NatGatewayId: ref('Nat'),
  }),
});

function secretResources(
  auth: Exclude<Auth, 'iam'>,
  resource: (type: string, properties: JsonObject) => Resource,
): Record<string, Resource> {
  if (auth === 'mtls') return { Secret: resource('AWS::SecretsManager::Secret', { Name: 'orders-client' }) };
  return {
    Key: resource('AWS::KMS::Key', {
      KeyPolicy: policy({
        Sid: 'Root',
        Effect: 'Allow',
        Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') },
        Action: 'kms:*',
        Resource: '*',
      }),
    }),
    Secret: resource('AWS::SecretsManager::Secret', {
      Name: 'AmazonMSK_orders',
      KmsKeyId: ref('Key'),
      GenerateSecretString: { SecretStringTemplate: '{"username":"reader"}', GenerateStringKey: 'password' },
    }),
    Association: resource('AWS::MSK::BatchScramSecret', { ClusterArn: ref('Cluster'), SecretArnList: [ref('Secret')] }),
  };
}

export const now = new Date('2026-11-29T10:00:00.000Z');

export interface LintOptions {
  format?: TemplateFormat;
  path?: string;
  parameters?: Record<string, Json>;
  account?: string;
  region?: string;
  standing?: Snapshot;
  beside?: Record<string, string>;
}

/** Lints texts as the command does, without files. */
export const lintTexts = (
  texts: Record<string, string>,
  {
    format = 'cloudformation',
    parameters = {},
    account,
    region = 'eu-west-1',
    standing,
    beside = {},
  }: LintOptions = {},
): LintResult =>
  lint({
    sources: Object.entries(texts).map(([path, text]) => ({ path, text, format })),
    parameters,
    region,
    account,
    standing: standing ?? null,
    readBeside: (path) => beside[path] ?? null,
    tool: { name: 'msk-lambda', version: '0' },
    now,
  });

export const toYaml = (template: object): string => yaml.dump(template, { noRefs: true, lineWidth: -1 });

export const lintTemplate = (template: object, options: LintOptions = {}): LintResult =>
  lintTexts({ 'template.yaml': toYaml(template) }, options);

/** The ids of what fails or warns, in order, with `!` for a failure. */
export const problems = ({ findings, mappings }: Pick<LintResult, 'findings' | 'mappings'>): string[] =>
  [...findings, ...mappings.flatMap((mapping) => mapping.findings)]
    .filter(({ status, severity }) => status === 'fail' || (status === 'warn' && severity !== 'info'))
    .map(({ check, status }) => (status === 'fail' ? `${check}!` : check));

/** Undecided checks with their titles. */
export const undecided = ({ findings }: LintMapping): string[] =>
  findings
    .filter(({ status }) => status === 'unknown')
    .map(({ check, evidence }) => `${check}: ${evidence[0]?.fact ?? ''}`);

export const only = <T>(list: readonly T[]): T => {
  if (list.length !== 1) throw new Error(`${list.length} instead of 1`);
  return list[0]!;
};

export const findingOf = (result: LintResult, check: string): LintFinding =>
  only(
    [...result.findings, ...result.mappings.flatMap(({ findings }) => findings)].filter((each) => each.check === check),
  );
