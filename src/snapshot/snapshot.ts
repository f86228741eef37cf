/**
 * The account as it was read once: everything above is a pure function of it. Resources keep AWS's member names.
 * Each collection documents its keys and its operations.
 */
import * as z from 'zod/mini';
import { keyedSchema, readRecordSchema } from './read.js';
import * as r from './resources/index.js';
import { instant, policyText } from './resources/shape.js';

export const snapshotVersion = 1;
const strings = z.array(z.string());

/** The schema of each kind of resource. */
export const collections = {
  // lambda
  /** by UUID · GetEventSourceMapping, ListEventSourceMappings */
  mappings: keyedSchema(r.mappingSchema),
  /** by event source ARN, or `*` for the whole region · UUIDs, from ListEventSourceMappings */
  mappingLists: keyedSchema(strings),
  /** by UUID, as `mappings` · mappings on self-managed Kafka, never in `targets`; absent in older files */
  selfManagedMappings: z._default(keyedSchema(r.mappingSchema), () => ({})),
  /** by UUID of such a mapping with MSK host names · ARNs of clusters with a matching name, from ListClustersV2 */
  selfManagedClusters: z._default(keyedSchema(strings), () => ({})),
  /** by the ARN that the mapping names, qualifier included · GetFunctionConfiguration, ListFunctions */
  functions: keyedSchema(r.functionSchema),
  /** by unqualified function ARN · GetFunctionConcurrency */
  concurrency: keyedSchema(r.concurrencySchema),

  // kafka
  /** by cluster ARN · DescribeClusterV2, ListClustersV2 */
  clusters: keyedSchema(r.clusterSchema),
  /** by ARN of a cluster that no longer exists · clusters of its name, from ListClustersV2; an older file has none */
  sameNameClusters: z._default(keyedSchema(z.array(r.clusterSchema)), () => ({})),
  /** by event source ARN (cluster or VPC connection) · GetBootstrapBrokers */
  bootstrapBrokers: keyedSchema(r.bootstrapSchema),
  /** by cluster ARN · secret ARNs, from ListScramSecrets */
  scramSecrets: keyedSchema(strings),
  /** by cluster ARN · ListTopics */
  topics: keyedSchema(z.array(r.topicSchema)),
  /** by `configuration ARN@revision` · DescribeConfigurationRevision */
  serverProperties: keyedSchema(r.serverPropertiesSchema),
  /** by cluster ARN · GetClusterPolicy */
  clusterPolicies: keyedSchema(policyText),
  /** by VPC connection ARN · DescribeVpcConnection */
  vpcConnections: keyedSchema(r.vpcConnectionSchema),

  // ec2
  /** by subnet id · DescribeSubnets of the cluster's subnets; a subnet that AWS does not list is not-found */
  subnets: keyedSchema(r.subnetSchema),
  /** by VPC id, as all below unless stated otherwise · DescribeVpcs */
  vpcs: keyedSchema(r.vpcSchema),
  vpcSubnets: keyedSchema(z.array(r.subnetSchema)),
  securityGroups: keyedSchema(z.array(r.securityGroupSchema)),
  routeTables: keyedSchema(z.array(r.routeTableSchema)),
  networkAcls: keyedSchema(z.array(r.networkAclSchema)),
  vpcEndpoints: keyedSchema(z.array(r.vpcEndpointSchema)),
  natGateways: keyedSchema(z.array(r.natGatewaySchema)),
  networkInterfaces: keyedSchema(z.array(r.networkInterfaceSchema)),
  /** DescribeVpcAttribute enableDnsSupport, enableDnsHostnames */
  vpcDnsSupport: keyedSchema(z.boolean()),
  vpcDnsHostnames: keyedSchema(z.boolean()),
  /** by DHCP options id · DescribeDhcpOptions */
  dhcpOptions: keyedSchema(r.dhcpOptionsSchema),
  /** by prefix list id · CIDRs, from GetManagedPrefixListEntries */
  prefixLists: keyedSchema(strings),
  /** by VPC peering connection id · DescribeVpcPeeringConnections */
  peerings: keyedSchema(r.peeringSchema),
  /** by VPC id · DescribeTransitGatewayVpcAttachments */
  transitGatewayVpcAttachments: keyedSchema(z.array(r.transitGatewayVpcAttachmentSchema)),
  /** by transit gateway id · DescribeTransitGatewayAttachments */
  transitGatewayAttachments: keyedSchema(z.array(r.transitGatewayAttachmentSchema)),
  /** by transit gateway route table id · SearchTransitGatewayRoutes */
  transitGatewayRoutes: keyedSchema(z.array(r.transitGatewayRouteSchema)),

  // route53
  /**
   * by VPC id · ListHostedZonesByVPC, where a zone may answer for names of AWS services; absent in older files, like
   * the two below
   */
  hostedZones: z._default(keyedSchema(z.array(r.hostedZoneSchema)), () => ({})),
  /** by hosted zone id · ListResourceRecordSets of zones that answer for such a name */
  hostedZoneRecords: z._default(keyedSchema(z.array(r.recordSetSchema)), () => ({})),
  /**
   * by endpoint id · DescribeVpcEndpoints of endpoints in other VPCs that these records point to; not-found: of
   * another account
   */
  endpointsElsewhere: z._default(keyedSchema(r.vpcEndpointSchema), () => ({})),

  // iam
  /** by role ARN · GetRole */
  roles: keyedSchema(r.roleSchema),
  /** by role ARN · names, from ListRolePolicies */
  inlinePolicyNames: keyedSchema(strings),
  /** by `role ARN#policy name` · GetRolePolicy */
  inlinePolicies: keyedSchema(policyText),
  /** by role ARN · ListAttachedRolePolicies */
  attachedPolicies: keyedSchema(z.array(r.attachedPolicySchema)),
  /** by policy ARN, its default version · GetPolicy and GetPolicyVersion */
  managedPolicies: keyedSchema(policyText),
  /** by account id · Organizations ListPoliciesForTarget up the tree, DescribePolicy */
  serviceControlPolicies: keyedSchema(r.organizationPoliciesSchema),
  resourceControlPolicies: keyedSchema(r.organizationPoliciesSchema),

  // secretsmanager, kms
  /** by the ARN or name that the mapping gives · DescribeSecret */
  secrets: keyedSchema(r.secretSchema),
  /** same keys · GetResourcePolicy; an empty text where there is none */
  secretPolicies: keyedSchema(policyText),
  /** same keys · GetSecretValue, reduced to a profile at once */
  secretProfiles: keyedSchema(r.secretProfileSchema),
  /** by key id, ARN or alias as the source names it · DescribeKey */
  keys: keyedSchema(r.keySchema),
  /** same keys · GetKeyPolicy */
  keyPolicies: keyedSchema(policyText),
  /**
   * by `key as the source names it#role ARN` · ListGrants, where no policy of the role mentions KMS; absent in older
   * files
   */
  keyGrants: z._default(keyedSchema(z.array(r.keyGrantSchema)), () => ({})),

  // evidence
  /** by `namespace/name/statistic/dimension values joined by /` · GetMetricData */
  metrics: keyedSchema(r.metricSchema),
  /** by mapping UUID · FilterLogEvents of the pollers' streams */
  pollerLogs: keyedSchema(z.array(r.pollerLogSchema)),
  /** by ARN · read from the destination's own service */
  destinations: keyedSchema(r.destinationSchema),
  /** by registry ARN · glue GetRegistry */
  registries: keyedSchema(r.registrySchema),
} as const;

