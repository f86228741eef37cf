/** Puts what components say together into the answer of a path. */
import { components, type Component, type Destination, type Hop, type Judged, type PathAnswer } from './answer.js';
import { every, type Outcome } from './outcome.js';

/** What a component says, in a path's words. */
export const judged = (component: Component, said: Outcome): Judged => ({
  component,
  status: said.is,
  facts: said.facts,
  missing: said.missing,
  fixes: said.fixes,
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

export function toPath(
  { subnetId: from, placement }: { subnetId: string; placement: number },
  to: Destination,
  port: number,
  said: readonly (readonly [Component, Outcome])[],
  hops: Hop[],
): PathAnswer {
  const all = components.flatMap((component) => {
    const ofIt = said.filter(([name]) => name === component).map(([, outcome]) => outcome);
    return ofIt.length === 0 ? [] : [judged(component, every(ofIt))];
  });
  const inOrder = order.flatMap((component) => all.find((one) => one.component === component) ?? []);
  const by = inOrder.find((one) => one.status === 'blocked') ?? inOrder.find((one) => one.status === 'unknown');
  const answer = by === undefined ? 'reaches' : by.status === 'blocked' ? 'blocked' : 'unknown';
  return { placement, from, to, port, answer, by: by?.component ?? null, judged: inOrder, hops };
}
