/**
 * Lists that AWS gives in pages: the members of an answer that hold the items and the token of the next page.
 *
 * Why not the SDK's paginators: they need an SDK client, and the sandbox answers without one; they load their whole
 * service; here each page must be one call whose outcome is recorded in the snapshot, asked once for all who need
 * it; and an endpoint that always gives another token must come to an end. A test compares these names with the
 * paginators'.
 */
import type { Service } from './services/index.js';

interface PageMembers {
  /** Lists of the answer; the usual one first. */
  items: readonly [string, ...string[]];
  /** The answer's member with the token of the next page. */
  answer: string;
  /** The input's member that takes the token. */
  question: string;
}

const paged =
  (answer: string, question: string) =>
  (...items: PageMembers['items']): PageMembers => ({ items, answer, question });
const byMarker = paged('Marker', 'Marker');
const byNextMarker = paged('NextMarker', 'Marker');
const byNextToken = paged('NextToken', 'NextToken');

/** By service and operation; every list that the tool reads is here. */
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
  cloudwatch: { DescribeAlarms: byNextToken('MetricAlarms'), GetMetricData: byNextToken('MetricDataResults') },
  logs: { FilterLogEvents: paged('nextToken', 'nextToken')('events') },
  organizations: {
    ListParents: byNextToken('Parents'),
    ListPoliciesForTarget: byNextToken('Policies'),
  },
};
