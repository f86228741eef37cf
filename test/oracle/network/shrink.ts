/** Makes a topology smaller as long as what is wrong about it stays. */
import type { Topology } from '../../network/support/topology.js';

/** Topologies with one thing less, the larger steps first. */
function* smaller(topology: Topology): Generator<Topology> {
  const without = (change: (copy: Topology) => void): Topology => {
    const copy = structuredClone(topology);
    change(copy);
    return copy;
  };
  if (topology.pollers > 1) yield without((copy) => void copy.pollers--);
  if (topology.endpoint !== null) yield without((copy) => void (copy.endpoint = null));
  if (topology.gatewayTables.length > 0) yield without((copy) => void (copy.gatewayTables = []));
  if (topology.clusterGroups.length > 1) yield without((copy) => void copy.clusterGroups.pop());
  for (const [index, nat] of topology.nats.entries())
    if (nat !== null) yield without((copy) => void (copy.nats[index] = null));
  for (const [index, acl] of topology.aclOf.entries())
    if (acl !== 0) yield without((copy) => void (copy.aclOf[index] = 0));
  for (const [index, table] of topology.tableOf.entries())
    if (table !== null) yield without((copy) => void (copy.tableOf[index] = null));
  if (topology.endpoint !== null && topology.endpoint.subnets.length > 1)
    for (const index of topology.endpoint.subnets.keys())
      yield without((copy) => void copy.endpoint!.subnets.splice(index, 1));
  for (const [group, { ingress, egress }] of topology.groups.entries()) {
    for (const index of ingress.keys()) yield without((copy) => void copy.groups[group]!.ingress.splice(index, 1));
    for (const index of egress.keys()) yield without((copy) => void copy.groups[group]!.egress.splice(index, 1));
  }
  for (const [acl, entries] of topology.acls.entries())
    for (const index of entries.keys()) yield without((copy) => void copy.acls[acl]!.splice(index, 1));
  for (const [table, routes] of topology.tables.entries())
    for (const index of routes.keys()) yield without((copy) => void copy.tables[table]!.splice(index, 1));
}

/** The smallest that was found within `most` tries. */
export async function shrink(
  topology: Topology,
  isWrong: (smaller: Topology) => Promise<boolean>,
  most = 300,
): Promise<Topology> {
  let [best, tries] = [topology, 0];
  for (let found = true; found;) {
    found = false;
    for (const candidate of smaller(best)) {
      if (++tries > most) return best;
      if (!(await isWrong(candidate))) continue;
      best = candidate;
      found = true;
      break;
    }
  }
  return best;
}
