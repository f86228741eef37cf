import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/checks/ids.js';
import { checks } from '../../../src/checks/index.js';
import { runCheck, type Finding } from '../../../src/checks/run.js';
import { isOk, ok } from '../../../src/snapshot/read.js';
import type { IpPermission } from '../../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { subjectOf } from '../../../src/subject/subject.js';
import {
  accountWith, clusterArn, deny, endpointGroupId, fromGroup, groupId, interfaceEndpoint, region, rule, subnetIds, uuid, value, vpcId, type HealthyOptions,
} from '../../accounts/account.js';

const networkChecks = checks.filter(({ id }) => id.startsWith('network.'));
type Change = (snapshot: Snapshot) => void;

const judgeAll = (change: Change, options: HealthyOptions = {}): Finding[] => {
  const subject = subjectOf(accountWith(change, { wayOut: 'nat', ...options }), uuid);
  return networkChecks.map((check) => runCheck(check, subject));
};
const judge = (id: CheckId, change: Change, options: HealthyOptions = {}): Finding => judgeAll(change, options).find(({ check }) => check === id)!;
/** Ids of the checks with this status. */
const having = (status: Finding['status'], findings: readonly Finding[]) => findings.filter((finding) => finding.status === status).map(({ check }) => check);
const facts = (finding: Finding) => finding.evidence.map(({ resource, fact }) => `${resource} ${fact}`).join('\n');

const group = (snapshot: Snapshot, id = groupId) => value(snapshot.securityGroups, vpcId).find(({ GroupId }) => GroupId === id)!;
const setIngress = (...rules: IpPermission[]): Change => (snapshot) => void (group(snapshot).IpPermissions = rules);
const setEgress = (...rules: IpPermission[]): Change => (snapshot) => void (group(snapshot).IpPermissionsEgress = rules);
const endpoints = (snapshot: Snapshot) => value(snapshot.vpcEndpoints, vpcId);
const tables = (snapshot: Snapshot) => value(snapshot.routeTables, vpcId);
const defaultRoutes = (snapshot: Snapshot) => tables(snapshot).flatMap((table) => table.Routes).filter((route) => route.NatGatewayId !== undefined);
const acl = (snapshot: Snapshot) => value(snapshot.networkAcls, vpcId)[0]!;
const cidr = (CidrIp: string) => ({ IpRanges: [{ CidrIp }] });
const both = (...changes: Change[]): Change => (snapshot) => changes.forEach((change) => change(snapshot));

