/** Joins the fixes of all paths that a component blocks: one fix that opens all of them, and the alternatives. */
import { costOf, costs } from '../../fixes/cost.js';
import type { Fix, Safety } from '../../fixes/fix.js';
import type { NetworkAcl } from '../../snapshot/resources/index.js';
import type { Component } from '../answer.js';
import { unique } from '../outcome.js';
import { joinAclFixes } from './acls.js';

/** `each`: the fixes for each blocked item, best first. `acls`: those whose rule numbers must differ. */
export function joinFixes(component: Component, each: readonly (readonly Fix[])[], acls: readonly NetworkAcl[]): Fix[] {
  const all = unique(each.flat());
  if (component === 'nacl') return joinAclFixes(all, acls);
  if (component !== 'aws-path') {
    const byHand = all.filter(({ changes }) => changes.length === 0);
    return [all.filter((fix) => !byHand.includes(fix)), byHand].flatMap((part) =>
      part.length === 0 ? [] : [joined(part)],
    );
  }
  const byKind = joinedByKind(each);
  const rank = (fix: Fix) =>
    kindOf(fix) === 'by-hand' ? costs.length : kindOf(fix) === 'wait' ? -1 : costs.indexOf(costOf(fix));
  return kindsInOrder.flatMap((kind) => byKind[kind] ?? []).toSorted((a, b) => rank(a) - rank(b));
}

/**
 * A kind of fix that is not possible for every blocked item opens only some; it is left out if another kind opens
 * all.
 */
export function joinedByKind(each: readonly (readonly Fix[])[]): Partial<Record<Kind, Fix>> {
  const offered = kindsInOrder
    .map((kind) => ({
      kind,
      fixes: unique(each.flatMap((fixes) => fixes.filter((fix) => kindOf(fix) === kind))),
      whole: each.every((fixes) => fixes.some((fix) => kindOf(fix) === kind)),
    }))
    .filter(({ fixes }) => fixes.length > 0);
  const whole = offered.filter((kind) => kind.whole);
  return Object.fromEntries(
    (whole.length > 0 ? whole : offered).map(({ kind, fixes }) => [
      kind,
      joined(kind === 'route' ? oneForEachRoute(fixes) : fixes),
    ]),
  );
}

/**
 * Subnets of several zones may share a route table, which has one default route: one of the possible gateways is
 * chosen.
 */
function oneForEachRoute(fixes: readonly Fix[]): Fix[] {
  const routeOf = ({ changes }: Fix) =>
    changes.map(({ input }) => `${String(input['RouteTableId'])} ${String(input['DestinationCidrBlock'])}`).join();
  return [...new Map(fixes.toReversed().map((fix) => [routeOf(fix), fix])).values()].toReversed();
}

/** With equal costs, the one that affects less comes first. */
const kindsInOrder = ['wait', 'interface', 'route', 'endpoint', 'mapping', 'by-hand'] as const;
type Kind = (typeof kindsInOrder)[number];

function kindOf({ changes, commands = [] }: Fix): Kind {
  const operations = changes.map(({ operation }) => operation);
  // What is being created is looked at by a command; what a person must create has none.
  if (operations.length === 0) return commands.length > 0 ? 'wait' : 'by-hand';
  if (operations.some((operation) => operation.endsWith('Route'))) return 'route';
  if (operations.some((operation) => operation.includes('VpcEndpoint'))) return 'endpoint';
  return operations.includes('UpdateEventSourceMapping') ? 'mapping' : 'interface';
}

const gravity: Record<Safety, number> = { safe: 0, care: 1, risky: 2, 'by-hand': 3 };

/** All of them together, because with one of them missing the pollers are still blocked. */
function joined(fixes: readonly Fix[]): Fix {
  if (fixes.length === 1) return fixes[0]!;
  const changes = unique(fixes.flatMap((fix) => fix.changes));
  const services = changes.flatMap(({ operation, input }) =>
    operation === 'CreateVpcEndpoint' ? [String(input['ServiceName']).split('.').at(-1)!] : [],
  );
  const title =
    services.length === fixes.length
      ? `Create endpoints for ${services.join(', ')} (interface endpoints are billed per hour and zone, and per GB; their security group must allow inbound TCP 443 from the pollers’ groups)`
      : fixes.map((fix) => fix.title).join('; ');
  const commands = unique(fixes.flatMap((fix) => fix.commands ?? []));
  return {
    title,
    safety: fixes.map((fix) => fix.safety).toSorted((a, b) => gravity[b] - gravity[a])[0]!,
    changes,
    ...(commands.length === 0 ? {} : { commands }),
  };
}
