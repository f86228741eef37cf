/** A snapshot of an account, written as a CloudFormation template that would create it. */
import { isOk, type Keyed } from '../../../src/snapshot/read.js';
import type { IpPermission } from '../../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { isObject, type Json, type JsonObject } from '../../../src/template/resource.js';
import type { Resource } from './healthy.js';

interface Written {
  logicalId: string;
  resource: Resource;
  /** Texts of the snapshot that refer to it, with the intrinsic function that gives each. */
  names: [text: string, reference: string][];
}

const values = <T>(keyed: Keyed<T>): [string, T][] =>
  Object.entries(keyed).flatMap(([key, read]) => (isOk(read) ? [[key, read.value]] : []));
const valueOf = <T>(keyed: Keyed<T>, key: string): T | undefined => {
  const read = keyed[key];
  return read !== undefined && isOk(read) ? read.value : undefined;
};
const lists = <T>(keyed: Keyed<T[]>): T[] => values(keyed).flatMap(([, list]) => list);
/** Without undefined members. */
const plain = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;
const policyOf = (text: string): Json => {
  try {
    return JSON.parse(text.startsWith('%7B') ? decodeURIComponent(text) : text) as Json;
  } catch {
    return text;
  }
};

export function toTemplate(snapshot: Snapshot): { Resources: Record<string, Resource> } {
  const written: Written[] = [];
  let count = 0;
  const add = (type: string, properties: unknown, names: Written['names'] = [], prefix = 'R'): string => {
    const logicalId = `${prefix}${count++}`;
    written.push({
      logicalId,
      resource: { Type: type, Properties: plain(properties) },
      names: names.map(([text, reference]) => [text, reference.replace('@', logicalId)]),
    });
    return logicalId;
  };
  addNetwork(snapshot, add);
  for (const [arn, { RoleName, AssumeRolePolicyDocument: trust, PermissionsBoundary: boundary }] of values(
    snapshot.roles,
  )) {
    const attached = (valueOf(snapshot.attachedPolicies, arn) ?? []).map(({ PolicyArn: policy }) => policy!);
    add(
      'AWS::IAM::Role',
      {
        RoleName,
        AssumeRolePolicyDocument: policyOf(trust ?? '{}'),
        ManagedPolicyArns: attached,
        PermissionsBoundary: boundary?.PermissionsBoundaryArn,
        Policies: (valueOf(snapshot.inlinePolicyNames, arn) ?? []).flatMap((name) => {
          const document = valueOf(snapshot.inlinePolicies, `${arn}#${name}`);
          return document === undefined ? [] : [{ PolicyName: name, PolicyDocument: policyOf(document) }];
        }),
      },
      [[arn, '${@.Arn}']],
    );
  }
  for (const [arn, document] of values(snapshot.managedPolicies))
    if (!arn.includes(':iam::aws:'))
      add('AWS::IAM::ManagedPolicy', { PolicyDocument: policyOf(document) }, [[arn, '${@}']]);
  for (const [name, key] of values(snapshot.keys))
    if (key.KeyManager === 'CUSTOMER' && name === key.Arn)
      add('AWS::KMS::Key', { Enabled: key.Enabled, KeyPolicy: policyOf(valueOf(snapshot.keyPolicies, name) ?? '{}') }, [
        [key.Arn!, '${@.Arn}'],
        [key.KeyId!, '${@}'],
      ]);
  for (const [arn, { Name, KmsKeyId }] of values(snapshot.secrets))
    add('AWS::SecretsManager::Secret', { Name, KmsKeyId }, [[arn, '${@}']]);
  for (const [arn, cluster] of values(snapshot.clusters)) {
    const { Provisioned: provisioned, Serverless: serverless, ClusterName } = cluster;
    add(
      provisioned === undefined ? 'AWS::MSK::ServerlessCluster' : 'AWS::MSK::Cluster',
      provisioned === undefined
        ? {
            ClusterName,
            VpcConfigs: (serverless?.VpcConfigs ?? []).map(({ SubnetIds, SecurityGroupIds: SecurityGroups }) => ({
              SubnetIds,
              SecurityGroups,
            })),
          }
        : {
            ClusterName,
            NumberOfBrokerNodes: provisioned.NumberOfBrokerNodes,
            KafkaVersion: provisioned.CurrentBrokerSoftwareInfo?.KafkaVersion,
            BrokerNodeGroupInfo: provisioned.BrokerNodeGroupInfo,
            ClientAuthentication: provisioned.ClientAuthentication,
            EncryptionInfo: provisioned.EncryptionInfo,
          },
      [[arn, provisioned === undefined ? '${@.Arn}' : '${@}']],
    );
    const secrets = valueOf(snapshot.scramSecrets, arn) ?? [];
    if (secrets.length > 0)
      add('AWS::MSK::BatchScramSecret', { ClusterArn: arn, SecretArnList: secrets }, [], 'Association');
  }
  for (const [arn, { FunctionName, Role, Timeout, Runtime, TenancyConfig }] of values(snapshot.functions))
    if (!/:function:[^:]+:/.test(arn))
      add(
        'AWS::Lambda::Function',
        {
          FunctionName,
          Role,
          Timeout,
          Runtime,
          TenancyConfig,
          ReservedConcurrentExecutions: valueOf(snapshot.concurrency, arn)?.ReservedConcurrentExecutions,
        },
        [[arn, '${@.Arn}']],
      );
  const associations = written.map(({ logicalId }) => logicalId).filter((id) => id.startsWith('Association'));
  for (const [, mapping] of values(snapshot.mappings)) {
    const {
      FunctionArn,
      UUID: _uuid,
      State: state,
      StateTransitionReason: _reason,
      LastProcessingResult: _text,
      LastModified: _at,
      StartingPosition = 'TRIM_HORIZON',
      KMSKeyArn: KmsKeyArn,
      ...settings
    } = mapping;
    const {
      EventSourceMappingArn: _arn,
      FilterCriteriaError: _error,
      StartingPositionTimestamp: _since,
      ...rest
    } = settings;
    const id = add('AWS::Lambda::EventSourceMapping', {
      ...rest,
      FunctionName: FunctionArn,
      StartingPosition,
      KmsKeyArn,
      Enabled: state !== 'Disabled',
    });
    written.find(({ logicalId }) => logicalId === id)!.resource.DependsOn = associations;
  }
  return { Resources: withReferences(written, snapshot) };
}

