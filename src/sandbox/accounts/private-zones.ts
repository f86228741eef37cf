/** VPCs in which private hosted zones answer for names of AWS services. */
import { ok } from '../../snapshot/read.js';
import type { RecordSet, VpcEndpoint } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { broken, healthy, value, type SandboxAccount } from '../account.js';
import { account, region, subnetIds, vpcId } from '../healthy.js';
import { problem } from './texts.js';

const zoneIds = { lambda: 'Z0123456LAMBDA0000001', sts: 'Z0123456STS0000000001' };
const services = ['lambda', 'sts'] as const;
type Service = (typeof services)[number];

export const zoneName = (service: string): string => `${service}.${region}.amazonaws.com.`;
export const dnsNameOf = ({ VpcEndpointId: id }: VpcEndpoint, service: string): string =>
  `${id}-ab12cd34.${service}.${region}.vpce.amazonaws.com.`;

/** The records that Route 53 creates with a zone. */
const ownRecords = (name: string): RecordSet[] => [
  { Name: name, Type: 'NS', ResourceRecords: [{ Value: 'ns-0.awsdns-00.com.' }] },
  { Name: name, Type: 'SOA', ResourceRecords: [{ Value: 'ns-0.awsdns-00.com. awsdns-hostmaster.amazon.com. 1' }] },
];

/** Adds a zone with the exact name of the service. Null: without an address record. */
export function addZone(snapshot: Snapshot, service: Service, endpoint: VpcEndpoint | null, owner = account): void {
  const [id, name] = [zoneIds[service], zoneName(service)];
  const zones = snapshot.hostedZones[vpcId];
  snapshot.hostedZones[vpcId] = ok([
    ...(zones?.outcome === 'ok' ? zones.value : []),
    { HostedZoneId: id, Name: name, Owner: { OwningAccount: owner } },
  ]);
  const record: RecordSet[] =
    endpoint === null
      ? []
      : [
          {
            Name: name,
            Type: 'A',
            AliasTarget: { DNSName: dnsNameOf(endpoint, service), HostedZoneId: 'Z38GZ743OKFT7T' },
            ResourceRecords: [],
          },
        ];
  snapshot.hostedZoneRecords[id] = ok([...record, ...ownRecords(name)]);
}

/** The VPC's endpoints without private DNS, and a zone for each. */
export function withoutPrivateDns(snapshot: Snapshot): void {
  for (const endpoint of value(snapshot.vpcEndpoints, vpcId)) endpoint.PrivateDnsEnabled = false;
}
export const endpointFor = (snapshot: Snapshot, service: Service): VpcEndpoint =>
  Object.values(snapshot.vpcEndpoints)
    .flatMap((read) => (read.outcome === 'ok' ? read.value : []))
    .find(({ ServiceName: name }) => name === `com.amazonaws.${region}.${service}`)!;

export const hubId = 'vpc-0a1b2c3d4e5f60008';
export const hubSubnetId = 'subnet-0a1b2c3d4e5f6008a';
const gatewayId = 'tgw-0a1b2c3d4e5f60008';
export const gatewayTableId = 'tgw-rtb-0a1b2c3d4e5f60008';

/**
 * The endpoints of Lambda and STS are in another VPC of the same account, behind a transit gateway. The pollers' VPC
 * has no other route out.
 */
export function centralEndpoints(snapshot: Snapshot): void {
  const toHub = { DestinationCidrBlock: '10.8.0.0/16', TransitGatewayId: gatewayId, State: 'active' };
  for (const table of value(snapshot.routeTables, vpcId))
    if (!table.Routes.some(({ GatewayId: id }) => id?.startsWith('igw-') === true)) table.Routes.push(toHub);
  const endpoints = value(snapshot.vpcEndpoints, vpcId)
    .filter(({ ServiceName: name }) => /\.(lambda|sts)$/.test(name ?? ''))
    .map((endpoint) => ({
      ...endpoint,
      VpcId: hubId,
      SubnetIds: [hubSubnetId],
      Groups: [{ GroupId: 'sg-0a1b2c3d4e5f6c008' }],
      PrivateDnsEnabled: false,
    }));
  snapshot.vpcEndpoints[vpcId] = ok([]);
  snapshot.vpcEndpoints[hubId] = ok(endpoints);
  addHub(snapshot);
  for (const service of services) addZone(snapshot, service, endpointFor(snapshot, service));
}

