/**
 * What `Ref` and `Fn::GetAtt` give for a resource that the template creates (CloudFormation template reference, return
 * values). Names that the template gives are known; what AWS assigns is a symbol, the same for every reference.
 */
import { clusterNameOf } from '../../aws/event-source.js';
import { idSymbol, textSymbol, uuidSymbol } from '../../snapshot/symbols.js';
import type { Json, JsonObject } from '../resource.js';

/** Where the resource is created. */
export interface Scope {
  partition: string;
  region: string;
  account: string;
}

export interface Identity {
  ref: string;
  arn: string | null;
  /** Further attributes. */
  attributes: Readonly<Record<string, string>>;
}

type Identify = (properties: JsonObject, key: string, scope: Scope) => Identity;

/** A name that the template gives, or the symbol of the name that CloudFormation generates. */
const named = (properties: JsonObject, member: string, key: string): string => {
  const name = properties[member];
  return typeof name === 'string' && name !== '' ? name : textSymbol(`${key}.name`);
};

/** The name of a FIFO queue or topic ends in `.fifo`, also where CloudFormation generates it. */
const withFifo = (name: string, isFifo: Json | undefined): string =>
  String(isFifo) === 'true' && !name.endsWith('.fifo') ? `${name}.fifo` : name;

const path = (properties: JsonObject): string => {
  const given = properties['Path'];
  return typeof given === 'string' ? given : '/';
};

