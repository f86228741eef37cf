/** Endpoints of a VPC for a service, and the components on the path through one of them. */
import { meaningOf } from '../aws/states.js';
import { accountOf } from '../aws/arn.js';
import type { AccessRequest } from '../access/access-question.js';
import type { Context } from '../access/context.js';
import { evaluateDocument } from '../access/evaluate.js';
import { findNearMisses } from '../access/near-miss.js';
import { resourceContext, serviceContext, sourceAccountContext } from '../access/request-context.js';
import type { RouteTable, VpcEndpoint } from '../snapshot/resources/index.js';
import { isOk, type Read } from '../snapshot/read.js';
import type { Component } from './answer.js';
import { addressesOf, union } from './addresses.js';
import { prefixListOf, type NetworkIndex, type Vpc } from './network-index.js';
import { openEndpointPolicy } from './fixes/endpoints.js';
import { openGroup } from './fixes/groups.js';
import { routesBetween } from './local-routes.js';
import { aclPasses } from './network-acls.js';
import { every, gravity, open, outcome, unread, type Outcome } from './outcome.js';
import { endpointGroups, peerIn, publicInternet } from './path-ends.js';
import { serviceNames, type NetworkQuestion, type ServiceName, type ServiceNeed } from './question.js';
import { groupsAdmit, type Peer } from './security-groups.js';

export const https = { from: 443, to: 443 };

/**
 * The calling interfaces: a placement's security groups in one of its subnets, and all of its subnets for components
 * that judge them together.
 */
export interface Caller {
  network: NetworkIndex;
  vpc: Vpc;
  /** The index of the placement in the question. */
  placement: number;
  subnetId: string;
  subnetIds: readonly string[];
  groupIds: readonly string[];
}

/**
 * If AWS leaves the type out: only S3 and DynamoDB have gateway endpoints, which are in no subnet (AWS: gateway
 * endpoints).
 */
const typeOf = ({ VpcEndpointType: type, ServiceName: name, SubnetIds: subnets }: VpcEndpoint): string =>
  type?.toLowerCase() ?? (subnets.length === 0 && /\.(s3|dynamodb)$/.test(name ?? '') ? 'gateway' : 'interface');

/**
 * Endpoints of a service in this region, in any state. In China some names begin with `cn.`, so the end of the name
 * is compared.
 */
export const endpointsOf = (
  vpc: Vpc,
  { region }: NetworkQuestion,
  service: string,
  kind: 'Interface' | 'Gateway',
): Read<VpcEndpoint[]> =>
  isOk(vpc.endpoints)
    ? {
        outcome: 'ok',
        value: vpc.endpoints.value.filter(
          (endpoint) =>
            typeOf(endpoint) === kind.toLowerCase() && endpoint.ServiceName?.endsWith(`.${region}.${service}`) === true,
        ),
      }
    : vpc.endpoints;

export const isAvailable = ({ State }: VpcEndpoint): boolean => meaningOf('endpoint', State) !== 'down';

/** The outcomes of an interface endpoint and the path to it, for a call from the caller. */
export function throughEndpoint(
  caller: Caller,
  question: NetworkQuestion,
  need: ServiceNeed,
  endpoint: VpcEndpoint,
): [Component, Outcome][] {
  const { vpc } = caller;
  const groups = endpointGroups(vpc, endpoint);
  // If the endpoint's security groups were not read, a rule may name one of them: then only its addresses count, and
  // what they do not open is unknown.
  const groupIds = isOk(groups) ? groups.value : [];
  const paths = pathsToInterfaces(caller, groupIds, endpoint);
  const of = (component: (typeof pathComponents)[number]) => pick(paths, component);
  return [
    ['aws-path', of('aws-path')],
    ['endpoint-ingress', isOk(groups) ? judgeIngress(caller, groups.value, endpoint) : unread(groups)],
    ['https-egress', withFix(of('https-egress'), caller.groupIds[0], groupIds[0])],
    ['nacl', of('nacl')],
    ['endpoint-policy', judgePolicy(question, need, endpoint)],
  ];
}

const pathComponents = ['aws-path', 'https-egress', 'nacl'] as const;
type PathToInterface = Record<(typeof pathComponents)[number], Outcome>;

