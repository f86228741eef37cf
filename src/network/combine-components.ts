/** Combines the outcomes of a path's components into the answer for the path. */
import {
  components,
  type Component,
  type Destination,
  type Hop,
  type ComponentAnswer,
  type PathAnswer,
} from './answer.js';
import { every, type Outcome } from './outcome.js';

const componentAnswer = (component: Component, { status, facts, missing, fixes }: Outcome): ComponentAnswer => ({
  component,
  status,
  facts,
  missing,
  fixes,
});

/** The order in which a packet meets the components; the first that blocks is named. */
const order: readonly Component[] = [
  'subnet-capacity',
  'aws-path',
  'vpc-dns',
  'endpoint-private-dns',
  'broker-egress',
  'https-egress',
  'nacl',
  'broker-ingress',
  'endpoint-ingress',
  'endpoint-policy',
];

/**
 * Outcomes of the same component are combined. A path is blocked by the first component that blocks, otherwise
 * unknown by the first that is unknown.
 */
export function pathAnswer(
  { subnetId: from, placement }: { subnetId: string; placement: number },
  to: Destination,
  port: number,
  outcomes: readonly (readonly [Component, Outcome])[],
  hops: Hop[],
): PathAnswer {
  const all = components.flatMap((component) => {
    const ofComponent = outcomes.filter(([name]) => name === component).map(([, outcome]) => outcome);
    return ofComponent.length === 0 ? [] : [componentAnswer(component, every(ofComponent))];
  });
  const inOrder = order.flatMap((component) => all.find((answer) => answer.component === component) ?? []);
  const by = inOrder.find(({ status }) => status === 'blocked') ?? inOrder.find(({ status }) => status === 'unknown');
  const answer = by === undefined ? 'reaches' : by.status === 'blocked' ? 'blocked' : 'unknown';
  return { placement, from, to, port, answer, by: by?.component ?? null, components: inOrder, hops };
}
