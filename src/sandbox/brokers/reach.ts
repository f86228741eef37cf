/** Whether the network of the account lets a client in the first subnet of the pollers reach a broker. */
import { reachability } from '../../network/reachability.js';
import { isOk } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { valueOrNull } from '../../subject/fact.js';
import { subjectOf } from '../../subject/subject.js';
import type { Listener } from './listeners.js';
import { mappingsOf } from './topics.js';

/** States in which a cluster has running brokers (API reference: Cluster, State). */
const running = new Set(['ACTIVE', 'HEALING', 'MAINTENANCE', 'REBOOTING_BROKER', 'UPDATING']);

/** What stops a packet; a subnet without free addresses stops only new network interfaces. */
const onTheWay = new Set<string>(['broker-ingress', 'broker-egress', 'nacl']);

/**
 * The simulated machine is in the first subnet of the pollers, with their security groups. A doubtful path counts as
 * open. The brokers are spread over the subnets in their order.
 */
export function reaches(snapshot: Snapshot, { clusterArn, node }: Listener): boolean {
  const cluster = snapshot.clusters[clusterArn];
  if (cluster !== undefined && isOk(cluster) && !running.has(cluster.value.State ?? 'ACTIVE')) return false;
  const [mapping] = mappingsOf(snapshot, clusterArn);
  const network = mapping === undefined ? null : valueOrNull(subjectOf(snapshot, mapping.UUID).network);
  if (network === null) return true;
  const paths = reachability(network.reads, network.question).paths.filter(
    ({ placement, to }) => placement === 0 && to.kind !== 'service',
  );
  const fromFirst = paths.filter(({ from }) => from === paths[0]?.from);
  const path = fromFirst[(node - 1) % fromFirst.length];
  return !(path?.components ?? []).some(({ component, status }) => status === 'blocked' && onTheWay.has(component));
}