describe('healthy, and odd but healthy', () => {
  test.each<[string, HealthyOptions, Change]>([
    ['NAT gateways', {}, () => {}],
    ['endpoints only', { wayOut: 'endpoints' }, () => {}],
    ['provisioned pollers without any way out', { provisioned: true, wayOut: 'none' }, () => {}],
    ['SCRAM with endpoints', { auth: 'scram', wayOut: 'endpoints' }, () => {}],
    ['endpoints in one zone only', { wayOut: 'endpoints' }, (snapshot) => endpoints(snapshot).forEach((one) => (one.SubnetIds = [subnetIds[0]!]))],
    ['NAT gateway and endpoints without private DNS', {}, (snapshot) => void (snapshot.vpcEndpoints[vpcId] = ok(['lambda', 'sts'].map((service, index) => ({ ...interfaceEndpoint(service, index), PrivateDnsEnabled: false }))))],
    ['NAT gateway with the VPC’s DNS hostnames off', {}, (snapshot) => void (snapshot.vpcDnsHostnames[vpcId] = ok(false))],
    ['group by CIDR of the VPC', {}, setIngress(rule(9098, 9098, cidr('10.0.0.0/16')))],
    ['group by the CIDR of each subnet', {}, setIngress(...[0, 1, 2].map((third) => rule(9098, 9098, cidr(`10.0.${third}.0/24`))))],
    ['two halves of the VPC', {}, setIngress(rule(9098, 9098, cidr('10.0.0.0/17')), rule(9098, 9098, cidr('10.0.128.0/17')))],
    ['a range of ports', {}, setIngress(rule(9092, 9098, fromGroup(groupId)))],
    ['every protocol', {}, setIngress(rule(-1, -1, { ...fromGroup(groupId), IpProtocol: '-1' }))],
    ['a prefix list', {}, both(setIngress(rule(9098, 9098, { PrefixListIds: [{ PrefixListId: 'pl-1' }] })), (snapshot) => void (snapshot.prefixLists['pl-1'] = ok(['10.0.0.0/16'])))],
    ['narrow outbound rules that suffice', {}, setEgress(rule(9098, 9098, fromGroup(groupId)), rule(443, 443, cidr('0.0.0.0/0')))],
    ['the cluster’s group on the endpoints, with 443 to itself', { wayOut: 'endpoints' }, both((snapshot) => endpoints(snapshot).forEach((one) => (one.Groups = [{ GroupId: groupId }])), setIngress(rule(9098, 9098, fromGroup(groupId)), rule(443, 443, fromGroup(groupId))))],
    ['a regional NAT gateway', {}, (snapshot) => value(snapshot.natGateways, vpcId).forEach((one) => void (delete one.SubnetId, (one.AvailabilityMode = 'regional')))],
    ['a route to a peered VPC that is gone, beside the NAT gateway', {}, (snapshot) => tables(snapshot).forEach((table) => table.Routes.push({ DestinationCidrBlock: '10.9.0.0/16', VpcPeeringConnectionId: 'pcx-1', State: 'blackhole' }))],
    ['a function in another VPC', {}, (snapshot) => Object.values(snapshot.functions).forEach((read) => isOk(read) && (read.value.VpcConfig = { SubnetIds: ['subnet-other'], SecurityGroupIds: ['sg-other'], VpcId: 'vpc-other' }))],
    ['full subnets where Lambda stands already', {}, (snapshot) => void (value(snapshot.subnets, subnetIds[0]).AvailableIpAddressCount = 200)],
  ])('%s', (_, options, change) => {
    const findings = judgeAll(change, options);
    expect(having('fail', findings)).toEqual([]);
    expect(having('warn', findings)).toEqual([]);
    expect(having('unknown', findings)).toEqual([]);
  });

  test('ways that cannot be followed are not known, and nothing fails', () => {
    for (const target of [
      { TransitGatewayId: 'tgw-1' }, { NetworkInterfaceId: 'eni-1' }, { GatewayId: 'vpce-0firewall' }, { GatewayId: 'vgw-1' }, { VpcPeeringConnectionId: 'pcx-1' }, { CoreNetworkArn: 'arn:aws:networkmanager::1:core-network/c' },
    ]) {
      const findings = judgeAll((snapshot) => defaultRoutes(snapshot).forEach((route) => (delete route.NatGatewayId, Object.assign(route, target))));
      expect(having('fail', findings), JSON.stringify(target)).toEqual([]);
      expect(having('unknown', findings), JSON.stringify(target)).toContain('network.aws-path');
    }
  });

  test('routes to other networks may lead to endpoints there', () => {
    const change: Change = (snapshot) => tables(snapshot).forEach((table) => table.Routes.push({ DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-1', State: 'active' }));
    const finding = judge('network.aws-path', change, { wayOut: 'none' });
    expect(finding.status).toBe('unknown');
  });
});

describe('one thing is broken, and the check for it says so alone', () => {
  test.each<[string, CheckId, HealthyOptions, Change, RegExp]>([
    ['no rule from the group to itself', 'network.broker-ingress', {}, setIngress(rule(443, 443, fromGroup(groupId))), /sg-\S+ has no inbound rule for TCP 9098 from the pollers/],
    ['a rule for another port', 'network.broker-ingress', {}, setIngress(rule(9094, 9094, fromGroup(groupId))), /its rules: tcp 9094 from sg-/],
    ['a rule for UDP', 'network.broker-ingress', {}, setIngress(rule(9098, 9098, { ...fromGroup(groupId), IpProtocol: 'udp' })), /no inbound rule/],
    ['a rule from another network', 'network.broker-ingress', {}, setIngress(rule(9098, 9098, cidr('10.9.0.0/16'))), /10\.9\.0\.0\/16/],
    ['a rule for the function’s group', 'network.broker-ingress', {}, setIngress(rule(9098, 9098, fromGroup('sg-function'))), /sg-function/],
    ['one subnet left out', 'network.broker-ingress', {}, setIngress(rule(9098, 9098, cidr('10.0.0.0/24')), rule(9098, 9098, cidr('10.0.1.0/24'))), /10\.0\.2\.0\/24/],
    ['no rule out to the brokers', 'network.broker-egress', {}, setEgress(rule(443, 443, cidr('0.0.0.0/0'))), /no outbound rule for TCP 9098/],
    ['no rule out on 443', 'network.https-egress', {}, setEgress(rule(9098, 9098, fromGroup(groupId))), /no outbound rule for TCP 443/],
    ['443 out inside the VPC only, with a NAT gateway', 'network.https-egress', {}, setEgress(rule(9098, 9098, fromGroup(groupId)), rule(443, 443, cidr('10.0.0.0/8'))), /public addresses/],
    ['443 out to nowhere near the endpoints', 'network.https-egress', { wayOut: 'endpoints' }, setEgress(rule(9098, 9098, fromGroup(groupId)), rule(443, 443, cidr('192.0.2.0/24'))), /vpce-/],
    ['no way out', 'network.aws-path', { wayOut: 'none' }, () => {}, /rtb-\S+ has no route to 0\.0\.0\.0\/0/],
    ['no STS endpoint', 'network.aws-path', { wayOut: 'endpoints' }, (snapshot) => void (snapshot.vpcEndpoints[vpcId] = ok(endpoints(snapshot).filter((one) => !one.ServiceName!.endsWith('.sts')))), /no sts endpoint/],
    ['no Secrets Manager endpoint', 'network.aws-path', { auth: 'scram', wayOut: 'endpoints' }, (snapshot) => void (snapshot.vpcEndpoints[vpcId] = ok(endpoints(snapshot).filter((one) => !one.ServiceName!.endsWith('.secretsmanager')))), /no secretsmanager endpoint/],
    ['an endpoint that is not accepted', 'network.aws-path', { wayOut: 'endpoints' }, (snapshot) => void (endpoints(snapshot)[0]!.State = 'pendingAcceptance'), /pendingAcceptance/],
    ['public subnets', 'network.aws-path', {}, (snapshot) => defaultRoutes(snapshot).forEach((route) => (delete route.NatGatewayId, (route.GatewayId = 'igw-1'))), /internet gateway igw-1, which drops/],
    ['a NAT gateway that was deleted', 'network.aws-path', {}, (snapshot) => defaultRoutes(snapshot).forEach((route) => (route.State = 'blackhole')), /blackhole/],
    ['a NAT gateway that failed', 'network.aws-path', {}, (snapshot) => value(snapshot.natGateways, vpcId).forEach((one) => (one.State = 'failed')), /NAT gateway is failed/],
    ['a NAT gateway in a private subnet', 'network.aws-path', {}, (snapshot) => value(snapshot.natGateways, vpcId).forEach((one) => (one.SubnetId = subnetIds[0])), /stands in/],
    ['one subnet of three without a route', 'network.aws-path', {}, (snapshot) => void (tables(snapshot)[2]!.Routes.length = 1), new RegExp(subnetIds[1]!)],
    ['a NAT instance with its check on', 'network.aws-path', {}, both((snapshot) => defaultRoutes(snapshot).forEach((route) => (delete route.NatGatewayId, (route.NetworkInterfaceId = 'eni-1'))), (snapshot) => void (snapshot.networkInterfaces[vpcId] = ok([{ NetworkInterfaceId: 'eni-1', VpcId: vpcId, InterfaceType: 'interface', SourceDestCheck: true, Groups: [{ GroupId: groupId }], Attachment: { InstanceId: 'i-1' } }]))), /source\/destination check is on/],
    ['a transit gateway that leads nowhere', 'network.aws-path', {}, both((snapshot) => defaultRoutes(snapshot).forEach((route) => (delete route.NatGatewayId, (route.TransitGatewayId = 'tgw-1'))), (snapshot) => {
      snapshot.transitGatewayAttachments['tgw-1'] = ok([{ TransitGatewayAttachmentId: 'tgw-attach-1', TransitGatewayId: 'tgw-1', ResourceId: vpcId, ResourceType: 'vpc', State: 'available', Association: { TransitGatewayRouteTableId: 'tgw-rtb-1' } }]);
      snapshot.transitGatewayRoutes['tgw-rtb-1'] = ok([]);
    }), /no route to 0\.0\.0\.0\/0/],
    ['private DNS off', 'network.endpoint-private-dns', { wayOut: 'endpoints' }, (snapshot) => void (endpoints(snapshot)[1]!.PrivateDnsEnabled = false), /private DNS off, so sts\.eu-west-1\.amazonaws\.com/],
    ['the endpoint’s group does not know the cluster’s', 'network.endpoint-ingress', { wayOut: 'endpoints' }, (snapshot) => void (group(snapshot, endpointGroupId).IpPermissions = []), /guards vpce-/],
    ['the same beside a NAT gateway: private DNS takes the name', 'network.endpoint-ingress', {}, (snapshot) => {
      snapshot.vpcEndpoints[vpcId] = ok([interfaceEndpoint('lambda', 0)]);
      group(snapshot, endpointGroupId).IpPermissions = [];
    }, /guards vpce-/],
    ['an endpoint policy for the organization alone', 'network.endpoint-policy', { wayOut: 'endpoints' }, (snapshot) => void (endpoints(snapshot)[1]!.PolicyDocument = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }] })), /sts:AssumeRole/],
    ['DNS support off', 'network.vpc-dns', { wayOut: 'endpoints' }, (snapshot) => void (snapshot.vpcDnsSupport[vpcId] = ok(false)), /enableDnsSupport is off/],
    ['an ACL without the answers', 'network.nacl', {}, (snapshot) => acl(snapshot).Entries.unshift({ RuleNumber: 10, Protocol: '6', RuleAction: 'deny', Egress: false, CidrBlock: '0.0.0.0/0', PortRange: { From: 1024, To: 65_535 } }), /does not let TCP 1024–65535 in/],
    ['an ACL against the brokers’ port', 'network.nacl', {}, (snapshot) => acl(snapshot).Entries.unshift({ RuleNumber: 10, Protocol: '6', RuleAction: 'deny', Egress: true, CidrBlock: '10.0.0.0/16', PortRange: { From: 9098, To: 9098 } }), /9098 out to the brokers/],
    ['an ACL at the NAT gateway’s subnet', 'network.nacl', {}, (snapshot) => {
      const own = acl(snapshot);
      const publicOnes = own.Associations.splice(3);
      value(snapshot.networkAcls, vpcId).push({ ...own, NetworkAclId: 'acl-public', Associations: publicOnes, Entries: own.Entries.filter(({ RuleNumber, Egress }) => RuleNumber !== 100 || Egress === true) });
    }, /acl-public/],
    ['a subnet that is gone', 'network.subnet-capacity', {}, (snapshot) => void (snapshot.subnets[subnetIds[1]!] = { outcome: 'not-found', service: 'ec2', operation: 'DescribeSubnets', action: 'ec2:DescribeSubnets', error: 'not listed' }), /the subnet is gone/],
    ['a full subnet without Lambda’s interface', 'network.subnet-capacity', {}, (snapshot) => void (value(snapshot.subnets, subnetIds[0]).AvailableIpAddressCount = 0), /no free address/],
  ])('%s: %s', (_, id, options, change, evidence) => {
    const findings = judgeAll(change, options);
    expect(having('fail', findings)).toEqual([id]);
    expect(facts(findings.find(({ check }) => check === id)!)).toMatch(evidence);
  });
});

