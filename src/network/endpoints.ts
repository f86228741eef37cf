/** Endpoints of a VPC for a service, and what stands on the way through one. */
import { evaluateDocument } from '../access/evaluate.js';
import { serviceContext } from '../access/request-context.js';
import type { RouteTable, VpcEndpoint } from '../snapshot/resources/index.js';
import { isOk, type Read } from '../snapshot/read.js';
import type { Component } from './answer.js';
import type { Atlas, Vpc } from './atlas.js';
import { openEndpointPolicy } from './fixes/endpoints.js';
import { openGroup } from './fixes/groups.js';
import { routesBetween } from './local-routes.js';
import { aclPasses } from './network-acls.js';
import { eachMayBePicked, every, open, outcome, unread, type Outcome } from './outcome.js';
import { endpointGroups, peerIn, publicInternet } from './peers.js';
import type { NetworkQuestion, ServiceName, ServiceNeed } from './question.js';
import { groupsAdmit, type Peer } from './security-groups.js';

export const https = { from: 443, to: 443 };

/** The interfaces that call: a placement's groups in one of its subnets, and all of its subnets for what judges them together. */
export interface Caller {
  atlas: Atlas;
  vpc: Vpc;
  /** Which of the question's placements. */
  placement: number;
  subnetId: string;
  subnetIds: readonly string[];
  groupIds: readonly string[];
}

/** Endpoints of a service in this region, whatever their state. In China some names begin with `cn.`: the end of the name tells. */
export const endpointsOf = (vpc: Vpc, { region }: NetworkQuestion, service: string, kind: 'Interface' | 'Gateway'): Read<VpcEndpoint[]> =>
  isOk(vpc.endpoints)
    ? {
        outcome: 'ok',
        value: vpc.endpoints.value.filter(
          (one) => (one.VpcEndpointType ?? 'Gateway').toLowerCase() === kind.toLowerCase() && one.ServiceName?.endsWith(`.${region}.${service}`) === true,
        ),
      }
    : vpc.endpoints;

export const isAvailable = ({ State }: VpcEndpoint): boolean => State === undefined || State.toLowerCase() === 'available';

/** What an interface endpoint and the way to it say of a call from the caller. */
export function throughEndpoint(caller: Caller, question: NetworkQuestion, need: ServiceNeed, endpoint: VpcEndpoint): [Component, Outcome][] {
  const { atlas, vpc, subnetId } = caller;
  const groups = endpointGroups(vpc, endpoint);
  const who = `endpoint ${endpoint.VpcEndpointId}`;
  const ingress = isOk(groups) ? judgeIngress(caller, groups.value, endpoint) : unread(groups);
  const groupIds = isOk(groups) ? groups.value : [];
  // Without its groups read a rule may name one of them: then only its addresses count, and what is not open is not known.
  const egress = eachMayBePicked(
    endpoint.SubnetIds.length === 0
      ? [groupsAdmit(atlas, vpc, caller.groupIds, 'out', https, peerIn(vpc, groupIds, ['?'], who))]
      : judgeEgress(caller, groupIds, endpoint, who),
  );
  const acls = eachMayBePicked(
    endpoint.SubnetIds.filter((id) => id !== subnetId).map((id) =>
      every([
        aclPasses(vpc, subnetId, 'out', https, peerIn(vpc, [], [id], who)),
        aclPasses(vpc, id, 'in', https, peerIn(vpc, [], [subnetId], 'the pollers')),
      ]),
    ),
  );
  const routes = eachMayBePicked(endpoint.SubnetIds.map((id) => routesBetween(atlas, vpc, subnetId, id)));
  const inOwnSubnet = endpoint.SubnetIds.includes(subnetId);
  return [
    ['aws-path', routes],
    ['endpoint-ingress', ingress],
    ['https-egress', withFix(egress, caller.groupIds[0], groupIds[0])],
    ['nacl', inOwnSubnet && acls.is === 'blocked' ? { ...acls, is: 'warn' } : acls],
    ['endpoint-policy', judgePolicy(question, need, endpoint)],
  ];
}