function addNetwork(
  snapshot: Snapshot,
  add: (type: string, properties: unknown, names?: Written['names']) => string,
): void {
  for (const [id, { CidrBlock }] of values(snapshot.vpcs))
    add(
      'AWS::EC2::VPC',
      {
        CidrBlock,
        EnableDnsSupport: valueOf(snapshot.vpcDnsSupport, id),
        EnableDnsHostnames: valueOf(snapshot.vpcDnsHostnames, id),
      },
      [[id, '${@}']],
    );
  for (const [vpcId, zones] of values(snapshot.hostedZones))
    for (const { Name } of zones)
      add('AWS::Route53::HostedZone', { Name, VPCs: [{ VPCId: vpcId, VPCRegion: snapshot.region }] });
  const subnets = new Map(
    [...values(snapshot.subnets).map(([, subnet]) => subnet), ...lists(snapshot.vpcSubnets)].map((subnet) => [
      subnet.SubnetId!,
      subnet,
    ]),
  );
  for (const [id, { VpcId, CidrBlock, AvailabilityZone }] of subnets)
    add('AWS::EC2::Subnet', { VpcId, CidrBlock, AvailabilityZone }, [[id, '${@}']]);
  for (const { GroupId, GroupName, VpcId, IpPermissions, IpPermissionsEgress } of lists(snapshot.securityGroups)) {
    add('AWS::EC2::SecurityGroup', { GroupDescription: GroupName, VpcId, SecurityGroupEgress: [] }, [
      [GroupId!, '${@.GroupId}'],
    ]);
    for (const rule of IpPermissions ?? [])
      for (const each of rulesOf(rule, 'Source')) add('AWS::EC2::SecurityGroupIngress', { GroupId, ...each });
    for (const rule of IpPermissionsEgress ?? [])
      for (const each of rulesOf(rule, 'Destination')) add('AWS::EC2::SecurityGroupEgress', { GroupId, ...each });
  }
  const associated = new Set(
    lists(snapshot.routeTables).flatMap(({ Associations }) => Associations.flatMap(({ SubnetId }) => SubnetId ?? [])),
  );
  for (const { RouteTableId, VpcId, Associations, Routes } of lists(snapshot.routeTables)) {
    add('AWS::EC2::RouteTable', { VpcId }, [[RouteTableId!, '${@}']]);
    for (const { GatewayId, State: _state, Origin: _origin, ...route } of Routes)
      if (GatewayId !== 'local') add('AWS::EC2::Route', { RouteTableId, ...route, GatewayId });
    // A new VPC has a main table of its own: what uses the main table here is associated with it there.
    const ofMain = Associations.some(({ Main }) => Main === true)
      ? [...subnets.values()]
          .filter((subnet) => subnet.VpcId === VpcId && !associated.has(subnet.SubnetId!))
          .map(({ SubnetId }) => ({ SubnetId }))
      : [];
    for (const { SubnetId } of [...Associations, ...ofMain])
      if (SubnetId !== undefined) add('AWS::EC2::SubnetRouteTableAssociation', { SubnetId, RouteTableId });
  }
  for (const { NetworkAclId, VpcId, Associations, Entries } of lists(snapshot.networkAcls)) {
    add('AWS::EC2::NetworkAcl', { VpcId }, [[NetworkAclId!, '${@}']]);
    for (const entry of Entries)
      if (entry.RuleNumber !== 32_767) add('AWS::EC2::NetworkAclEntry', { NetworkAclId, ...entry });
    for (const { SubnetId } of Associations)
      if (SubnetId !== undefined) add('AWS::EC2::SubnetNetworkAclAssociation', { SubnetId, NetworkAclId });
  }
  for (const {
    VpcEndpointId,
    VpcEndpointType,
    VpcId,
    ServiceName,
    PolicyDocument,
    RouteTableIds,
    SubnetIds,
    Groups,
    PrivateDnsEnabled,
  } of lists(snapshot.vpcEndpoints))
    add(
      'AWS::EC2::VPCEndpoint',
      {
        VpcEndpointType,
        VpcId,
        ServiceName,
        PolicyDocument: PolicyDocument === undefined ? undefined : policyOf(PolicyDocument),
        RouteTableIds,
        SubnetIds,
        SecurityGroupIds: Groups.map(({ GroupId }) => GroupId!),
        PrivateDnsEnabled,
      },
      [[VpcEndpointId!, '${@}']],
    );
  for (const { NatGatewayId, SubnetId, ConnectivityType } of lists(snapshot.natGateways))
    add('AWS::EC2::NatGateway', { SubnetId, ConnectivityType }, [[NatGatewayId!, '${@}']]);
}