describe('what could not be read is not known', () => {
  test.each<[CheckId, HealthyOptions, Change, string]>([
    ['network.broker-ingress', {}, (snapshot) => deny(snapshot, 'securityGroups', 'ec2', 'DescribeSecurityGroups'), 'ec2:DescribeSecurityGroups'],
    ['network.broker-egress', {}, (snapshot) => deny(snapshot, 'securityGroups', 'ec2', 'DescribeSecurityGroups'), 'ec2:DescribeSecurityGroups'],
    ['network.https-egress', {}, (snapshot) => deny(snapshot, 'securityGroups', 'ec2', 'DescribeSecurityGroups'), 'ec2:DescribeSecurityGroups'],
    ['network.endpoint-ingress', { wayOut: 'endpoints' }, (snapshot) => deny(snapshot, 'securityGroups', 'ec2', 'DescribeSecurityGroups'), 'ec2:DescribeSecurityGroups'],
    ['network.nacl', {}, (snapshot) => deny(snapshot, 'networkAcls', 'ec2', 'DescribeNetworkAcls'), 'ec2:DescribeNetworkAcls'],
    ['network.aws-path', {}, (snapshot) => deny(snapshot, 'routeTables', 'ec2', 'DescribeRouteTables'), 'ec2:DescribeRouteTables'],
    ['network.aws-path', {}, (snapshot) => deny(snapshot, 'natGateways', 'ec2', 'DescribeNatGateways'), 'ec2:DescribeNatGateways'],
    ['network.aws-path', { wayOut: 'endpoints' }, (snapshot) => deny(snapshot, 'vpcEndpoints', 'ec2', 'DescribeVpcEndpoints'), 'ec2:DescribeVpcEndpoints'],
    ['network.vpc-dns', { wayOut: 'endpoints' }, (snapshot) => deny(snapshot, 'vpcDnsSupport', 'ec2', 'DescribeVpcAttribute'), 'ec2:DescribeVpcAttribute'],
    ['network.subnet-capacity', {}, (snapshot) => deny(snapshot, 'subnets', 'ec2', 'DescribeSubnets'), 'ec2:DescribeSubnets'],
    ['network.endpoint-private-dns', {}, (snapshot) => deny(snapshot, 'clusters', 'kafka', 'DescribeClusterV2'), 'kafka:DescribeClusterV2'],
    ['network.endpoint-policy', {}, (snapshot) => deny(snapshot, 'clusters', 'kafka', 'DescribeClusterV2'), 'kafka:DescribeClusterV2'],
  ])('%s', (id, options, change, action) => {
    const finding = judge(id, change, options);
    expect(finding.status).toBe('unknown');
    expect(finding.missingActions).toContain(action);
  });

  test('nothing fails because of a read that did', () => {
    for (const collection of ['subnets', 'vpcs', 'vpcSubnets', 'securityGroups', 'routeTables', 'networkAcls', 'vpcEndpoints', 'natGateways', 'networkInterfaces', 'vpcDnsSupport', 'vpcDnsHostnames'] as const)
      for (const wayOut of ['nat', 'endpoints'] as const)
        expect(having('fail', judgeAll((snapshot) => deny(snapshot, collection, 'ec2', 'Describe'), { wayOut })), `${collection} ${wayOut}`).toEqual([]);
  });
});

test('a destination of provisioned pollers that cannot be reached is a risk only', () => {
  const finding = judge('network.aws-path', (snapshot) => {
    value(snapshot.mappings, uuid).DestinationConfig = { OnFailure: { Destination: `arn:aws:sqs:${region}:111122223333:failed` } };
  }, { provisioned: true, wayOut: 'none' });
  expect(finding.status).toBe('warn');
  expect(clusterArn).toContain(region);
});