const regional = ({ partition, region, account }: Scope, service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;
const iamArn = ({ partition, account }: Scope, resource: string): string =>
  `arn:${partition}:iam::${account}:${resource}`;

const byId =
  (prefix: string, attribute?: string): Identify =>
  (_properties, key) => {
    const ref = idSymbol(prefix, key);
    return { ref, arn: null, attributes: attribute === undefined ? {} : { [attribute]: ref } };
  };

const types: Record<string, Identify> = {
  'AWS::IAM::Role': (properties, key, scope) => {
    const ref = named(properties, 'RoleName', key);
    return {
      ref,
      arn: iamArn(scope, `role${path(properties)}${ref}`),
      attributes: { RoleId: textSymbol(`${key}.id`) },
    };
  },
  'AWS::IAM::ManagedPolicy': (properties, key, scope) => {
    const arn = iamArn(scope, `policy${path(properties)}${named(properties, 'ManagedPolicyName', key)}`);
    return { ref: arn, arn, attributes: { PolicyArn: arn } };
  },
  'AWS::Lambda::Function': (properties, key, scope) => {
    const ref = named(properties, 'FunctionName', key);
    return { ref, arn: regional(scope, 'lambda', `function:${ref}`), attributes: {} };
  },
  'AWS::Lambda::Alias': (properties, _key, scope) => {
    const target = String(properties['FunctionName'] ?? '');
    const base = target.startsWith('arn:') ? target : regional(scope, 'lambda', `function:${target}`);
    const arn = `${base}:${String(properties['Name'])}`;
    return { ref: arn, arn, attributes: { AliasArn: arn } };
  },
  'AWS::Lambda::Version': (properties, key, scope) => {
    const target = String(properties['FunctionName'] ?? '');
    const base = target.startsWith('arn:') ? target : regional(scope, 'lambda', `function:${target}`);
    const arn = `${base}:${textSymbol(`${key}.version`)}`;
    return { ref: arn, arn, attributes: { FunctionArn: arn, Version: textSymbol(`${key}.version`) } };
  },
  'AWS::Lambda::EventSourceMapping': (_properties, key, scope) => {
    const ref = uuidSymbol(key);
    const arn = regional(scope, 'lambda', `event-source-mapping:${ref}`);
    return { ref, arn, attributes: { Id: ref, EventSourceMappingArn: arn } };
  },
  'AWS::MSK::Cluster': (properties, key, scope) => clusterIdentity(properties, key, scope, '-2'),
  'AWS::MSK::ServerlessCluster': (properties, key, scope) => clusterIdentity(properties, key, scope, '-s1'),
  'AWS::MSK::VpcConnection': (properties, key, scope) => {
    const cluster = clusterNameOf(String(properties['TargetClusterArn'] ?? ''));
    const arn = regional(scope, 'kafka', `vpc-connection/${scope.account}/${cluster ?? ''}/${uuidSymbol(key)}-2`);
    return { ref: arn, arn, attributes: {} };
  },
  'AWS::MSK::Configuration': (properties, key, scope) => {
    const arn = regional(scope, 'kafka', `configuration/${named(properties, 'Name', key)}/${uuidSymbol(key)}-2`);
    return { ref: arn, arn, attributes: { 'LatestRevision.Revision': '1' } };
  },
  'AWS::SecretsManager::Secret': (properties, key, scope) => {
    // AWS adds a hyphen and six characters.
    const arn = regional(
      scope,
      'secretsmanager',
      `secret:${named(properties, 'Name', key)}-${textSymbol(`${key}.suffix`)}`,
    );
    return { ref: arn, arn, attributes: { Id: arn } };
  },
  'AWS::KMS::Key': (_properties, key, scope) => {
    const ref = uuidSymbol(key);
    return { ref, arn: regional(scope, 'kms', `key/${ref}`), attributes: { KeyId: ref } };
  },
  'AWS::KMS::Alias': (properties) => ({ ref: String(properties['AliasName'] ?? ''), arn: null, attributes: {} }),
  'AWS::SQS::Queue': (properties, key, { region, account, ...scope }) => {
    const name = withFifo(named(properties, 'QueueName', key), properties['FifoQueue']);
    return {
      ref: `https://sqs.${region}.amazonaws.com/${account}/${name}`,
      arn: regional({ region, account, ...scope }, 'sqs', name),
      attributes: { QueueName: name, QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${name}` },
    };
  },
  'AWS::SNS::Topic': (properties, key, scope) => {
    const name = withFifo(named(properties, 'TopicName', key), properties['FifoTopic']);
    const arn = regional(scope, 'sns', name);
    return { ref: arn, arn, attributes: { TopicArn: arn, TopicName: name } };
  },
  'AWS::S3::Bucket': (properties, key, { partition }) => {
    const ref = named(properties, 'BucketName', key);
    return { ref, arn: `arn:${partition}:s3:::${ref}`, attributes: {} };
  },
  'AWS::Glue::Registry': (properties, key, scope) => {
    const arn = regional(scope, 'glue', `registry/${named(properties, 'Name', key)}`);
    return { ref: arn, arn, attributes: {} };
  },
  'AWS::Logs::LogGroup': (properties, key, scope) => {
    const ref = named(properties, 'LogGroupName', key);
    return { ref, arn: regional(scope, 'logs', `log-group:${ref}:*`), attributes: {} };
  },
  'AWS::EC2::VPC': (properties, key) => {
    const ref = idSymbol('vpc', key);
    return {
      ref,
      arn: null,
      attributes: {
        VpcId: ref,
        CidrBlock: String(properties['CidrBlock'] ?? textSymbol(`${key}.CidrBlock`)),
        DefaultSecurityGroup: defaultGroup(ref),
        DefaultNetworkAcl: defaultNetworkAcl(ref),
        // Terraform gives it; CloudFormation does not.
        MainRouteTable: mainRouteTable(ref),
      },
    };
  },
  'AWS::EC2::Subnet': (properties, key) => {
    const ref = idSymbol('subnet', key);
    return {
      ref,
      arn: null,
      attributes: {
        SubnetId: ref,
        VpcId: String(properties['VpcId'] ?? ''),
        AvailabilityZone: String(properties['AvailabilityZone'] ?? textSymbol(`${key}.AvailabilityZone`)),
        CidrBlock: String(properties['CidrBlock'] ?? textSymbol(`${key}.CidrBlock`)),
      },
    };
  },
  'AWS::EC2::SecurityGroup': (properties, key) => {
    const ref = idSymbol('sg', key);
    return { ref, arn: null, attributes: { GroupId: ref, Id: ref, VpcId: String(properties['VpcId'] ?? '') } };
  },
  // Terraform adopts what every VPC has: the id is that of the VPC's.
  'Terraform::EC2::DefaultSecurityGroup': ({ VpcId: vpc }, key) => adopted(vpc, defaultGroup, idSymbol('sg', key)),
  'Terraform::EC2::DefaultNetworkAcl': ({ DefaultId: id }, key) => adopted(id, (known) => known, idSymbol('acl', key)),
  'Terraform::EC2::DefaultRouteTable': ({ DefaultId: id }, key) => adopted(id, (known) => known, idSymbol('rtb', key)),
  'AWS::EC2::RouteTable': byId('rtb', 'RouteTableId'),
  'AWS::EC2::NetworkAcl': byId('acl', 'Id'),
  'AWS::EC2::NatGateway': byId('nat', 'NatGatewayId'),
  'AWS::EC2::InternetGateway': byId('igw', 'InternetGatewayId'),
  'AWS::EC2::VPCEndpoint': byId('vpce', 'Id'),
  'AWS::EC2::TransitGateway': byId('tgw', 'Id'),
  'AWS::EC2::VPCPeeringConnection': byId('pcx', 'Id'),
};

/** The id of the default group of a new VPC. */
export const defaultGroup = (vpcId: string): string => idSymbol('sg', `${vpcId}.default`);
/** The id of the default network ACL of a new VPC. */
export const defaultNetworkAcl = (vpcId: string): string => idSymbol('acl', `${vpcId}.default`);
/** The id of the main route table of a new VPC. */
export const mainRouteTable = (vpcId: string): string => idSymbol('rtb', `${vpcId}.main`);

const adopted = (value: Json | undefined, idOf: (given: string) => string, otherwise: string): Identity => ({
  ref: typeof value === 'string' && value !== '' ? idOf(value) : otherwise,
  arn: null,
  attributes: {},
});

function clusterIdentity(properties: JsonObject, key: string, scope: Scope, suffix: string): Identity {
  const arn = regional(scope, 'kafka', `cluster/${named(properties, 'ClusterName', key)}/${uuidSymbol(key)}${suffix}`);
  return { ref: arn, arn, attributes: {} };
}

/** `key` identifies the resource among all templates. An unknown type has symbols only. */
export function identify(type: string, properties: JsonObject, key: string, scope: Scope): Identity {
  return types[type]?.(properties, key, scope) ?? { ref: textSymbol(`${key}.Ref`), arn: null, attributes: {} };
}
