import { count, knownTags, list, maybe, port, text, z } from './shape.js';

/**
 * The effective VPC Block Public Access setting, exclusions included: `off`, `block-ingress` or
 * `block-bidirectional`.
 */
const blockPublicAccess = maybe(z.object({ InternetGatewayBlockMode: maybe(text) }));

export const subnetSchema = z.object({
  SubnetId: text,
  VpcId: maybe(text),
  State: maybe(text),
  CidrBlock: maybe(text),
  Ipv6CidrBlockAssociationSet: list(z.object({ Ipv6CidrBlock: maybe(text) })),
  AvailabilityZone: maybe(text),
  AvailabilityZoneId: maybe(text),
  AvailableIpAddressCount: maybe(count),
  OwnerId: maybe(text),
  BlockPublicAccessStates: blockPublicAccess,
  Tags: knownTags,
});
export type Subnet = z.infer<typeof subnetSchema>;

const ipPermission = z.object({
  /** `tcp`, `6`, `-1` … */
  IpProtocol: maybe(text),
  FromPort: maybe(port),
  ToPort: maybe(port),
  IpRanges: list(z.object({ CidrIp: maybe(text) })),
  Ipv6Ranges: list(z.object({ CidrIpv6: maybe(text) })),
  PrefixListIds: list(z.object({ PrefixListId: maybe(text) })),
  UserIdGroupPairs: list(
    z.object({
      GroupId: maybe(text),
      UserId: maybe(text),
      VpcId: maybe(text),
      VpcPeeringConnectionId: maybe(text),
      PeeringStatus: maybe(text),
    }),
  ),
});
export type IpPermission = z.infer<typeof ipPermission>;

export const securityGroupSchema = z.object({
  GroupId: text,
  GroupName: maybe(text),
  VpcId: maybe(text),
  OwnerId: maybe(text),
  IpPermissions: list(ipPermission),
  /** AWS returns it for every group of a VPC, even an empty one; absent means not known. */
  IpPermissionsEgress: maybe(z.array(ipPermission)),
  Tags: knownTags,
});
export type SecurityGroup = z.infer<typeof securityGroupSchema>;

const route = z.object({
  DestinationCidrBlock: maybe(text),
  DestinationIpv6CidrBlock: maybe(text),
  DestinationPrefixListId: maybe(text),
  /** `local`, `igw-…`, `vgw-…`, or `vpce-…` of a gateway or firewall endpoint. */
  GatewayId: maybe(text),
  NatGatewayId: maybe(text),
  InstanceId: maybe(text),
  NetworkInterfaceId: maybe(text),
  TransitGatewayId: maybe(text),
  VpcPeeringConnectionId: maybe(text),
  EgressOnlyInternetGatewayId: maybe(text),
  LocalGatewayId: maybe(text),
  CarrierGatewayId: maybe(text),
  CoreNetworkArn: maybe(text),
  State: maybe(text),
  Origin: maybe(text),
});
export type Route = z.infer<typeof route>;

export const routeTableSchema = z.object({
  RouteTableId: text,
  VpcId: maybe(text),
  Associations: list(
    z.object({
      Main: maybe(z.boolean()),
      SubnetId: maybe(text),
      GatewayId: maybe(text),
      AssociationState: maybe(z.object({ State: maybe(text) })),
    }),
  ),
  Routes: list(route),
  Tags: knownTags,
});
export type RouteTable = z.infer<typeof routeTableSchema>;

export const networkAclSchema = z.object({
  NetworkAclId: text,
  VpcId: maybe(text),
  IsDefault: maybe(z.boolean()),
  Associations: list(z.object({ SubnetId: maybe(text) })),
  Entries: list(
    z.object({
      RuleNumber: maybe(count),
      /** `-1` or an IANA protocol number. */
      Protocol: maybe(text),
      RuleAction: maybe(text),
      Egress: maybe(z.boolean()),
      CidrBlock: maybe(text),
      Ipv6CidrBlock: maybe(text),
      PortRange: maybe(z.object({ From: maybe(port), To: maybe(port) })),
    }),
  ),
  Tags: knownTags,
});
export type NetworkAcl = z.infer<typeof networkAclSchema>;

