/** Accounts of which a part could not be read: nothing is blamed that it may hide. */
import { account, clusterArn, denied, functionArn, roleArn, rule, vpcId } from '../../accounts/account.js';
import { ok } from '../../../src/snapshot/read.js';
import { throughEgressVpc } from '../../../src/sandbox/accounts/egress-vpc.js';
import { allow, deny, document, endpoints, group, role } from '../parts.js';
import { callFailed, cannotReach, connection, saslFailed, unauthorized } from '../texts.js';
import { all, kafkaAll, closed, hide, type BrokenAccount } from './parts.js';

export const unreadAccounts: readonly BrokenAccount[] = [
  {
    name: 'security groups denied',
    text: connection,
    verdict: 'unknown',
    first: null,
    change: hide('securityGroups', 'ec2', 'DescribeSecurityGroups'),
  },
  {
    name: 'role denied',
    text: unauthorized,
    verdict: 'unknown',
    first: null,
    change: all(
      hide('roles', 'iam', 'GetRole'),
      hide('inlinePolicyNames', 'iam', 'ListRolePolicies'),
      hide('inlinePolicies', 'iam', 'GetRolePolicy'),
      hide('attachedPolicies', 'iam', 'ListAttachedRolePolicies'),
      hide('managedPolicies', 'iam', 'GetPolicy'),
    ),
  },
  {
    name: 'one inline policy denied, the others lack rights',
    text: unauthorized,
    verdict: 'unknown',
    first: null,
    change: (s) => {
      s.inlinePolicyNames[roleArn] = ok(['kafka-access', 'other']);
      s.inlinePolicies[`${roleArn}#kafka-access`] = ok(document(allow('s3:*', '*')));
      s.inlinePolicies[`${roleArn}#other`] = denied('iam', 'GetRolePolicy');
    },
  },
  {
    name: 'one inline policy denied, another denies the topic',
    text: unauthorized,
    first: 'access.kafka-topic',
    change: (s) => {
      s.inlinePolicyNames[roleArn] = ok(['kafka-access', 'other']);
      s.inlinePolicies[`${roleArn}#kafka-access`] = ok(document(kafkaAll, deny('kafka-cluster:ReadData', '*')));
      s.inlinePolicies[`${roleArn}#other`] = denied('iam', 'GetRolePolicy');
    },
  },
  {
    name: 'route tables denied, no endpoints',
    options: { wayOut: 'nat' },
    text: cannotReach,
    verdict: 'unknown',
    first: null,
    change: hide('routeTables', 'ec2', 'DescribeRouteTables'),
  },
  {
    name: 'endpoints throttled, no NAT',
    text: cannotReach,
    verdict: 'unknown',
    first: null,
    change: hide('vpcEndpoints', 'ec2', 'DescribeVpcEndpoints', 'throttled'),
  },
  {
    name: 'network ACLs denied, all else fine',
    text: connection,
    verdict: 'unknown',
    first: null,
    change: hide('networkAcls', 'ec2', 'DescribeNetworkAcls'),
  },
  {
    name: 'topics denied',
    text: connection,
    verdict: 'unknown',
    first: null,
    change: hide('topics', 'kafka', 'ListTopics'),
  },
  {
    name: 'SG rule is a prefix list that cannot be read',
    text: connection,
    verdict: 'unknown',
    first: null,
    change: (s) => {
      group(s).IpPermissions = [rule(9098, 9098, { PrefixListIds: [{ PrefixListId: 'pl-0a1b2c3d4e5f60001' }] })];
      s.prefixLists['pl-0a1b2c3d4e5f60001'] = denied('ec2', 'GetManagedPrefixListEntries');
    },
  },
  {
    name: 'hosted zones denied, private DNS off',
    text: connection,
    verdict: 'unknown',
    first: null,
    change: (s) => {
      for (const e of endpoints(s)) e.PrivateDnsEnabled = false;
      s.hostedZones[vpcId] = denied('route53', 'ListHostedZonesByVPC');
    },
  },
  {
    name: 'key policy denied',
    options: { auth: 'scram' },
    text: connection,
    verdict: 'unknown',
    first: null,
    change: hide('keyPolicies', 'kms', 'GetKeyPolicy'),
  },
  {
    name: 'boundary denied',
    text: saslFailed,
    verdict: 'unknown',
    first: null,
    change: (s) => {
      const arn = `arn:aws:iam::${account}:policy/b`;
      role(s).PermissionsBoundary = { PermissionsBoundaryArn: arn };
      s.managedPolicies[arn] = denied('iam', 'GetPolicyVersion');
    },
  },
  {
    name: 'only the mapping',
    text: connection,
    verdict: 'unknown',
    first: null,
    change: (s) => {
      for (const c of [
        'functions',
        'concurrency',
        'clusters',
        'bootstrapBrokers',
        'topics',
        'subnets',
        'vpcs',
        'vpcSubnets',
        'securityGroups',
        'routeTables',
        'networkAcls',
        'vpcEndpoints',
        'natGateways',
        'networkInterfaces',
        'roles',
        'inlinePolicyNames',
        'inlinePolicies',
        'attachedPolicies',
        'managedPolicies',
      ] as const)
        hide(c, 'x', 'Y')(s);
    },
  },
  {
    name: 'everything denied but the mapping works',
    verdict: 'healthy',
    first: null,
    change: (s) => {
      for (const c of [
        'functions',
        'concurrency',
        'clusters',
        'bootstrapBrokers',
        'topics',
        'subnets',
        'vpcs',
        'vpcSubnets',
        'securityGroups',
        'routeTables',
        'networkAcls',
        'vpcEndpoints',
        'natGateways',
        'networkInterfaces',
        'roles',
        'inlinePolicyNames',
        'inlinePolicies',
        'attachedPolicies',
        'managedPolicies',
      ] as const)
        hide(c, 'x', 'Y')(s);
    },
  },
  {
    name: 'NAT gateways denied',
    options: { wayOut: 'nat' },
    text: cannotReach,
    verdict: 'unknown',
    first: null,
    change: hide('natGateways', 'ec2', 'DescribeNatGateways'),
  },
  {
    name: 'bootstrap denied, cluster shows IAM; SG closed',
    text: connection,
    first: 'network.broker-ingress',
    change: (s) => {
      closed(s);
      hide('bootstrapBrokers', 'kafka', 'GetBootstrapBrokers')(s);
    },
  },
  {
    name: 'secret contents denied, association missing',
    options: { auth: 'scram' },
    text: saslFailed,
    first: 'secret.association',
    change: (s) => {
      s.scramSecrets[clusterArn] = ok([]);
      hide('secretProfiles', 'secretsmanager', 'GetSecretValue')(s);
    },
  },
  {
    name: 'NAT open, hosted zones denied, works as text says nothing',
    options: { wayOut: 'nat' },
    text: cannotReach,
    verdict: 'unknown',
    first: null,
    change: (s) => {
      s.hostedZones[vpcId] = denied('route53', 'ListHostedZonesByVPC');
      hide('natGateways', 'ec2', 'DescribeNatGateways')(s);
    },
  },
  {
    name: 'transit gateway attachments denied',
    options: { wayOut: 'nat' },
    text: cannotReach,
    verdict: 'unknown',
    first: null,
    change: (s) => {
      throughEgressVpc(s);
      hide('transitGatewayAttachments', 'ec2', 'DescribeTransitGatewayAttachments')(s);
    },
  },
  {
    name: 'subnets denied',
    text: connection,
    verdict: 'unknown',
    first: null,
    change: all(hide('subnets', 'ec2', 'DescribeSubnets'), hide('vpcSubnets', 'ec2', 'DescribeSubnets')),
  },
  {
    name: 'function denied, concurrency 0 is visible',
    text: callFailed,
    verdict: 'unknown',
    first: null,
    change: (s) => {
      hide('functions', 'lambda', 'GetFunctionConfiguration')(s);
      s.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 0 });
    },
  },
  {
    name: 'DNS attributes denied with endpoints',
    text: cannotReach,
    verdict: 'unknown',
    first: null,
    change: all(
      hide('vpcDnsSupport', 'ec2', 'DescribeVpcAttribute'),
      hide('vpcDnsHostnames', 'ec2', 'DescribeVpcAttribute'),
    ),
  },
  {
    name: 'secret denied by DescribeSecret, cluster in order',
    options: { auth: 'scram' },
    text: saslFailed,
    verdict: 'unknown',
    first: null,
    change: all(
      hide('secrets', 'secretsmanager', 'DescribeSecret'),
      hide('secretProfiles', 'secretsmanager', 'GetSecretValue'),
    ),
  },
];
