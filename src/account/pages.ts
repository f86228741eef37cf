/**
 * Lists that AWS gives page by page: the members of an answer that hold the items and the token of the next page.
 *
 * The SDK's paginators know these names too, but do not serve here: they take an SDK client, where a sandbox answers
 * without one; they load with their whole service; each page must be one call with a record of its outcome in the
 * snapshot, asked once for all who need it; and a peer that gives ever new tokens must come to an end. A test compares
 * the names with those of the paginators.
 */
import type { Service } from './services/index.js';

interface PageMembers {
  /** Lists of the answer, the usual one first. */
  items: readonly [string, ...string[]];
  /** The member of the answer that leads to the next page. */
  answer: string;
  /** The member of the next question that takes it. */
  question: string;
}

const paged =
  (answer: string, question: string) =>
  (...items: PageMembers['items']): PageMembers => ({ items, answer, question });
const byMarker = paged('Marker', 'Marker');
const byNextMarker = paged('NextMarker', 'Marker');
const byNextToken = paged('NextToken', 'NextToken');

/** By service and operation; every list that is read is here. */
export const pageMembers: Partial<Record<Service, Readonly<Record<string, PageMembers>>>> = {
  lambda: {
    ListEventSourceMappings: byNextMarker('EventSourceMappings'),
    ListFunctions: byNextMarker('Functions'),
  },
  kafka: {
    ListClustersV2: byNextToken('ClusterInfoList'),
    ListScramSecrets: byNextToken('SecretArnList'),
    ListTopics: byNextToken('Topics'),
  },
  ec2: {
    DescribeDhcpOptions: byNextToken('DhcpOptions'),
    DescribeNatGateways: byNextToken('NatGateways'),
    DescribeNetworkAcls: byNextToken('NetworkAcls'),
    DescribeNetworkInterfaces: byNextToken('NetworkInterfaces'),
    DescribeRouteTables: byNextToken('RouteTables'),
    DescribeSecurityGroups: byNextToken('SecurityGroups'),
    DescribeSubnets: byNextToken('Subnets'),
    DescribeTransitGatewayAttachments: byNextToken('TransitGatewayAttachments'),
    DescribeTransitGatewayVpcAttachments: byNextToken('TransitGatewayVpcAttachments'),
    DescribeVpcEndpoints: byNextToken('VpcEndpoints'),
    DescribeVpcPeeringConnections: byNextToken('VpcPeeringConnections'),
    DescribeVpcs: byNextToken('Vpcs'),
    GetManagedPrefixListEntries: byNextToken('Entries'),
    SearchTransitGatewayRoutes: byNextToken('Routes'),
  },
  iam: {
    GetAccountAuthorizationDetails: byMarker('RoleDetailList', 'Policies'),
    ListAttachedRolePolicies: byMarker('AttachedPolicies'),
    ListRolePolicies: byMarker('PolicyNames'),
    SimulatePrincipalPolicy: byMarker('EvaluationResults'),
  },
  secretsmanager: { ListSecrets: byNextToken('SecretList') },
  kms: { ListGrants: byNextMarker('Grants') },
  cloudwatch: { GetMetricData: byNextToken('MetricDataResults') },
  logs: { FilterLogEvents: paged('nextToken', 'nextToken')('events') },
  organizations: {
    ListParents: byNextToken('Parents'),
    ListPoliciesForTarget: byNextToken('Policies'),
  },
};
