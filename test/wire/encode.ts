/** Outputs in the tongues of AWS's protocols: JSON, EC2's XML, the query XML of IAM and STS. */
type Names = (name: string) => string;

export const lowerFirst: Names = (name) => name.charAt(0).toLowerCase() + name.slice(1);

/** Instants as seconds, members by `names`. */
export function encodeJson(value: unknown, names: Names): string {
  return JSON.stringify(renamed(value, names));
}

/** Members that AWS's APIs of Lambda and KMS give as seconds, and the snapshot keeps as text. */
const instants = new Set(['LastChangedDate', 'LastRotatedDate', 'DeletedDate', 'DeletionDate']);

function renamed(value: unknown, names: Names, key = ''): unknown {
  // MSK writes instants as text, the other JSON services as seconds.
  if (value instanceof Date) return names === lowerFirst ? value.toISOString() : value.getTime() / 1000;
  if (typeof value === 'string' && (instants.has(key) || (key === 'LastModified' && value.endsWith('Z'))))
    return Date.parse(value) / 1000;
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [names(name), renamed(item, names, name)]));
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const tag = (name: string, content: string) => `<${name}>${content}</${name}>`;

/** EC2's lists end in `Set`, but for those whose names grew otherwise. */
const ec2Lists: Record<string, string> = {
  SecurityGroups: 'securityGroupInfo',
  IpPermissions: 'ipPermissions',
  IpPermissionsEgress: 'ipPermissionsEgress',
  IpRanges: 'ipRanges',
  Ipv6Ranges: 'ipv6Ranges',
  PrefixListIds: 'prefixListIds',
  UserIdGroupPairs: 'groups',
  DhcpOptions: 'dhcpOptionsSet',
  CidrBlockAssociationSet: 'cidrBlockAssociationSet',
  Ipv6CidrBlockAssociationSet: 'ipv6CidrBlockAssociationSet',
  NatGatewayAddresses: 'natGatewayAddressSet',
  Entries: 'entrySet',
  Regions: 'regionInfo',
  TransitGatewayAttachments: 'transitGatewayAttachments',
  TransitGatewayVpcAttachments: 'transitGatewayVpcAttachments',
};

const ec2Name: Names = (name) => (name === 'IsDefault' ? 'default' : lowerFirst(name));

export function encodeEc2(operation: string, output: object): string {
  const write = (value: unknown): string => {
    if (Array.isArray(value)) return value.map((item) => tag('item', write(item))).join('');
    if (typeof value !== 'object' || value === null) return escaped(String(value));
    return Object.entries(value)
      .map(([name, item]) =>
        tag(
          Array.isArray(item) ? (ec2Lists[name] ?? `${lowerFirst(name).replace(/s$/, '')}Set`) : ec2Name(name),
          write(item),
        ),
      )
      .join('');
  };
  return tag(`${operation}Response`, write(output));
}

export function encodeQuery(operation: string, output: object): string {
  const write = (value: unknown): string => {
    if (value instanceof Date) return value.toISOString();
    if (Array.isArray(value)) return value.map((item) => tag('member', write(item))).join('');
    if (typeof value !== 'object' || value === null) return escaped(String(value));
    return Object.entries(value)
      .map(([name, item]) => tag(name, write(item)))
      .join('');
  };
  return tag(`${operation}Response`, tag(`${operation}Result`, write(output)));
}

/** Route 53's lists: each item is named by what it is. */
const xmlItems: Record<string, string> = {
  HostedZoneSummaries: 'HostedZoneSummary',
  ResourceRecordSets: 'ResourceRecordSet',
  ResourceRecords: 'ResourceRecord',
};

export function encodeRestXml(operation: string, output: object): string {
  const write = (value: unknown, list = ''): string => {
    if (Array.isArray(value)) return value.map((item) => tag(xmlItems[list] ?? 'member', write(item))).join('');
    if (typeof value !== 'object' || value === null) return escaped(String(value));
    return Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => tag(name, write(item, name)))
      .join('');
  };
  return tag(`${operation}Response`, write(output));
}
