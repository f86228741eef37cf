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
  test.each<[string, HealthyOptions, Change]>([
    ['NAT gateways', {}, () => {}],
    ['endpoints only', { wayOut: 'endpoints' }, () => {}],
    ['provisioned pollers without any way out', { provisioned: true, wayOut: 'none' }, () => {}],
    ['SCRAM with endpoints', { auth: 'scram', wayOut: 'endpoints' }, () => {}],
    [
      'endpoints in one zone only',
      { wayOut: 'endpoints' },
      (snapshot) => endpoints(snapshot).forEach((endpoint) => (endpoint.SubnetIds = [subnetIds[0]!])),
    ],
    [
      'NAT gateway and endpoints without private DNS',
      {},
      (snapshot) =>
        void (snapshot.vpcEndpoints[vpcId] = ok(
          ['lambda', 'sts'].map((service, index) => ({
            ...interfaceEndpoint(service, index),
            PrivateDnsEnabled: false,
          })),
        )),
    ],
    [
      'NAT gateway with the VPC’s DNS hostnames off',
      {},
      (snapshot) => void (snapshot.vpcDnsHostnames[vpcId] = ok(false)),
    ],
    ['group by CIDR of the VPC', {}, setIngress(rule(9098, 9098, cidr('10.0.0.0/16')))],
    [
      'group by the CIDR of each subnet',
      {},
      setIngress(...[0, 1, 2].map((third) => rule(9098, 9098, cidr(`10.0.${third}.0/24`)))),
    ],
    [
      'two halves of the VPC',
      {},
      setIngress(rule(9098, 9098, cidr('10.0.0.0/17')), rule(9098, 9098, cidr('10.0.128.0/17'))),
    ],
    ['a range of ports', {}, setIngress(rule(9092, 9098, fromGroup(groupId)))],
    ['every protocol', {}, setIngress(rule(-1, -1, { ...fromGroup(groupId), IpProtocol: '-1' }))],
    [
      'a prefix list',
      {},
      both(
        setIngress(rule(9098, 9098, { PrefixListIds: [{ PrefixListId: 'pl-1' }] })),
        (snapshot) => void (snapshot.prefixLists['pl-1'] = ok(['10.0.0.0/16'])),
      ),
    ],
    [
      'narrow outbound rules that suffice',
      {},
      setEgress(rule(9098, 9098, fromGroup(groupId)), rule(443, 443, cidr('0.0.0.0/0'))),
    ],
    [
      'the cluster’s group on the endpoints, with 443 to itself',
      { wayOut: 'endpoints' },
      both(
        (snapshot) => endpoints(snapshot).forEach((endpoint) => (endpoint.Groups = [{ GroupId: groupId }])),
        setIngress(rule(9098, 9098, fromGroup(groupId)), rule(443, 443, fromGroup(groupId))),
      ),
    ],
    [
      'a regional NAT gateway',
      {},
      (snapshot) =>
        value(snapshot.natGateways, vpcId).forEach(
          (gateway) => void (delete gateway.SubnetId, (gateway.AvailabilityMode = 'regional')),
        ),
    ],
    [
      'a route to a peered VPC that is gone, beside the NAT gateway',
      {},
      (snapshot) =>
        tables(snapshot).forEach((table) =>
          table.Routes.push({
            DestinationCidrBlock: '10.9.0.0/16',
            VpcPeeringConnectionId: 'pcx-1',
            State: 'blackhole',
          }),
        ),
    ],
    [
      'a function in another VPC',
      {},
      (snapshot) =>
        Object.values(snapshot.functions).forEach(
          (read) =>
            isOk(read) &&
            (read.value.VpcConfig = {
              SubnetIds: ['subnet-other'],
              SecurityGroupIds: ['sg-other'],
              VpcId: 'vpc-other',
            }),
        ),
    ],
    [
      'full subnets where Lambda stands already',
      {},
      (snapshot) => void (value(snapshot.subnets, subnetIds[0]).AvailableIpAddressCount = 200),
    ],
  ])('%s', (_, options, change) => {
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
  test.each<[CheckId, HealthyOptions, Change, string]>([
    [
      'network.broker-ingress',
      {},
      (snapshot) => deny(snapshot, 'securityGroups', 'ec2', 'DescribeSecurityGroups'),
      'ec2:DescribeSecurityGroups',
    ],
    [
      'network.broker-egress',
      {},
      (snapshot) => deny(snapshot, 'securityGroups', 'ec2', 'DescribeSecurityGroups'),
      'ec2:DescribeSecurityGroups',
    ],
    [
      'network.https-egress',
      {},
      (snapshot) => deny(snapshot, 'securityGroups', 'ec2', 'DescribeSecurityGroups'),
      'ec2:DescribeSecurityGroups',
    ],
    [
      'network.endpoint-ingress',
      { wayOut: 'endpoints' },
      (snapshot) => deny(snapshot, 'securityGroups', 'ec2', 'DescribeSecurityGroups'),
      'ec2:DescribeSecurityGroups',
    ],
    [
      'network.nacl',
      {},
      (snapshot) => deny(snapshot, 'networkAcls', 'ec2', 'DescribeNetworkAcls'),
      'ec2:DescribeNetworkAcls',
    ],
    [
      'network.aws-path',
      {},
      (snapshot) => deny(snapshot, 'routeTables', 'ec2', 'DescribeRouteTables'),
      'ec2:DescribeRouteTables',
    ],
    [
      'network.aws-path',
      {},
      (snapshot) => deny(snapshot, 'natGateways', 'ec2', 'DescribeNatGateways'),
      'ec2:DescribeNatGateways',
    ],
    [
      'network.aws-path',
      { wayOut: 'endpoints' },
      (snapshot) => deny(snapshot, 'vpcEndpoints', 'ec2', 'DescribeVpcEndpoints'),
      'ec2:DescribeVpcEndpoints',
    ],
    [
      'network.vpc-dns',
      { wayOut: 'endpoints' },
      (snapshot) => deny(snapshot, 'vpcDnsSupport', 'ec2', 'DescribeVpcAttribute'),
      'ec2:DescribeVpcAttribute',
    ],
    [
      'network.subnet-capacity',
      {},
      (snapshot) => deny(snapshot, 'subnets', 'ec2', 'DescribeSubnets'),
      'ec2:DescribeSubnets',
    ],
    [
      'network.endpoint-private-dns',
      {},
      (snapshot) => deny(snapshot, 'clusters', 'kafka', 'DescribeClusterV2'),
      'kafka:DescribeClusterV2',
    ],
    [
      'network.endpoint-policy',
      {},
      (snapshot) => deny(snapshot, 'clusters', 'kafka', 'DescribeClusterV2'),
      'kafka:DescribeClusterV2',
    ],
  ])('%s', (id, options, change, action) => {
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
