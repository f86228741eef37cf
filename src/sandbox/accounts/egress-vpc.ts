/** A VPC that reaches the internet over a transit gateway and an egress VPC of the same account. */
import { ok } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { value } from '../account.js';
import { subnetIds, vpcId } from '../healthy.js';

const egressVpcId = 'vpc-0a1b2c3d4e5f60007';
const gatewayId = 'tgw-0a1b2c3d4e5f60002';
const gatewayTableId = 'tgw-rtb-0a1b2c3d4e5f60002';

/** Two VPCs at one transit gateway: the pollers' VPC, and one with the NAT gateways. All route tables can be read. */
export function throughEgressVpc(snapshot: Snapshot): void {
  for (const table of value(snapshot.routeTables, vpcId))
    for (const route of table.Routes)
      if (route.NatGatewayId !== undefined) delete Object.assign(route, { TransitGatewayId: gatewayId }).NatGatewayId;
  snapshot.natGateways[vpcId] = ok([]);
  const [inner, outer] = ['subnet-0a1b2c3d4e5f6007a', 'subnet-0a1b2c3d4e5f6007b'];
  const attachment = (of: string, number: number, subnets: string[]) => ({
    vpc: {
      TransitGatewayAttachmentId: `tgw-attach-0a1b2c3d4e5f6000${number}`,
      TransitGatewayId: gatewayId,
      VpcId: of,
      State: 'available',
      SubnetIds: subnets,
    },
    any: {
      TransitGatewayAttachmentId: `tgw-attach-0a1b2c3d4e5f6000${number}`,
      TransitGatewayId: gatewayId,
      ResourceType: 'vpc',
      ResourceId: of,
      State: 'available',
      Association: { TransitGatewayRouteTableId: gatewayTableId, State: 'associated' },
    },
  });
  const [pollers, egress] = [attachment(vpcId, 2, [...subnetIds]), attachment(egressVpcId, 3, [inner])];
  snapshot.transitGatewayVpcAttachments = { [vpcId]: ok([pollers.vpc]), [egressVpcId]: ok([egress.vpc]) };
  snapshot.transitGatewayAttachments[gatewayId] = ok([pollers.any, egress.any]);
  const towards = (
    DestinationCidrBlock: string,
    { TransitGatewayAttachmentId, ResourceId, ResourceType }: typeof pollers.any,
  ) => ({
    DestinationCidrBlock,
    Type: 'static',
    State: 'active',
    TransitGatewayAttachments: [{ TransitGatewayAttachmentId, ResourceId, ResourceType }],
  });
  snapshot.transitGatewayRoutes[gatewayTableId] = ok([
    towards('0.0.0.0/0', egress.any),
    towards('10.0.0.0/16', pollers.any),
  ]);
  addEgressVpc(snapshot, inner, outer);
}

function addEgressVpc(snapshot: Snapshot, inner: string, outer: string): void {
  const route = (DestinationCidrBlock: string, target: object) => ({
    DestinationCidrBlock,
    State: 'active',
    Origin: 'CreateRoute',
    ...target,
  });
  const local = route('10.9.0.0/16', { GatewayId: 'local' });
  const table = (RouteTableId: string, SubnetId: string, ...routes: ReturnType<typeof route>[]) => ({
    RouteTableId,
    VpcId: egressVpcId,
    Associations: [{ Main: false, SubnetId, AssociationState: { State: 'associated' } }],
    Routes: [local, ...routes],
  });
  const subnet = (SubnetId: string, CidrBlock: string) => ({
    ...value(snapshot.subnets, subnetIds[0]!),
    SubnetId,
    VpcId: egressVpcId,
    CidrBlock,
  });
  snapshot.vpcs[egressVpcId] = ok({
    ...value(snapshot.vpcs, vpcId),
    VpcId: egressVpcId,
    CidrBlock: '10.9.0.0/16',
    CidrBlockAssociationSet: [{ CidrBlock: '10.9.0.0/16', CidrBlockState: { State: 'associated' } }],
  });
  snapshot.vpcSubnets[egressVpcId] = ok([subnet(inner, '10.9.0.0/24'), subnet(outer, '10.9.100.0/24')]);
  snapshot.routeTables[egressVpcId] = ok([
    table(
      'rtb-0a1b2c3d4e5f6007a',
      inner,
      route('0.0.0.0/0', { NatGatewayId: 'nat-0a1b2c3d4e5f60007' }),
      route('10.0.0.0/16', { TransitGatewayId: gatewayId }),
    ),
    table(
      'rtb-0a1b2c3d4e5f6007b',
      outer,
      route('0.0.0.0/0', { GatewayId: 'igw-0a1b2c3d4e5f60007' }),
      route('10.0.0.0/16', { TransitGatewayId: gatewayId }),
    ),
  ]);
  snapshot.natGateways[egressVpcId] = ok([
    {
      NatGatewayId: 'nat-0a1b2c3d4e5f60007',
      VpcId: egressVpcId,
      SubnetId: outer,
      State: 'available',
      ConnectivityType: 'public',
      AvailabilityMode: 'zonal',
      NatGatewayAddresses: [{ PublicIp: '198.51.100.20', PrivateIp: '10.9.100.10' }],
    },
  ]);
  snapshot.networkAcls[egressVpcId] = ok(
    value(snapshot.networkAcls, vpcId).map((acl) => ({
      ...acl,
      NetworkAclId: 'acl-0a1b2c3d4e5f60007',
      VpcId: egressVpcId,
      Associations: [inner, outer].map((SubnetId) => ({ SubnetId })),
    })),
  );
  for (const lists of [snapshot.securityGroups, snapshot.vpcEndpoints, snapshot.networkInterfaces])
    lists[egressVpcId] = ok([]);
  snapshot.vpcDnsSupport[egressVpcId] = ok(true);
  snapshot.vpcDnsHostnames[egressVpcId] = ok(true);
}
