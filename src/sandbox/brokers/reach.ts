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
 * `subnet`: of the client; null: the first one of the pollers, where the simulated machine is, with their security groups. A doubtful path counts as
 * open. The brokers are spread over the subnets in their order.
 */
export function reaches(snapshot: Snapshot, { clusterArn, node }: Listener, subnet: string | null = null): boolean {
  const cluster = snapshot.clusters[clusterArn];
  if (cluster !== undefined && isOk(cluster) && !running.has(cluster.value.State ?? 'ACTIVE')) return false;
  const [mapping] = mappingsOf(snapshot, clusterArn);
  const network = mapping === undefined ? null : valueOrNull(subjectOf(snapshot, mapping.UUID).network);
  if (network === null) return true;
  const paths = reachability(network.reads, network.question).paths.filter(
    ({ placement, to }) => placement === 0 && to.kind !== 'service',
  );
  const ofSubnet = paths.filter(({ from }) => from === (subnet ?? paths[0]?.from));
  const path = ofSubnet[(node - 1) % ofSubnet.length];
  return !(path?.components ?? []).some(({ component, status }) => status === 'blocked' && onTheWay.has(component));
}

/** What a connection to a service does not show: who may use the endpoint, and free addresses. */
const unseen = new Set<string>(['endpoint-policy', 'subnet-capacity']);

/** Whether a function with a role, in a subnet of the pollers, can open a connection to a service of AWS. */
export function reachesService(snapshot: Snapshot, roleArn: string, subnet: string, service: string): boolean {
  const uuid = Object.values(snapshot.mappings)
    .flatMap((read) => (isOk(read) ? [read.value] : []))
    .find(({ FunctionArn: arn = '' }) => {
      const read = snapshot.functions[arn];
      return read !== undefined && isOk(read) && read.value.Role === roleArn;
    })?.UUID;
  const network = uuid === undefined ? null : valueOrNull(subjectOf(snapshot, uuid).network);
  if (network === null) return true;
  const path = reachability(network.reads, network.question).paths.find(
    ({ from, to }) => from === subnet && to.kind === 'service' && to.service === service,
  );
  return !(path?.components ?? []).some(({ component, status }) => status === 'blocked' && !unseen.has(component));
}
