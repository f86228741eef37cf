/** What the unseen accounts share: their form, policies of all kinds, network ACLs, reads that fail. */
import {
  account,
  clusterArn,
  clusterName,
  clusterUuid,
  denied,
  fromGroup,
  groupId,
  keyArn,
  region,
  rule,
  secretArn,
  subnetIds,
  uuid,
  value,
  vpcId,
  type HealthyOptions,
} from '../../accounts/account.js';
import { ok } from '../../../src/snapshot/read.js';
import type { SecretProfile } from '../../../src/snapshot/resources/index.js';
import type { CollectionName, Snapshot } from '../../../src/snapshot/snapshot.js';
import { throughEgressVpc } from '../../../src/sandbox/accounts/egress-vpc.js';
import { acls, allow, document, endpoints, group, inline, mapping, role, type Story } from '../parts.js';

export interface HealthyAccount {
  name: string;
  options?: HealthyOptions;
  change: Story;
  /** Where Lambda shows OK; healthy if absent. */
  verdict?: 'healthy' | 'at-risk' | 'disabled' | 'unknown';
  /** Checks that warn. */
  warns?: readonly string[];
}

export interface BrokenAccount {
  name: string;
  options?: HealthyOptions;
  /** What Lambda shows; OK if absent. */
  text?: string;
  change: Story;
  /** Broken if absent. */
  verdict?: 'broken' | 'unknown' | 'healthy';
  first: string | null;
}

export const destinationText =
  'PROBLEM: Connection error. Your event source VPC must be able to connect to Lambda and STS, Secrets Manager (if event source authentication is required), and the OnFailure Destination (if one is configured).';

export const all =
  (...stories: Story[]): Story =>
  (s) =>
    stories.forEach((story) => story(s));

export const kafka = (type: string, rest: string) => `arn:aws:kafka:${region}:${account}:${type}/${rest}`;
export const kafkaAll = allow('kafka-cluster:*', '*');
/** All rights in Kafka, and these statements besides. */
export const denyAlso =
  (...more: object[]): Story =>
  (s) =>
    inline(s, kafkaAll, ...more);

export const lambdaTrust = {
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
};
export const trust =
  (...statements: object[]): Story =>
  (s) =>
    void (role(s).AssumeRolePolicyDocument = document(...statements));

export const boundary =
  (...statements: object[]): Story =>
  (s) => {
    const arn = `arn:aws:iam::${account}:policy/boundaries/developer`;
    role(s).PermissionsBoundary = { PermissionsBoundaryArn: arn };
    s.managedPolicies[arn] = ok(document(...statements));
  };

const full = { id: 'p-FullAWSAccess', name: 'FullAWSAccess', document: document(allow('*', '*')) };
/** Service control policies at the root, beside the one that allows all. */
export const scp =
  (...documents: string[]): Story =>
  (s) =>
    void (s.serviceControlPolicies[account] = ok({
      levels: [
        {
          target: 'r-ab12',
          policies: [
            full,
            ...documents.map((text, index) => ({ id: `p-${index}`, name: 'guardrail', document: text })),
          ],
        },
        { target: account, policies: [full] },
      ],
    }));
/** An organizational unit that allows these actions only. */
export const allowList =
  (...actions: string[]): Story =>
  (s) =>
    void (s.serviceControlPolicies[account] = ok({
      levels: [
        { target: 'r-ab12', policies: [full] },
        { target: 'ou-ab12-x', policies: [{ id: 'p-1', name: 'allowed', document: document(allow(actions, '*')) }] },
      ],
    }));
const everybody = document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' });
export const rcp =
  (...statements: object[]): Story =>
  (s) =>
    void (s.resourceControlPolicies[account] = ok({
      levels: [
        {
          target: 'r-ab12',
          policies: [
            { id: 'p-RCPFullAWSAccess', name: 'RCPFullAWSAccess', document: everybody },
            { id: 'p-perimeter', name: 'perimeter', document: document(...statements) },
          ],
        },
      ],
    }));