function judgeIngress(caller: Caller, groups: readonly string[], endpoint: VpcEndpoint): Outcome {
  const { atlas, vpc, subnetId, subnetIds, groupIds } = caller;
  const from = (ids: readonly string[]): Outcome => groupsAdmit(atlas, vpc, groups, 'in', https, peerIn(vpc, groupIds, ids, 'the pollers'));
  const together = from(subnetIds);
  const said = together.is === 'open' || together.is === 'blocked' ? together : from([subnetId]);
  const facts = said.facts.map(({ resource, fact }) => ({ resource, fact: `guards ${endpoint.VpcEndpointId} and ${fact}` }));
  const [own, theirs] = [groups[0], groupIds[0]];
  return { ...said, facts, fixes: said.is === 'blocked' && own !== undefined && theirs !== undefined ? [openGroup(own, 'in', https, theirs)] : [] };
}

function judgeEgress(caller: Caller, groupIds: readonly string[], endpoint: VpcEndpoint, who: string): Outcome[] {
  const { atlas, vpc } = caller;
  const to = (ids: readonly string[]): Outcome => groupsAdmit(atlas, vpc, caller.groupIds, 'out', https, peerIn(vpc, groupIds, ids, who));
  const together = to(endpoint.SubnetIds);
  return together.is === 'open' || together.is === 'blocked' ? [together] : endpoint.SubnetIds.map((id) => to([id]));
}

const withFix = (said: Outcome, own: string | undefined, theirs: string | undefined): Outcome =>
  said.is === 'blocked' && own !== undefined && theirs !== undefined ? { ...said, fixes: [openGroup(own, 'out', https, theirs)] } : said;

/** The endpoint's policy on the very call (AWS: endpoint policies); without one everything passes. */
export function judgePolicy(question: NetworkQuestion, need: ServiceNeed, endpoint: VpcEndpoint): Outcome {
  const { PolicyDocument: policy, VpcEndpointId: id } = endpoint;
  if (policy === undefined || policy === '') return open;
  const { action, resource, principal } = need;
  const answer = evaluateDocument(
    policy,
    {
      action,
      resource: resource ?? '*',
      principal: principal === null || !('service' in principal) ? { aws: principal?.role ?? '*' } : principal,
      context: principal !== null && 'service' in principal ? serviceContext(question) : { 'aws:RequestedRegion': question.region, 'aws:SourceVpce': id, 'aws:SecureTransport': 'true' },
    },
    { layer: 'endpoint', policy: id },
  );
  if (answer.answer === 'allowed') return open;
  if (resource === null || principal === null)
    return { ...outcome('unknown', id, `its policy does not let every call of ${action} pass, and which call it will be is not known`), missing: need.missing };
  const who = 'service' in principal ? `service ${principal.service}` : `role ${principal.role}`;
  const why = [...new Set(answer.trace.filter(({ effect }) => effect !== 'allow').map(({ because }) => because))].join('; ');
  if (answer.answer === 'cannot-tell') return outcome('unknown', id, `whether its policy lets ${action} by ${who} pass cannot be told: ${why}`);
  const isDenied = answer.trace.some(({ effect }) => effect === 'deny');
  return outcome('blocked', id, `its policy does not let ${action} by ${who} pass: ${why}`, [openEndpointPolicy(endpoint, { action, resource, principal }, isDenied)]);
}

const serves = (endpoint: VpcEndpoint, table: RouteTable): boolean =>
  endpoint.RouteTableIds.includes(table.RouteTableId) || table.Routes.some((route) => route.GatewayId === endpoint.VpcEndpointId);

/** A gateway endpoint serves a subnet by a route in its table to the service's prefix list (AWS: gateway endpoints). */
export function gatewayEndpointOf(vpc: Vpc, question: NetworkQuestion, service: ServiceName, table: RouteTable | undefined): { endpoint: VpcEndpoint; peer: Peer } | undefined {
  const endpoints = endpointsOf(vpc, question, service, 'Gateway');
  if (!isOk(endpoints) || table === undefined) return undefined;
  const endpoint = endpoints.value.filter(isAvailable).find((one) => serves(one, table));
  if (endpoint === undefined) return undefined;
  const prefixListId = table.Routes.find((route) => route.GatewayId === endpoint.VpcEndpointId)?.DestinationPrefixListId;
  return { endpoint, peer: { ...publicInternet, ...(prefixListId === undefined ? {} : { prefixListId }), name: `${service} by ${endpoint.VpcEndpointId}` } };
}
