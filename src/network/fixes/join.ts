/** Joins the fixes of all paths that a component blocks: one fix that opens all of them, and the alternatives. */
import { costOf, costs } from '../../fixes/cost.js';
import type { Fix, Safety } from '../../fixes/fix.js';
import type { NetworkAcl } from '../../snapshot/resources/index.js';
import type { Component } from '../answer.js';
import { enumerate } from '../../text/enumerate.js';
import { unique } from '../outcome.js';
import { serviceNames, type ServiceName } from '../question.js';
import { interfaceCost } from './egress-options.js';
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

/**
 * Titles that differ only in some words become one sentence with these words enumerated: `Allow inbound TCP 443 from
 * sg-a to sg-b and sg-c`. Others follow each other; each begins with a verb, so its first letter can become small.
 */
function joinTitles(titles: readonly string[]): string {
  const words = unique(titles).map((title) => title.split(' '));
  const [first = []] = words;
  const shortest = Math.min(...words.map(({ length }) => length));
  const isShared = (at: number) => words.every((each) => each.at(at) === first.at(at));
  let before = 0;
  while (before < shortest - 1 && isShared(before)) before++;
  let after = 0;
  while (after < shortest - before - 1 && isShared(-1 - after)) after++;
  if (words.length === 1) return first.join(' ');
  if (before < fewestSharedWords)
    return words
      .map((each) => each.join(' '))
      .map((title, index) => (index === 0 ? title : `${title.slice(0, 1).toLowerCase()}${title.slice(1)}`))
      .join('; ');
  const differing = words.map((each) => each.slice(before, each.length - after).join(' '));
  return [...first.slice(0, before), enumerate(differing), ...first.slice(first.length - after)].join(' ');
}

/** With fewer first words in common, titles are about different things. */
const fewestSharedWords = 3;

/** All of them together, because with one of them missing the pollers are still blocked. */
function joined(fixes: readonly Fix[]): Fix {
  if (fixes.length === 1) return fixes[0]!;
  const changes = unique(fixes.flatMap((fix) => fix.changes));
  const services = changes.flatMap(({ operation, input }) =>
    operation === 'CreateVpcEndpoint'
      ? [serviceNames[String(input['ServiceName']).split('.').at(-1) as ServiceName]]
      : [],
  );
  const gateway = changes.some(({ input }) => input['VpcEndpointType'] === 'Gateway');
  const title =
    services.length === fixes.length
      ? gateway
        ? `Create endpoints for ${enumerate(services)} (S3: free; others: ${interfaceCost})`
        : `Create interface endpoints for ${enumerate(services)} (${interfaceCost})`
      : joinTitles(fixes.map((fix) => fix.title));
  const commands = unique(fixes.flatMap((fix) => fix.commands ?? []));
  return {
    title,
    safety: fixes.map((fix) => fix.safety).toSorted((a, b) => gravity[b] - gravity[a])[0]!,
    changes,
    ...(commands.length === 0 ? {} : { commands }),
  };
}
