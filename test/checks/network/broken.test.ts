import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/catalogue/check-ids.js';
import { checks } from '../../../src/checks/index.js';
import { runCheck, type Finding } from '../../../src/checks/run.js';
import { isOk, ok } from '../../../src/snapshot/read.js';
import { subjectOf } from '../../../src/subject/subject.js';
import {
  accountWith,
  clusterArn,
  deny,
  fromGroup,
  groupId,
  interfaceEndpoint,
  region,
  rule,
  subnetIds,
  uuid,
  value,
  vpcId,
  type HealthyOptions,
} from '../../accounts/account.js';
import {
  both,
  breaks,
  cidr,
  defaultRoutes,
  endpoints,
  failing,
  setEgress,
  setIngress,
  tables,
  type Change,
} from './support/breaks.js';

const networkChecks = checks.filter(({ id }) => id.startsWith('network.'));

const judgeAll = (change: Change, options: HealthyOptions = {}): Finding[] => {
  const subject = subjectOf(accountWith(change, { wayOut: 'nat', ...options }), uuid);
  return networkChecks.map((check) => runCheck(check, subject));
};
const judge = (id: CheckId, change: Change, options: HealthyOptions = {}): Finding =>
  judgeAll(change, options).find(({ check }) => check === id)!;
/** Ids of the checks with this status. */
const having = (status: Finding['status'], findings: readonly Finding[]) =>
  findings.filter((finding) => finding.status === status).map(({ check }) => check);
const facts = (finding: Finding) => finding.evidence.map(({ resource, fact }) => `${resource} ${fact}`).join('\n');

