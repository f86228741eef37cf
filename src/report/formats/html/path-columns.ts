/**
 * The path of packets in fixed columns, from the hops of the network solver: what stands in each column, and in which
 * column the path ends.
 */
import type { Component, Hop, PathAnswer } from '../../../network/answer.js';
import { serviceNames } from '../../../network/question.js';

export const columns = [
  'Subnet',
  'Security group',
  'Network ACL',
  'Route',
  'NAT or endpoint',
  'Security group',
  'Service or brokers',
] as const;

const [subnet, outbound, acl, route, gateway, inbound, end] = [0, 1, 2, 3, 4, 5, 6];

/** What stands in a column: ids of resources, and a note without ids. Empty: nothing on the path. */
export interface Cell {
  ids: string[];
  note: string;
}

export interface PathRow {
  /** Subnet of the pollers. */
  from: string;
  /** “Lambda, STS”, or “brokers:9098” with their subnets. */
  destinations: string[];
  answer: PathAnswer['answer'];
  /** `network.<component>`; null where the path is open. */
  check: string | null;
  /** The column of the hop that blocks or could not be decided; null where the path is open. */
  at: number | null;
  cells: Cell[];
  reasons: { resource: string; fact: string }[];
}

/** Paths with the same columns and the same end are one row with several destinations. */
export function rowsOf(paths: readonly PathAnswer[]): PathRow[] {
  const rows = new Map<string, PathRow>();
  for (const path of paths) {
    const row = rowOf(path);
    const key = JSON.stringify([row.from, row.answer, row.check, row.at, row.cells.slice(0, end)]);
    const earlier = rows.get(key);
    if (earlier === undefined) rows.set(key, row);
    else {
      earlier.destinations.push(...row.destinations.filter((name) => !earlier.destinations.includes(name)));
      earlier.cells[end]!.ids.push(...row.cells[end]!.ids.filter((id) => !earlier.cells[end]!.ids.includes(id)));
      const known = new Set(earlier.reasons.map((reason) => JSON.stringify(reason)));
      earlier.reasons.push(...row.reasons.filter((reason) => !known.has(JSON.stringify(reason))));
    }
  }
  return [...rows.values()];
}

function rowOf(path: PathAnswer): PathRow {
  const { from, to, port, answer, by, components } = path;
  const cells = columns.map((): Cell => ({ ids: [], note: '' }));
  for (const [index, hop] of path.hops.entries()) put(cells, columnOf(hop, index, path.hops.length), hop);
  cells[subnet] = { ids: [from], note: 'pollers' };
  const isLocal = to.kind !== 'service' && cells[route]!.ids.length === 0;
  if (isLocal && path.hops.length > 0) cells[route] = { ids: [], note: 'in the VPC' };
  if (to.kind !== 'service') cells[end] = { ids: [to.subnetId], note: '' };
  const deciding = components.filter(({ component }) => component === by);
  const reasons = deciding.flatMap(({ facts, missing }) => [
    ...facts.map(({ resource, fact }) => ({ resource, fact })),
    ...missing.map(({ action, resource, error }) => ({
      resource: resource ?? action,
      fact: `${action} was not answered to your credentials: ${error}`,
    })),
  ]);
  const at = by === null ? null : columnOfComponent(by, reasons, cells);
  if (at !== null) complete(cells[at]!, at, by!, reasons);
  return {
    from,
    destinations: [
      to.kind === 'service'
        ? serviceNames[to.service]
        : to.kind === 'broker'
          ? `brokers:${port}`
          : `VPC connection:${port}`,
    ],
    answer,
    check: by === null ? null : `network.${by}`,
    at,
    cells,
    reasons,
  };
}

function put(cells: Cell[], column: number, { resource, note }: Hop): void {
  const cell = cells[column]!;
  for (const id of resource.split(', ')) if (!cell.ids.includes(id)) cell.ids.push(id);
  if (cell.note === '' && /^(?:out|in)bound /.test(note)) cell.note = note;
}

function columnOf({ component, note }: Hop, index: number, count: number): number {
  switch (component) {
    case 'subnet':
      return index === count - 1 && index > 0 ? end : subnet;
    case 'security groups':
      return note.startsWith('inbound') ? inbound : outbound;
    case 'network ACL':
      return acl;
    case 'route table':
    case 'route':
      return route;
    default:
      return gateway;
  }
}

/** Ids of the resources that can stand in a column. */
const prefixes: Readonly<Record<number, RegExp>> = {
  [outbound]: /^sg-/,
  [acl]: /^acl-/,
  [route]: /^rtb-/,
  [gateway]: /^(?:vpce|nat|igw|tgw|pcx|eni|i)-/,
  [inbound]: /^sg-/,
};

/** The packet does not get to the deciding resource, so that the hops lack it; the reasons name it. */
function complete(cell: Cell, column: number, by: Component, reasons: PathRow['reasons']): void {
  if (by === 'vpc-dns') cell.note = 'DNS of the VPC';
  if (cell.ids.length > 0) return;
  if (by === 'endpoint-private-dns') cell.note = 'private DNS';
  for (const { resource } of reasons)
    if (prefixes[column]?.test(resource) === true && !cell.ids.includes(resource)) cell.ids.push(resource);
}

/** Where a component decides the path. A route out and a local route are judged with other components. */
function columnOfComponent(by: Component, reasons: PathRow['reasons'], cells: readonly Cell[]): number {
  const isAbout = (prefix: string) => reasons.some(({ resource }) => resource.startsWith(prefix));
  switch (by) {
    case 'subnet-capacity':
      return subnet;
    case 'https-egress':
      return outbound;
    case 'broker-egress':
      return isAbout('sg-') || !isAbout('rtb-') ? outbound : route;
    case 'nacl':
      return acl;
    case 'aws-path':
      // The hops end where the path ends: at a gateway, or at a table without a usable route.
      return cells[gateway]!.ids.length > 0 ? gateway : route;
    case 'vpc-dns':
    case 'endpoint-private-dns':
    case 'endpoint-policy':
      return gateway;
    case 'broker-ingress':
    case 'endpoint-ingress':
      return inbound;
  }
}