function addHub(snapshot: Snapshot): void {
  const attachment = (of: string, number: number, subnets: string[]) => ({
    vpc: {
      TransitGatewayAttachmentId: `tgw-attach-0a1b2c3d4e5f6008${number}`,
      TransitGatewayId: gatewayId,
      VpcId: of,
      State: 'available',
      SubnetIds: subnets,
    },
    any: {
      TransitGatewayAttachmentId: `tgw-attach-0a1b2c3d4e5f6008${number}`,
      TransitGatewayId: gatewayId,
      ResourceType: 'vpc',
      ResourceId: of,
      State: 'available',
      Association: { TransitGatewayRouteTableId: gatewayTableId, State: 'associated' },
    },
  });
  const [pollers, hub] = [attachment(vpcId, 1, [...subnetIds]), attachment(hubId, 2, [hubSubnetId])];
  snapshot.transitGatewayVpcAttachments = { [vpcId]: ok([pollers.vpc]), [hubId]: ok([hub.vpc]) };
  snapshot.transitGatewayAttachments[gatewayId] = ok([pollers.any, hub.any]);
  const towards = (
    DestinationCidrBlock: string,
    { TransitGatewayAttachmentId, ResourceId, ResourceType }: typeof hub.any,
  ) => ({
    DestinationCidrBlock,
    Type: 'propagated',
    State: 'active',
    TransitGatewayAttachments: [{ TransitGatewayAttachmentId, ResourceId, ResourceType }],
  });
  snapshot.transitGatewayRoutes[gatewayTableId] = ok([
    towards('10.8.0.0/16', hub.any),
    towards('10.0.0.0/16', pollers.any),
  ]);
  snapshot.vpcSubnets[hubId] = ok([
    { ...value(snapshot.subnets, subnetIds[0]!), SubnetId: hubSubnetId, VpcId: hubId, CidrBlock: '10.8.0.0/24' },
  ]);
  snapshot.routeTables[hubId] = ok([
    {
      RouteTableId: 'rtb-0a1b2c3d4e5f6008a',
      VpcId: hubId,
      Associations: [{ Main: true, AssociationState: { State: 'associated' } }],
      Routes: [
        { DestinationCidrBlock: '10.8.0.0/16', GatewayId: 'local', State: 'active' },
        { DestinationCidrBlock: '10.0.0.0/16', TransitGatewayId: gatewayId, State: 'active' },
      ],
    },
  ]);
  snapshot.securityGroups[hubId] = ok([
    {
      GroupId: 'sg-0a1b2c3d4e5f6c008',
      GroupName: 'central-endpoints',
      VpcId: hubId,
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          IpRanges: [{ CidrIp: '10.0.0.0/8' }],
          Ipv6Ranges: [],
          PrefixListIds: [],
          UserIdGroupPairs: [],
        },
      ],
      IpPermissionsEgress: [],
    },
  ]);
  snapshot.networkAcls[hubId] = ok(
    value(snapshot.networkAcls, vpcId).map((acl) => ({
      ...acl,
      NetworkAclId: 'acl-0a1b2c3d4e5f60008',
      VpcId: hubId,
      Associations: [{ SubnetId: hubSubnetId }],
    })),
  );
  snapshot.natGateways[hubId] = ok([]);
}

const withZones = (snapshot: Snapshot): void => {
  withoutPrivateDns(snapshot);
  for (const service of services) addZone(snapshot, service, endpointFor(snapshot, service));
};

export const privateZoneAccounts: readonly SandboxAccount[] = [
  healthy(
    'private-zones',
    'Private DNS is disabled for the endpoints; private hosted zones resolve the names to them',
    { wayOut: 'endpoints' },
    withZones,
  ),
  healthy(
    'central-endpoints',
    'The endpoints are in another VPC behind a transit gateway; private hosted zones resolve the names to them',
    { wayOut: 'endpoints' },
    centralEndpoints,
  ),
  broken(
    'central-endpoints-no-zone',
    'The endpoints are in another VPC behind a transit gateway; no private hosted zone is associated with the pollers’ VPC',
    'network.aws-path',
    problem('vpc-cannot-reach-aws'),
    { wayOut: 'endpoints' },
    (snapshot) => {
      centralEndpoints(snapshot);
      snapshot.hostedZones[vpcId] = ok([]);
    },
  ),
  broken(
    'private-zone-empty',
    'A private hosted zone for Lambda’s DNS name has no record',
    'network.endpoint-private-dns',
    problem('vpc-cannot-reach-aws'),
    { wayOut: 'endpoints' },
    (snapshot) => {
      withoutPrivateDns(snapshot);
      addZone(snapshot, 'sts', endpointFor(snapshot, 'sts'));
      addZone(snapshot, 'lambda', null);
    },
  ),
  broken(
    'private-zone-other-endpoint',
    'The record in Lambda’s private hosted zone points to the STS endpoint',
    'network.endpoint-private-dns',
    problem('vpc-cannot-reach-aws'),
    { wayOut: 'endpoints' },
    (snapshot) => {
      withoutPrivateDns(snapshot);
      addZone(snapshot, 'sts', endpointFor(snapshot, 'sts'));
      addZone(snapshot, 'lambda', endpointFor(snapshot, 'sts'));
    },
  ),
];