/** The path to each of the endpoint's interfaces: routes, the caller's security groups, ACLs. */
function pathsToInterfaces(caller: Caller, groupIds: readonly string[], endpoint: VpcEndpoint): PathToInterface[] {
  const { network, vpc, subnetId } = caller;
  const who = `endpoint ${endpoint.VpcEndpointId}`;
  const egress = (ids: readonly string[]): Outcome => {
    const result = groupsAdmit(network, vpc, caller.groupIds, 'out', https, peerIn(vpc, groupIds, ids, who));
    return result.status === 'blocked' && groupIds.length === 0
      ? namesNoGroup(endpoint.VpcEndpointId, 'the endpoint')
      : result;
  };
  if (endpoint.SubnetIds.length === 0) return [{ 'aws-path': open, 'https-egress': egress(['?']), nacl: open }];
  // One outcome where all have the same, so that the report shows it once.
  const together = egress(endpoint.SubnetIds);
  const isSame = together.status === 'open' || together.status === 'blocked';
  return endpoint.SubnetIds.map((id) => ({
    'aws-path': routesBetween(network, vpc, subnetId, id),
    'https-egress': isSame ? together : egress([id]),
    // Network ACLs do not apply within one subnet.
    nacl:
      id === subnetId
        ? open
        : every([
            aclPasses(vpc, subnetId, 'out', https, peerIn(vpc, [], [id], who)),
            aclPasses(vpc, id, 'in', https, peerIn(vpc, [], [subnetId], 'the pollers')),
          ]),
  }));
}

/**
 * The name resolves to all of the interfaces, and a client without an answer tries the next: the best one counts. A
 * closed one besides it is a risk.
 */
function pick(paths: readonly PathToInterface[], component: keyof PathToInterface): Outcome {
  const worst = (path: PathToInterface) => gravity[every(pathComponents.map((part) => path[part])).status];
  const best = paths.toSorted((a, b) => worst(a) - worst(b))[0]!;
  const closed = paths.map((path) => path[component]).filter(({ status }) => status === 'blocked');
  if (closed.length === paths.length) return every(closed);
  return closed.length > 0 && worst(best) < gravity.unknown ? { ...every(closed), status: 'warn' } : best[component];
}

/** Undecided: a rule may name a security group that is not known here. */
const namesNoGroup = (resource: string, owner: string): Outcome =>
  outcome('unknown', resource, `the security groups of ${owner} are unknown`);

function judgeIngress(caller: Caller, groups: readonly string[], endpoint: VpcEndpoint): Outcome {
  const { network, vpc, subnetId, subnetIds, groupIds } = caller;
  const from = (ids: readonly string[]): Outcome =>
    groupsAdmit(network, vpc, groups, 'in', https, peerIn(vpc, groupIds, ids, 'the pollers'));
  const together = from(subnetIds);
  const result = together.status === 'open' || together.status === 'blocked' ? together : from([subnetId]);
  if (result.status === 'blocked' && groupIds.length === 0) return namesNoGroup(endpoint.VpcEndpointId, 'the pollers');
  const facts = result.facts.map(({ resource, fact }) => ({
    resource,
    fact: fact.startsWith('its ') ? fact : `${fact}; associated with endpoint ${endpoint.VpcEndpointId}`,
  }));
  const [ownGroup, peerGroup] = [groups[0], groupIds[0]];
  return {
    ...result,
    facts,
    fixes:
      result.status === 'blocked' && ownGroup !== undefined && peerGroup !== undefined
        ? [openGroup(ownGroup, 'in', https, peerGroup)]
        : [],
  };
}

const withFix = (result: Outcome, ownGroup: string | undefined, peerGroup: string | undefined): Outcome =>
  result.status === 'blocked' && ownGroup !== undefined && peerGroup !== undefined
    ? { ...result, fixes: [openGroup(ownGroup, 'out', https, peerGroup)] }
    : result;

