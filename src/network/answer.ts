/** The network solver's answer: for each path, the effect of each component on the traffic. */
import type { Fix } from '../fixes/fix.js';
import type { ReadFailure } from '../snapshot/read.js';
import type { ServiceName } from './question.js';

/** The last part of a check's id: `network.<component>`. */
export const components = [
  'broker-ingress',
  'broker-egress',
  'https-egress',
  'nacl',
  'aws-path',
  'endpoint-private-dns',
  'endpoint-ingress',
  'endpoint-policy',
  'vpc-dns',
  'subnet-capacity',
] as const;
export type Component = (typeof components)[number];

export interface NetworkFact {
  resource: string;
  fact: string;
  /** The fault in a few words for the title of a finding, without the subnet: “no default route”. */
  summary?: string;
}

/** The judgement of one component on one path. `warn`: the path works, but is at risk. */
export interface ComponentAnswer {
  component: Component;
  status: 'open' | 'warn' | 'blocked' | 'unknown';
  facts: NetworkFact[];
  /**
   * Failed reads that would decide an `unknown`; empty where no read of this account would (another account's
   * transit gateway).
   */
  missing: ReadFailure[];
  /** The smallest changes that open it, best first. */
  fixes: Fix[];
}

export type Destination =
  | { kind: 'broker'; subnetId: string }
  | { kind: 'connection'; subnetId: string }
  | { kind: 'service'; service: ServiceName };

/** One step of a path, in order, for drawing: the resource and its effect on the packet. */
export interface Hop {
  component: string;
  resource: string;
  note: string;
}

/** From one poller subnet to one destination on one port (for a port range, the first). */
export interface PathAnswer {
  /**
   * The index of the placement in the question. Serverless clusters have several, and AWS does not document which
   * one Lambda uses.
   */
  placement: number;
  from: string;
  to: Destination;
  port: number;
  answer: 'reaches' | 'blocked' | 'unknown';
  /** The first component that blocks, or that could not be decided; null where the path is open. */
  by: Component | null;
  components: ComponentAnswer[];
  hops: Hop[];
}

/** Every poller subnet × every destination, in a fixed order. */
export interface Reachability {
  paths: PathAnswer[];
}