export const snapshotSchema = z.object({
  kind: z.literal('msk-lambda snapshot'),
  schemaVersion: z.literal(snapshotVersion),
  tool: z.object({ name: z.string(), version: z.string() }),
  partition: z.string(),
  region: z.string(),
  /** Null where GetCallerIdentity failed. */
  account: z.nullable(z.string()),
  /** ARN of the caller; null where unknown. Not secret, but removed by anonymisation. */
  caller: z.nullable(z.string()),
  capturedAt: instant,
  /** UUIDs of the mappings to diagnose, in the order in which they were found. */
  targets: z.array(z.string()),
  /**
   * UUIDs of the mappings on self-managed Kafka that are checked, with the checks that are valid for both kinds of
   * source.
   */
  selfManagedTargets: z._default(z.array(z.string()), () => []),
  ...collections,
  reads: z.array(readRecordSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
export type CollectionName = keyof typeof collections;

/** A snapshot without any read. */
export function emptySnapshot(
  head: Pick<Snapshot, 'tool' | 'partition' | 'region' | 'account' | 'caller' | 'capturedAt'>,
): Snapshot {
  const empty = Object.fromEntries(Object.keys(collections).map((name) => [name, {}]));
  return {
    kind: 'msk-lambda snapshot',
    schemaVersion: snapshotVersion,
    targets: [],
    selfManagedTargets: [],
    reads: [],
    ...head,
    ...(empty as Pick<Snapshot, CollectionName>),
  };
}