function rulesOf(
  { IpProtocol, FromPort, ToPort, IpRanges, Ipv6Ranges, UserIdGroupPairs, PrefixListIds }: IpPermission,
  side: 'Source' | 'Destination',
): object[] {
  const ports = { IpProtocol, FromPort, ToPort };
  return [
    ...(IpRanges ?? []).map(({ CidrIp }) => ({ ...ports, CidrIp })),
    ...(Ipv6Ranges ?? []).map(({ CidrIpv6 }) => ({ ...ports, CidrIpv6 })),
    ...(UserIdGroupPairs ?? []).map(({ GroupId }) => ({ ...ports, [`${side}SecurityGroupId`]: GroupId })),
    ...(PrefixListIds ?? []).map(({ PrefixListId }) => ({ ...ports, [`${side}PrefixListId`]: PrefixListId })),
  ];
}

/** Ids and ARNs of what the template creates become references; so does the UUID of a cluster in other ARNs of MSK. */
function withReferences(written: readonly Written[], snapshot: Snapshot): Record<string, Resource> {
  const names = written.flatMap((each) => each.names).toSorted(([a], [b]) => b.length - a.length);
  const uuids = Object.keys(snapshot.clusters).flatMap((arn) => arn.split('/').slice(2));
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(visit);
    if (isObject(value))
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, visit(member)]));
    if (typeof value !== 'string') return value;
    let text = value;
    for (const [name, reference] of names) text = text.replaceAll(name, reference);
    if (text === value) for (const uuid of uuids) text = text.replaceAll(uuid, '*');
    return text.includes('${R') ? { 'Fn::Sub': text } : text;
  };
  return Object.fromEntries(
    written.map(({ logicalId, resource }) => [
      logicalId,
      { ...resource, Properties: visit(resource.Properties) as JsonObject },
    ]),
  );
}
