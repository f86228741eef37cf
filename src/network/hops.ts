/** The steps of a path for drawing: what a packet meets, in order. */
import { isOk } from '../snapshot/read.js';
import type { VpcEndpoint } from '../snapshot/resources/index.js';
import type { Hop } from './answer.js';
import type { Vpc } from './network-index.js';
import type { Caller } from './endpoints.js';
import { aclOf } from './network-acls.js';
import { portsText, type Ports } from './security-groups.js';

const subnet = (resource: string, note: string): Hop => ({ component: 'subnet', resource, note });
const groups = (ids: readonly string[], note: string): Hop[] =>
  ids.length === 0 ? [] : [{ component: 'security groups', resource: ids.join(', '), note }];

const acl = (vpc: Vpc, subnetId: string): Hop[] => {
  const networkAcl = isOk(vpc.acls) ? aclOf(vpc.acls.value, subnetId) : undefined;
  return networkAcl === undefined
    ? []
    : [{ component: 'network ACL', resource: networkAcl.NetworkAclId, note: `of ${subnetId}` }];
};

/** `ends`: the resources at the destination. Network ACLs do not apply within one subnet. */
export const brokerHops = ({ vpc, subnetId, groupIds }: Caller, broker: string, ports: Ports, ends: string): Hop[] => [
  subnet(subnetId, 'pollers'),
  ...groups(groupIds, `outbound TCP ${portsText(ports)}`),
  ...(broker === subnetId ? [] : [...acl(vpc, subnetId), ...acl(vpc, broker)]),
  ...groups(groupIds, `inbound TCP ${portsText(ports)}`),
  subnet(broker, ends),
];

/** The pollers' end of a path to a service. */
export const leavingHops = ({ vpc, subnetId, groupIds }: Caller, past: readonly Hop[]): Hop[] => {
  const start = [subnet(subnetId, 'pollers'), ...groups(groupIds, 'outbound TCP 443')];
  // No network ACL applies to an endpoint's interface in the pollers' own subnet.
  const inSameSubnet = past.some(
    ({ component, note }) => component === 'interface endpoint' && note.includes(subnetId),
  );
  return [...start, ...(inSameSubnet ? [] : acl(vpc, subnetId)), ...past];
};

export const endpointHops = (endpoint: VpcEndpoint, groupIds: readonly string[]): Hop[] => [
  ...groups(groupIds, 'inbound TCP 443'),
  {
    component: 'interface endpoint',
    resource: endpoint.VpcEndpointId,
    note: `private DNS enabled; in ${endpoint.SubnetIds.join(', ')}`,
  },
];
