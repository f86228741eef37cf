/** The network solver's answer: for each path, what each component on it does to the flow. */
import type { Fix } from '../fixes/fix.js';
import type { ReadFailure } from '../snapshot/read.js';
import type { ServiceName } from './question.js';

/** Each is the last part of a check's id: `network.<component>`. */
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
}

/** What one component says about one path. `warn` only where the path works and is about not to. */
export interface ComponentAnswer {
  component: Component;
  status: 'open' | 'warn' | 'blocked' | 'unknown';
  facts: NetworkFact[];
  /** Reads that would decide an `unknown`; empty where nothing of the account would (another account's transit gateway). */
  missing: ReadFailure[];
  /** The smallest changes that open it, the best first. */
  fixes: Fix[];
}

export type Destination =
  | { kind: 'broker'; subnetId: string }
  | { kind: 'connection'; subnetId: string }
  | { kind: 'service'; service: ServiceName };

/** One step of a path, in order, for drawing: the resource and what it does to the packet. */
export interface Hop {
  component: string;
  resource: string;
  note: string;
}

/** From one poller subnet to one destination on one port (for a port range, its first). */
export interface PathAnswer {
  /** Which of the question's placements, counting from 0: Serverless has several, and which one Lambda takes is not documented. */
  placement: number;
  from: string;
  to: Destination;
  port: number;
  answer: 'reaches' | 'blocked' | 'unknown';
  /** The first component that blocks, or that could not be decided; null where it reaches. */
  by: Component | null;
  components: ComponentAnswer[];
  hops: Hop[];
}

/** Every poller subnet × every destination, in a fixed order. */
export interface Reachability {
  paths: PathAnswer[];
}