/** The endpoint's policy for this call (AWS: endpoint policies); without a policy everything is allowed. */
export function judgePolicy(question: NetworkQuestion, need: ServiceNeed, endpoint: VpcEndpoint): Outcome {
  const { PolicyDocument: policy, VpcEndpointId: id } = endpoint;
  if (policy === undefined || policy === '') return open;
  const { action, resource, principal } = need;
  const request: AccessRequest = {
    action,
    resource: resource ?? '*',
    principal: principal === null || !('service' in principal) ? { aws: principal?.role ?? '*' } : principal,
    context: { ...contextOf(question, need, endpoint), ...resourceContext(resource ?? '') },
  };
  const answer = evaluateDocument(policy, request, { layer: 'endpoint', policy: id });
  if (answer.answer === 'allowed') return open;
  if (resource === null || principal === null)
    return {
      ...outcome(
        'unknown',
        id,
        `its policy allows ${action} only for some calls, and the call that Lambda makes is unknown`,
      ),
      missing: need.missing,
    };
  const who = 'service' in principal ? principal.service : `role ${principal.role}`;
  const why = [...new Set(answer.trace.filter(({ effect }) => effect !== 'allow').map(({ because }) => because))].join(
    '; ',
  );
  if (answer.answer === 'cannot-tell')
    return outcome('unknown', id, `its policy may or may not allow ${action} for ${who}: ${why}`);
  const isDenied = answer.trace.some(({ effect }) => effect === 'deny');
  // For a policy with many statements, three are explained.
  const near = isDenied
    ? []
    : findNearMisses([{ name: id, document: policy }], request)
        .slice(0, 3)
        .map(({ statement, because }) => `statement ${statement} ${because}`);
  const verb = isDenied ? 'denies' : 'does not allow';
  return outcome('blocked', id, `its policy ${verb} ${action} for ${who}: ${near.join('; ') || why}`, {
    fixes: [openEndpointPolicy(endpoint, { action, resource, principal }, request, isDenied)],
    summary: `${verb} ${action}`,
  });
}

/** The known context of a call through an endpoint; anything else is unknown. */
function contextOf(
  question: NetworkQuestion,
  { principal, action, resource }: Pick<ServiceNeed, 'principal' | 'action' | 'resource'>,
  { VpcEndpointId: id, VpcId: vpcId }: VpcEndpoint,
): Context {
  const path = { 'aws:SourceVpce': id, ...(vpcId === undefined ? {} : { 'aws:SourceVpc': vpcId }) };
  if (principal !== null && 'service' in principal) {
    const source = action === 'sts:AssumeRole' && resource !== null ? sourceAccountContext(resource) : {};
    return { ...serviceContext(question), ...source, ...path };
  }
  const role: Context =
    principal === null
      ? {}
      : {
          'aws:PrincipalArn': principal.role,
          'aws:PrincipalAccount': accountOf(principal.role),
          'aws:PrincipalType': 'AssumedRole',
          'aws:PrincipalIsAWSService': 'false',
        };
  return {
    ...role,
    'aws:RequestedRegion': question.region,
    'aws:SecureTransport': 'true',
    'aws:CurrentTime': question.at.toISOString(),
    ...path,
  };
}

const serves = (endpoint: VpcEndpoint, table: RouteTable): boolean =>
  endpoint.RouteTableIds.includes(table.RouteTableId) ||
  table.Routes.some((route) => route.GatewayId === endpoint.VpcEndpointId);

/**
 * A gateway endpoint applies to a subnet whose route table has a route to the service's prefix list (AWS: gateway
 * endpoints).
 */
export function gatewayEndpointOf(
  { network, vpc }: Pick<Caller, 'network' | 'vpc'>,
  question: NetworkQuestion,
  service: ServiceName,
  table: RouteTable | undefined,
): { endpoint: VpcEndpoint; peer: Peer } | undefined {
  const endpoints = endpointsOf(vpc, question, service, 'Gateway');
  if (!isOk(endpoints) || table === undefined) return undefined;
  const endpoint = endpoints.value.filter(isAvailable).find((candidate) => serves(candidate, table));
  if (endpoint === undefined) return undefined;
  const prefixListId = table.Routes.find(
    (route) => route.GatewayId === endpoint.VpcEndpointId,
  )?.DestinationPrefixListId;
  const name = `${serviceNames[service]} through ${endpoint.VpcEndpointId}`;
  if (prefixListId === undefined) return { endpoint, peer: { ...publicInternet, name } };
  const list = prefixListOf(network.reads, prefixListId);
  return {
    endpoint,
    peer: {
      ...publicInternet,
      ...(isOk(list) ? { addresses: union(...list.value.map(addressesOf)) } : {}),
      prefixListId,
      name,
    },
  };
}

/** Only one endpoint of a service can have private DNS. If a list has several, the most permissive one counts. */
export function bestOf(
  caller: Caller,
  question: NetworkQuestion,
  need: ServiceNeed,
  endpoints: readonly VpcEndpoint[],
): VpcEndpoint {
  const [only] = endpoints;
  if (endpoints.length === 1) return only!;
  const worst = (endpoint: VpcEndpoint) =>
    gravity[every(throughEndpoint(caller, question, need, endpoint).map(([, result]) => result)).status];
  return endpoints.toSorted((a, b) => worst(a) - worst(b) || (a.VpcEndpointId < b.VpcEndpointId ? -1 : 1))[0]!;
}