describe('healthy, and odd but healthy', () => {
  test.each<{ name: string; options: HealthyOptions; change: Change }>([
    { name: 'NAT gateways', options: {}, change: () => {} },
    { name: 'endpoints only', options: { wayOut: 'endpoints' }, change: () => {} },
    {
      name: 'provisioned pollers without any way out',
      options: { provisioned: true, wayOut: 'none' },
      change: () => {},
    },
    { name: 'SCRAM with endpoints', options: { auth: 'scram', wayOut: 'endpoints' }, change: () => {} },
    {
      name: 'endpoints in one zone only',
      options: { wayOut: 'endpoints' },
      change: (snapshot) => endpoints(snapshot).forEach((endpoint) => (endpoint.SubnetIds = [subnetIds[0]!])),
    },
    {
      name: 'NAT gateway and endpoints without private DNS',
      options: {},
      change: (snapshot) =>
        void (snapshot.vpcEndpoints[vpcId] = ok(
          ['lambda', 'sts'].map((service, index) => ({
            ...interfaceEndpoint(service, index),
            PrivateDnsEnabled: false,
          })),
        )),
    },
    {
      name: 'NAT gateway with the VPC’s DNS hostnames off',
      options: {},
      change: (snapshot) => void (snapshot.vpcDnsHostnames[vpcId] = ok(false)),
    },
    { name: 'group by CIDR of the VPC', options: {}, change: setIngress(rule(9098, 9098, cidr('10.0.0.0/16'))) },
    {
      name: 'group by the CIDR of each subnet',
      options: {},
      change: setIngress(...[0, 1, 2].map((third) => rule(9098, 9098, cidr(`10.0.${third}.0/24`)))),
    },
    {
      name: 'two halves of the VPC',
      options: {},
      change: setIngress(rule(9098, 9098, cidr('10.0.0.0/17')), rule(9098, 9098, cidr('10.0.128.0/17'))),
    },
    { name: 'a range of ports', options: {}, change: setIngress(rule(9092, 9098, fromGroup(groupId))) },
    {
      name: 'every protocol',
      options: {},
      change: setIngress(rule(-1, -1, { ...fromGroup(groupId), IpProtocol: '-1' })),
    },
    {
      name: 'a prefix list',
      options: {},
      change: both(
        setIngress(rule(9098, 9098, { PrefixListIds: [{ PrefixListId: 'pl-1' }] })),
        (snapshot) => void (snapshot.prefixLists['pl-1'] = ok(['10.0.0.0/16'])),
      ),
    },
    {
      name: 'narrow outbound rules that suffice',
      options: {},
      change: setEgress(rule(9098, 9098, fromGroup(groupId)), rule(443, 443, cidr('0.0.0.0/0'))),
    },
    {
      name: 'the cluster’s group on the endpoints, with 443 to itself',
      options: { wayOut: 'endpoints' },
      change: both(
        (snapshot) => endpoints(snapshot).forEach((endpoint) => (endpoint.Groups = [{ GroupId: groupId }])),
        setIngress(rule(9098, 9098, fromGroup(groupId)), rule(443, 443, fromGroup(groupId))),
      ),
    },
    {
      name: 'a regional NAT gateway',
      options: {},
      change: (snapshot) =>
        value(snapshot.natGateways, vpcId).forEach(
          (gateway) => void (delete gateway.SubnetId, (gateway.AvailabilityMode = 'regional')),
        ),
    },
    {
      name: 'a route to a peered VPC that is gone, beside the NAT gateway',
      options: {},
      change: (snapshot) =>
        tables(snapshot).forEach((table) =>
          table.Routes.push({
            DestinationCidrBlock: '10.9.0.0/16',
            VpcPeeringConnectionId: 'pcx-1',
            State: 'blackhole',
          }),
        ),
    },
    {
      name: 'a function in another VPC',
      options: {},
      change: (snapshot) =>
        Object.values(snapshot.functions).forEach(
          (read) =>
            isOk(read) &&
            (read.value.VpcConfig = {
              SubnetIds: ['subnet-other'],
              SecurityGroupIds: ['sg-other'],
              VpcId: 'vpc-other',
            }),
        ),
    },
    {
      name: 'full subnets where Lambda stands already',
      options: {},
      change: (snapshot) => void (value(snapshot.subnets, subnetIds[0]).AvailableIpAddressCount = 200),
    },
  ])('$name', ({ options, change }) => {
    const findings = judgeAll(change, options);
    expect(having('fail', findings)).toEqual([]);
    expect(having('warn', findings)).toEqual([]);
    expect(having('unknown', findings)).toEqual([]);
  });

  test('ways that cannot be followed are not known, and nothing fails', () => {
    for (const target of [
      { TransitGatewayId: 'tgw-1' },
      { NetworkInterfaceId: 'eni-1' },
      { GatewayId: 'vpce-0firewall' },
      { GatewayId: 'vgw-1' },
      { VpcPeeringConnectionId: 'pcx-1' },
      { CoreNetworkArn: 'arn:aws:networkmanager::1:core-network/c' },
    ]) {
      const findings = judgeAll((snapshot) =>
        defaultRoutes(snapshot).forEach((route) => (delete route.NatGatewayId, Object.assign(route, target))),
      );
      expect(having('fail', findings), JSON.stringify(target)).toEqual([]);
      expect(having('unknown', findings), JSON.stringify(target)).toContain('network.aws-path');
    }
  });

  test('routes to other networks may lead to endpoints there', () => {
    const change: Change = (snapshot) =>
      tables(snapshot).forEach((table) =>
        table.Routes.push({ DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-1', State: 'active' }),
      );
    const finding = judge('network.aws-path', change, { wayOut: 'none' });
    expect(finding.status).toBe('unknown');
  });
});

describe('one thing is broken, and the check for it says so alone', () => {
  test.each(breaks)('%s: %s', (_, id, options, change, evidence) => {
    const findings = judgeAll(both(change, failing), options);
    expect(having('fail', findings)).toEqual([id]);
    expect(facts(findings.find(({ check }) => check === id)!)).toMatch(evidence);
  });
});

describe('what could not be read is not known', () => {
  test.each<{ id: CheckId; options: HealthyOptions; change: Change; action: string }>([
    {
      id: 'network.broker-ingress',
      options: {},
      change: (snapshot) => deny(snapshot, 'securityGroups', 'ec2', 'DescribeSecurityGroups'),
      action: 'ec2:DescribeSecurityGroups',
    },
    {
      id: 'network.broker-egress',
      options: {},
      change: (snapshot) => deny(snapshot, 'securityGroups', 'ec2', 'DescribeSecurityGroups'),
      action: 'ec2:DescribeSecurityGroups',
    },
    {
      id: 'network.https-egress',
      options: {},
      change: (snapshot) => deny(snapshot, 'securityGroups', 'ec2', 'DescribeSecurityGroups'),
      action: 'ec2:DescribeSecurityGroups',
    },
    {
      id: 'network.endpoint-ingress',
      options: { wayOut: 'endpoints' },
      change: (snapshot) => deny(snapshot, 'securityGroups', 'ec2', 'DescribeSecurityGroups'),
      action: 'ec2:DescribeSecurityGroups',
    },
    {
      id: 'network.nacl',
      options: {},
      change: (snapshot) => deny(snapshot, 'networkAcls', 'ec2', 'DescribeNetworkAcls'),
      action: 'ec2:DescribeNetworkAcls',
    },
    {
      id: 'network.aws-path',
      options: {},
      change: (snapshot) => deny(snapshot, 'routeTables', 'ec2', 'DescribeRouteTables'),
      action: 'ec2:DescribeRouteTables',
    },
    {
      id: 'network.aws-path',
      options: {},
      change: (snapshot) => deny(snapshot, 'natGateways', 'ec2', 'DescribeNatGateways'),
      action: 'ec2:DescribeNatGateways',
    },
    {
      id: 'network.aws-path',
      options: { wayOut: 'endpoints' },
      change: (snapshot) => deny(snapshot, 'vpcEndpoints', 'ec2', 'DescribeVpcEndpoints'),
      action: 'ec2:DescribeVpcEndpoints',
    },
    {
      id: 'network.vpc-dns',
      options: { wayOut: 'endpoints' },
      change: (snapshot) => deny(snapshot, 'vpcDnsSupport', 'ec2', 'DescribeVpcAttribute'),
      action: 'ec2:DescribeVpcAttribute',
    },
    {
      id: 'network.subnet-capacity',
      options: {},
      change: (snapshot) => deny(snapshot, 'subnets', 'ec2', 'DescribeSubnets'),
      action: 'ec2:DescribeSubnets',
    },
    {
      id: 'network.endpoint-private-dns',
      options: {},
      change: (snapshot) => deny(snapshot, 'clusters', 'kafka', 'DescribeClusterV2'),
      action: 'kafka:DescribeClusterV2',
    },
    {
      id: 'network.endpoint-policy',
      options: {},
      change: (snapshot) => deny(snapshot, 'clusters', 'kafka', 'DescribeClusterV2'),
      action: 'kafka:DescribeClusterV2',
    },
  ])('$id', ({ id, options, change, action }) => {
    const finding = judge(id, change, options);
    expect(finding.status).toBe('unknown');
    expect(finding.missingActions).toContain(action);
  });

  test('nothing fails because of a read that did', () => {
    for (const collection of [
      'subnets',
      'vpcs',
      'vpcSubnets',
      'securityGroups',
      'routeTables',
      'networkAcls',
      'vpcEndpoints',
      'natGateways',
      'networkInterfaces',
      'vpcDnsSupport',
      'vpcDnsHostnames',
    ] as const)
      for (const wayOut of ['nat', 'endpoints'] as const)
        expect(
          having(
            'fail',
            judgeAll((snapshot) => deny(snapshot, collection, 'ec2', 'Describe'), { wayOut }),
          ),
          `${collection} ${wayOut}`,
        ).toEqual([]);
  });
});

test('a destination of provisioned pollers that cannot be reached is a risk only', () => {
  const finding = judge(
    'network.aws-path',
    (snapshot) => {
      value(snapshot.mappings, uuid).DestinationConfig = {
        OnFailure: { Destination: `arn:aws:sqs:${region}:111122223333:failed` },
      };
    },
    { provisioned: true, wayOut: 'none' },
  );
  expect(finding.status).toBe('warn');
  expect(clusterArn).toContain(region);
});
