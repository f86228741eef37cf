/** Who stands where in the namespaces. Places of hosts never change; what a topology changes is rules and routes. */

export type HostName = 'p0' | 'p1' | 'p2' | 'b0' | 'e' | 'n0' | 'n1' | 'n2' | 'n3' | 'i';

export interface Host {
  name: HostName;
  /** Its subnet; null: outside the VPC, or in each of them (`e`, by its addresses). */
  subnet: number | null;
  addresses: string[];
  /** The ports on which an agent listens there; none: no agent. */
  listens: number[];
}

/** An endpoint's interface in a subnet. */
export const endpointAddress = (subnet: number): string => `10.0.${subnet}.30`;
export const natAddress = (subnet: number): string => `10.0.${subnet}.50`;

const subnets = [0, 1, 2, 3];

/** Pollers, who are brokers too for the other subnets; one broker beside the first poller; endpoints; NAT gateways; the internet. */
export const hosts: readonly Host[] = [
  ...[0, 1, 2].map((subnet): Host => ({
    name: `p${subnet}` as HostName,
    subnet,
    addresses: [`10.0.${subnet}.10`],
    listens: [9098],
  })),
  { name: 'b0', subnet: 0, addresses: ['10.0.0.20'], listens: [9098] },
  { name: 'e', subnet: null, addresses: subnets.map(endpointAddress), listens: [443] },
  ...subnets.map((subnet): Host => ({
    name: `n${subnet}` as HostName,
    subnet,
    addresses: [natAddress(subnet)],
    listens: [],
  })),
  { name: 'i', subnet: null, addresses: ['52.1.2.3', '3.5.0.1'], listens: [443] },
];

/** The fabric's side of a host's cable, and the hop by which the fabric sends to it. */
export const cable = (name: string): string => `v-${name}`;
export const hop = (name: string): string => `169.254.9.${hosts.findIndex((host) => host.name === name) + 10}`;
const hex = (number: number) => number.toString(16).padStart(2, '0');
export const macOf = (name: string): string =>
  `02:00:00:00:01:${hex(hosts.findIndex((host) => host.name === name) + 1)}`;
export const fabricMac = (name: string): string =>
  `02:00:00:00:02:${hex(hosts.findIndex((host) => host.name === name) + 1)}`;
/** Both ends of the fabric's loop: what the VPC's own routes take passes it, and is delivered behind it. */
export const loop = ['loop0', 'loop1'] as const;
/** A second cable to the internet's host, for the gateway endpoint. */
export const gatewayCable = 'v-g';
export const deliverTable = 300;
export const subnetTable = (subnet: number): number => 100 + subnet;
/** The same for a NAT gateway in it, which sends nothing to gateway endpoints (AWS: NAT gateway basics). */
export const natTable = (subnet: number): number => 200 + subnet;