export const root = { AWS: `arn:aws:iam::${account}:root` };
export const rootAll = { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' };
export const keyPolicy =
  (...statements: object[]): Story =>
  (s) =>
    void (s.keyPolicies[keyArn] = ok(document(...statements)));

export function policyOf(s: Snapshot, service: string, ...statements: object[]): void {
  for (const endpoint of endpoints(s))
    if (endpoint.ServiceName!.endsWith(`.${service}`)) endpoint.PolicyDocument = document(...statements);
}

type AclEntry = [number: number, egress: boolean, action: string, protocol: string, cidr: string, ...ports: number[]];
/** The network ACL of all subnets, or one of its own for these. */
export function acl(s: Snapshot, entries: AclEntry[], subnets?: string[]): void {
  const Entries = [
    ...entries.map(([RuleNumber, Egress, RuleAction, Protocol, CidrBlock, From, To]) => ({
      RuleNumber,
      Egress,
      RuleAction,
      Protocol,
      CidrBlock,
      ...(From === undefined ? {} : { PortRange: { From, To } }),
    })),
    ...[true, false].map((Egress) => ({
      RuleNumber: 32767,
      Protocol: '-1',
      RuleAction: 'deny',
      Egress,
      CidrBlock: '0.0.0.0/0',
    })),
  ];
  const [first] = acls(s);
  if (subnets === undefined) {
    first!.Entries = Entries;
    return;
  }
  first!.Associations = first!.Associations.filter(({ SubnetId }) => !subnets.includes(SubnetId!));
  const Associations = subnets.map((SubnetId) => ({ SubnetId }));
  acls(s).push({ ...first!, NetworkAclId: 'acl-0a1b2c3d4e5f60009', IsDefault: false, Associations, Entries });
}

/** The brokers' group allows a group that nothing carries. */
export const closed: Story = (s) =>
  void (group(s).IpPermissions = [rule(9098, 9098, fromGroup('sg-0fffffffffffffc99'))]);

/** The way out over a transit gateway, attached in these subnets. */
export const tgw =
  (subnets: string[]): Story =>
  (s) => {
    throughEgressVpc(s);
    value(s.transitGatewayVpcAttachments, vpcId)[0]!.SubnetIds = subnets;
  };

export const profile = (s: Snapshot): SecretProfile => value(s.secretProfiles, secretArn);

export const notFound = (service: string, operation: string, resource: string) => ({
  ...denied(service, operation, resource),
  outcome: 'not-found' as const,
  error: 'NotFoundException',
});

/** Every read of the collection failed. */
export const hide =
  (collection: CollectionName, service: string, operation: string, outcome: 'denied' | 'throttled' = 'denied'): Story =>
  (s) => {
    const reads = s[collection] as Record<string, unknown>;
    for (const key of Object.keys(reads)) reads[key] = { ...denied(service, operation, key), outcome };
  };

/** The mapping reads a Serverless cluster in the same subnets, with all rights in Kafka. */
export function serverless(s: Snapshot): void {
  const arn = clusterArn.replace(clusterUuid, '8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-s1');
  mapping(s).EventSourceArn = arn;
  s.clusters = {
    [arn]: ok({
      ClusterArn: arn,
      ClusterName: clusterName,
      ClusterType: 'SERVERLESS',
      State: 'ACTIVE',
      Serverless: {
        VpcConfigs: [{ SubnetIds: [...subnetIds], SecurityGroupIds: [groupId] }],
        ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
      },
    }),
  };
  s.bootstrapBrokers = {
    [arn]: ok({ BootstrapBrokerStringSaslIam: `boot-abc123.c2.kafka-serverless.${region}.amazonaws.com:9098` }),
  };
  s.topics = {};
  s.mappingLists = { '*': ok([uuid]), [arn]: ok([uuid]) };
  inline(s, kafkaAll);
}
