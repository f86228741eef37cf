/** Networks as they will be: VPCs that the templates create completely, others as far as the templates add to them. */
import { ok, type Keyed } from '../../snapshot/read.js';
import type { Subnet, Vpc } from '../../snapshot/resources/index.js';
import { idSymbol } from '../../snapshot/symbols.js';
import type { TemplateResource } from '../resource.js';
import { addTo, booleanOf, objectsOf, textOf, textsOf, type Deploying } from './deploying.js';
import { addEndpoints } from './network-endpoints.js';
import { addNetworkAcls } from './network-acls.js';
import { addRouteTables } from './network-routes.js';
import { forgetUndecided } from './network-undecided.js';
import { isOpen } from './undecided.js';
import { knownAfterDeployment } from './unknown.js';
import { addSecurityGroups, groupsOf } from './security-groups.js';

/** Free addresses of a new subnet: enough. */
const manyAddresses = 250;

export function addNetworks(deploying: Deploying): void {
  const { snapshot } = deploying;
  for (const vpc of deploying.all('AWS::EC2::VPC')) addVpc(deploying, vpc);
  for (const subnet of deploying.all('AWS::EC2::Subnet')) {
    const value = subnetOf(deploying, subnet);
    snapshot.subnets[subnet.id] = ok(value);
    addTo(snapshot.vpcSubnets, value.VpcId, value);
  }
  addSecurityGroups(deploying);
  addRouteTables(deploying);
  addNetworkAcls(deploying);
  addEndpoints(deploying);
  forgetZones(deploying);
  placeUnknownSubnets(deploying);
  forgetUndecided(deploying);
}

/** Everything in a new VPC is in the templates. DNS support is on by default, DNS hostnames are off (EC2: CreateVpc). */
function addVpc(deploying: Deploying, { id, properties }: TemplateResource): void {
  const { snapshot, scope } = deploying;
  const isOn = (name: string) =>
    booleanOf(properties[name]) ?? (isOpen(properties[name]) ? deploying.allowsUndecided() : undefined);
  const cidr = textOf(properties['CidrBlock']);
  const dhcp = idSymbol('dopt', `${id}.default`);
  snapshot.vpcs[id] = ok<Vpc>({
    VpcId: id,
    ...(cidr === undefined ? {} : { CidrBlock: cidr }),
    CidrBlockAssociationSet: cidr === undefined ? [] : [{ CidrBlock: cidr, CidrBlockState: { State: 'associated' } }],
    DhcpOptionsId: dhcp,
    OwnerId: scope.account,
  });
  snapshot.dhcpOptions[dhcp] = ok({
    DhcpOptionsId: dhcp,
    DhcpConfigurations: [{ Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] }],
  });
  snapshot.vpcDnsSupport[id] = ok(isOn('EnableDnsSupport') ?? true);
  snapshot.vpcDnsHostnames[id] = ok(isOn('EnableDnsHostnames') ?? false);
  for (const lists of [
    snapshot.vpcSubnets,
    snapshot.securityGroups,
    snapshot.routeTables,
    snapshot.networkAcls,
    snapshot.vpcEndpoints,
    snapshot.natGateways,
    snapshot.networkInterfaces,
    snapshot.transitGatewayVpcAttachments,
    snapshot.hostedZones,
  ] as Keyed<unknown[]>[])
    lists[id] = ok([]);
}

/** Records of private zones can take the part of private DNS. They are not read from templates, so they decide nothing. */
function forgetZones(deploying: Deploying): void {
  for (const zone of deploying.all('AWS::Route53::HostedZone'))
    for (const { VPCId: vpcId } of objectsOf(zone.properties['VPCs'])) {
      const id = textOf(vpcId);
      if (id !== undefined)
        deploying.snapshot.hostedZones[id] = knownAfterDeployment('route53', 'ListHostedZonesByVPC', zone.address);
    }
}

function subnetOf({ scope }: Deploying, { id, properties }: TemplateResource): Subnet {
  const cidr = textOf(properties['CidrBlock']);
  return {
    SubnetId: id,
    VpcId: textOf(properties['VpcId']),
    State: 'available',
    ...(cidr === undefined ? {} : { CidrBlock: cidr }),
    Ipv6CidrBlockAssociationSet: [],
    AvailabilityZone: textOf(properties['AvailabilityZone']),
    AvailableIpAddressCount: manyAddresses,
    OwnerId: scope.account,
  };
}

/**
 * Subnets outside the input are in the VPC of the cluster's security groups, since MSK accepts no others: so the rules of
 * these groups can be judged although nothing else is known about the subnets.
 */
function placeUnknownSubnets(deploying: Deploying): void {
  const { snapshot } = deploying;
  for (const cluster of deploying.all('AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster')) {
    const read = snapshot.clusters[cluster.arn!];
    if (read?.outcome !== 'ok') continue;
    const { Provisioned: provisioned, Serverless: serverless } = read.value;
    const placements = [
      {
        subnets: provisioned?.BrokerNodeGroupInfo?.ClientSubnets,
        groups: provisioned?.BrokerNodeGroupInfo?.SecurityGroups,
      },
      ...(serverless?.VpcConfigs ?? []).map(({ SubnetIds: subnets, SecurityGroupIds: groups }) => ({
        subnets,
        groups,
      })),
    ];
    for (const { subnets = [], groups = [] } of placements) {
      const vpcId = groups
        .map((group) => deploying.find(group, 'AWS::EC2::SecurityGroup')?.properties['VpcId'])
        .flatMap((id) => textsOf(id))[0];
      if (vpcId === undefined) continue;
      // Their route tables and network ACLs are not in the input, although the VPC is.
      if (subnets.some(isOpen))
        for (const lists of [snapshot.routeTables, snapshot.networkAcls] as Keyed<unknown[]>[])
          if (deploying.find(vpcId, 'AWS::EC2::VPC') !== undefined)
            lists[vpcId] = knownAfterDeployment('ec2', 'DescribeRouteTables', vpcId);
      for (const subnet of subnets)
        snapshot.subnets[subnet] ??= ok({ SubnetId: subnet, VpcId: vpcId, Ipv6CidrBlockAssociationSet: [] });
      if (snapshot.securityGroups[vpcId] === undefined)
        snapshot.securityGroups[vpcId] = ok(groupsOf(deploying).filter((group) => group.VpcId === vpcId));
    }
  }
}