export const vpcEndpointSchema = z.object({
  VpcEndpointId: text,
  VpcEndpointType: maybe(text),
  VpcId: maybe(text),
  ServiceName: maybe(text),
  ServiceRegion: maybe(text),
  State: maybe(text),
  PolicyDocument: maybe(text),
  RouteTableIds: list(text),
  SubnetIds: list(text),
  Groups: list(z.object({ GroupId: maybe(text) })),
  PrivateDnsEnabled: maybe(z.boolean()),
  /** `ipv4`, `ipv6` or `dualstack`. */
  IpAddressType: maybe(text),
  NetworkInterfaceIds: list(text),
  DnsOptions: maybe(z.object({ PrivateDnsOnlyForInboundResolverEndpoint: maybe(z.boolean()) })),
  Tags: knownTags,
});
export type VpcEndpoint = z.infer<typeof vpcEndpointSchema>;

export const natGatewaySchema = z.object({
  NatGatewayId: text,
  VpcId: maybe(text),
  /** Absent for a regional NAT gateway (AvailabilityMode `regional`), which has its own route table. */
  SubnetId: maybe(text),
  State: maybe(text),
  ConnectivityType: maybe(text),
  AvailabilityMode: maybe(text),
  RouteTableId: maybe(text),
  FailureMessage: maybe(text),
  NatGatewayAddresses: list(z.object({ PublicIp: maybe(text), PrivateIp: maybe(text) })),
  Tags: knownTags,
});
export type NatGateway = z.infer<typeof natGatewaySchema>;

export const networkInterfaceSchema = z.object({
  NetworkInterfaceId: text,
  InterfaceType: maybe(text),
  Description: maybe(text),
  SubnetId: maybe(text),
  VpcId: maybe(text),
  OwnerId: maybe(text),
  RequesterId: maybe(text),
  /** Made and deleted by a service of AWS. */
  RequesterManaged: maybe(z.boolean()),
  Status: maybe(text),
  SourceDestCheck: maybe(z.boolean()),
  PrivateIpAddress: maybe(text),
  Groups: list(z.object({ GroupId: maybe(text) })),
  Association: maybe(z.object({ PublicIp: maybe(text) })),
  Attachment: maybe(z.object({ InstanceId: maybe(text), Status: maybe(text) })),
});
export type NetworkInterface = z.infer<typeof networkInterfaceSchema>;

export const vpcSchema = z.object({
  VpcId: text,
  CidrBlock: maybe(text),
  CidrBlockAssociationSet: list(
    z.object({
      CidrBlock: maybe(text),
      CidrBlockState: maybe(z.object({ State: maybe(text) })),
    }),
  ),
  DhcpOptionsId: maybe(text),
  OwnerId: maybe(text),
  BlockPublicAccessStates: blockPublicAccess,
  Tags: knownTags,
});
export type Vpc = z.infer<typeof vpcSchema>;

export const dhcpOptionsSchema = z.object({
  DhcpOptionsId: text,
  DhcpConfigurations: list(z.object({ Key: maybe(text), Values: list(z.object({ Value: maybe(text) })) })),
});
export type DhcpOptions = z.infer<typeof dhcpOptionsSchema>;

export const peeringSchema = z.object({
  VpcPeeringConnectionId: text,
  Status: maybe(z.object({ Code: maybe(text) })),
  AccepterVpcInfo: maybe(
    z.object({ VpcId: maybe(text), OwnerId: maybe(text), Region: maybe(text), CidrBlock: maybe(text) }),
  ),
  RequesterVpcInfo: maybe(
    z.object({ VpcId: maybe(text), OwnerId: maybe(text), Region: maybe(text), CidrBlock: maybe(text) }),
  ),
  Tags: knownTags,
});

export const transitGatewayAttachmentSchema = z.object({
  TransitGatewayAttachmentId: text,
  TransitGatewayId: maybe(text),
  TransitGatewayOwnerId: maybe(text),
  ResourceType: maybe(text),
  ResourceId: maybe(text),
  ResourceOwnerId: maybe(text),
  State: maybe(text),
  Association: maybe(z.object({ TransitGatewayRouteTableId: maybe(text), State: maybe(text) })),
});

export const transitGatewayVpcAttachmentSchema = z.object({
  TransitGatewayAttachmentId: text,
  TransitGatewayId: maybe(text),
  VpcId: maybe(text),
  VpcOwnerId: maybe(text),
  State: maybe(text),
  SubnetIds: list(text),
});

export const transitGatewayRouteSchema = z.object({
  DestinationCidrBlock: maybe(text),
  PrefixListId: maybe(text),
  Type: maybe(text),
  State: maybe(text),
  TransitGatewayAttachments: list(
    z.object({ TransitGatewayAttachmentId: maybe(text), ResourceId: maybe(text), ResourceType: maybe(text) }),
  ),
});
