import { describe, expect, test } from 'vitest';
import { checks } from '../../../src/checks/index.js';
import { runCheck } from '../../../src/checks/run.js';
import { ok } from '../../../src/snapshot/read.js';
import { sandboxAccounts } from '../../../src/sandbox/index.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { subjectOf } from '../../../src/subject/subject.js';
import {
  accountWith,
  clusterArn,
  denied,
  deny,
  functionArn,
  fromGroup,
  groupId,
  interfaceEndpoint,
  publicSubnetIds,
  rule,
  subnetIds,
  uuid,
  value,
  vpcId,
  type HealthyOptions,
} from '../../accounts/account.js';
import {
  acl,
  both,
  cidr,
  defaultRoutes,
  endpoints,
  failing,
  group,
  setEgress,
  setIngress,
  tables,
  type Change,
} from './support/breaks.js';

const networkChecks = checks.filter(({ id }) => id.startsWith('network.'));
/** Ids of the network checks that pass no judgement of their own, by status. */
function judge(change: Change, options: HealthyOptions = {}) {
  const subject = subjectOf(accountWith(change, { wayOut: 'nat', ...options }), uuid);
  const findings = networkChecks.map((check) => runCheck(check, subject));
  const having = (status: string) => findings.filter((finding) => finding.status === status).map(({ check }) => check);
  return { findings, fail: having('fail'), unknown: having('unknown'), warn: having('warn') };
}

const says =
  (text: string): Change =>
  (snapshot) =>
    void (value(snapshot.mappings, uuid).LastProcessingResult = text);
const dnsOff: Change = (snapshot) => endpoints(snapshot).forEach((endpoint) => (endpoint.PrivateDnsEnabled = false));

describe('what a private hosted zone may mend', () => {
  test('is not decided where a poll brought records', () => {
    const { fail, unknown } = judge(both(dnsOff, says('OK')), { wayOut: 'endpoints' });
    expect(fail).toEqual([]);
    expect(unknown).toEqual(['network.endpoint-private-dns']);
  });

  test.each([
    'No records processed',
    'PROBLEM: Connection error. Please check your event source connection configuration.',
  ])('is a block after “%s”', (text) => {
    expect(judge(both(dnsOff, says(text)), { wayOut: 'endpoints' }).fail).toEqual(['network.endpoint-private-dns']);
  });

  test('nor where AWS does not say whether private DNS is on', () => {
    const unsaid: Change = (snapshot) => endpoints(snapshot).forEach((endpoint) => delete endpoint.PrivateDnsEnabled);
    expect(judge(both(unsaid, failing), { wayOut: 'endpoints' })).toMatchObject({
      fail: [],
      unknown: ['network.endpoint-private-dns'],
    });
  });

  test('is a block while the mapping is not Enabled, whatever text is left', () => {
    const disabled: Change = (snapshot) => void (value(snapshot.mappings, uuid).State = 'Disabled');
    expect(judge(both(dnsOff, disabled), { wayOut: 'endpoints' }).fail).toEqual(['network.endpoint-private-dns']);
  });
});

test('a destination that cannot be reached does not stop a mapping that polls', () => {
  const destination: Change = (snapshot) =>
    void (value(snapshot.mappings, uuid).DestinationConfig = {
      OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111122223333:failed' },
    });
  expect(judge(destination, { wayOut: 'endpoints' })).toMatchObject({ fail: [], warn: ['network.aws-path'] });
  expect(judge(both(destination, failing), { wayOut: 'endpoints' })).toMatchObject({
    fail: ['network.aws-path'],
    warn: [],
  });
});

test('a registry is suspected beside an error only', () => {
  const registry: Change = (snapshot) => {
    const AmazonManagedKafkaEventSourceConfig = {
      SchemaRegistryConfig: {
        SchemaRegistryURI: 'arn:aws:glue:eu-west-1:111122223333:registry/orders',
        AccessConfigs: [],
        SchemaValidationConfigs: [],
      },
    };
    Object.assign(value(snapshot.mappings, uuid), { AmazonManagedKafkaEventSourceConfig });
  };
  expect(judge(registry, { provisioned: true, wayOut: 'none' })).toMatchObject({ fail: [], warn: [], unknown: [] });
  expect(judge(both(registry, failing), { provisioned: true, wayOut: 'none' })).toMatchObject({
    fail: [],
    warn: ['network.aws-path'],
  });
});

test('a subnet that is full is no block where the mapping polls', () => {
  expect(judge((snapshot) => void (value(snapshot.subnets, subnetIds[0]).AvailableIpAddressCount = 0))).toMatchObject({
    fail: [],
    warn: ['network.subnet-capacity'],
  });
});

test('the resolver of the VPC is off: a risk for brokers’ names, told only beside an error', () => {
  const off: Change = (snapshot) => void (snapshot.vpcDnsSupport[vpcId] = ok(false));
  expect(judge(off)).toMatchObject({ fail: [], warn: [] });
  expect(judge(both(off, failing))).toMatchObject({ fail: [], warn: ['network.vpc-dns'] });
});

test('DNS hostnames are off: the same, but not where Lambda speaks of AWS’s services', () => {
  const off: Change = (snapshot) => void (snapshot.vpcDnsHostnames[vpcId] = ok(false));
  expect(judge(off)).toMatchObject({ fail: [], warn: [] });
  expect(judge(both(off, failing))).toMatchObject({ fail: [], warn: ['network.vpc-dns'] });
  expect(
    judge(both(off, says('PROBLEM: Connection error. Your VPC must be able to connect to Lambda and STS.'))),
  ).toMatchObject({ fail: [], warn: [] });
});

describe('a VPC shared by another account', () => {
  const shared: Change = (snapshot) => void (value(snapshot.vpcs, vpcId).OwnerId = '444455556666');
  test('may have endpoints that nobody shows', () => {
    const { fail, unknown } = judge(both(shared, failing), { wayOut: 'none' });
    expect(fail).toEqual([]);
    expect(unknown).toEqual(['network.aws-path']);
  });
  test('is judged by what is to be seen', () => {
    expect(judge(both(shared, setIngress(rule(443, 443, fromGroup(groupId))), failing)).fail).toEqual([
      'network.broker-ingress',
    ]);
  });
});

describe('Serverless with several VPC configurations', () => {
  /** A second VPC, in which `change` is made. */
  const second =
    (change: Change): Change =>
    (snapshot) => {
      const other = accountWith(change, { wayOut: 'nat' });
      const text = JSON.stringify(other)
        .replaceAll(vpcId, 'vpc-second')
        .replaceAll(groupId, 'sg-second')
        .replaceAll('subnet-0a1b', 'subnet-0second');
      const copy = JSON.parse(text) as Snapshot;
      for (const name of [
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
        Object.assign(snapshot[name], copy[name]);
      const cluster = value(snapshot.clusters, clusterArn);
      delete cluster.Provisioned;
      Object.assign(cluster, {
        ClusterType: 'SERVERLESS',
        Serverless: {
          VpcConfigs: [
            { SubnetIds: [...subnetIds], SecurityGroupIds: [groupId] },
            {
              SubnetIds: subnetIds.map((id) => id.replace('subnet-0a1b', 'subnet-0second')),
              SecurityGroupIds: ['sg-second'],
            },
          ],
          ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
        },
      });
    };
  const closed: Change = setIngress();
  test('healthy in both', () => expect(judge(second(() => {}))).toMatchObject({ fail: [], unknown: [] }));
  test('closed in one: nobody says which Lambda takes', () =>
    expect(judge(both(second(closed), failing))).toMatchObject({ fail: [], unknown: ['network.broker-ingress'] }));
  test('closed in both', () =>
    expect(judge(both(second(closed), closed, failing)).fail).toEqual(['network.broker-ingress']));
});

describe('traffic that an appliance takes', () => {
  const through: Change = (snapshot) =>
    void tables(snapshot)[1]!.Routes.push({
      DestinationCidrBlock: '10.0.1.0/24',
      NetworkInterfaceId: 'eni-firewall',
      State: 'active',
    });
  test('between brokers and pollers is not decided', () => {
    const { fail, unknown, findings } = judge(both(through, failing));
    expect({ fail, unknown }).toEqual({ fail: [], unknown: ['network.broker-egress'] });
    expect(findings.find(({ check }) => check === 'network.broker-egress')!.evidence[0]!.fact).toMatch(/eni-firewall/);
  });
  test('the local route with another target', () => {
    const replaced: Change = (snapshot) =>
      tables(snapshot).forEach((table) => Object.assign(table.Routes[0]!, { GatewayId: 'vpce-0firewall' }));
    expect(judge(replaced).unknown).toEqual(['network.broker-egress', 'network.aws-path']);
  });
  test('a wider route beside the local one takes nothing', () => {
    const wide: Change = (snapshot) =>
      tables(snapshot).forEach((table) =>
        table.Routes.push({ DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-1', State: 'active' }),
      );
    expect(judge(wide)).toMatchObject({ fail: [], unknown: [] });
  });
  test('answers to a NAT gateway’s clients that come back another way', () => {
    const back: Change = (snapshot) =>
      void tables(snapshot)
        .at(-1)!
        .Routes.push({ DestinationCidrBlock: '10.0.0.0/24', GatewayId: 'vpce-0firewall', State: 'active' });
    expect(judge(back)).toMatchObject({ fail: [], unknown: ['network.aws-path'] });
  });
});

describe('prefix lists that could not be read', () => {
  const list: Change = (snapshot) =>
    void (snapshot.prefixLists['pl-1'] = denied('ec2', 'GetManagedPrefixListEntries', 'pl-1'));
  const ingress = setIngress(rule(9098, 9098, { PrefixListIds: [{ PrefixListId: 'pl-1' }] }));
  test('in a group', () => {
    const { fail, unknown, findings } = judge(both(list, ingress));
    expect({ fail, unknown }).toEqual({ fail: [], unknown: ['network.broker-ingress'] });
    expect(findings.find(({ check }) => check === 'network.broker-ingress')!.missingActions).toEqual([
      'ec2:GetManagedPrefixListEntries',
    ]);
  });
  test('in a route that may lead out', () => {
    const routes: Change = (snapshot) =>
      defaultRoutes(snapshot).forEach(
        (route) => (delete route.DestinationCidrBlock, (route.DestinationPrefixListId = 'pl-1')),
      );
    expect(judge(both(list, routes))).toMatchObject({ fail: [], unknown: ['network.aws-path'] });
    expect(judge(both((snapshot) => void (snapshot.prefixLists['pl-1'] = ok(['0.0.0.0/0'])), routes))).toMatchObject({
      fail: [],
      unknown: [],
    });
  });
});

describe('another resolver in the DHCP options', () => {
  const foreign: Change = (snapshot) =>
    void (value(snapshot.dhcpOptions).DhcpConfigurations = [
      { Key: 'domain-name-servers', Values: [{ Value: '10.0.0.53' }] },
    ]);
  const closedEndpoint: Change = (snapshot) => {
    snapshot.vpcEndpoints[vpcId] = ok([interfaceEndpoint('sts', 0)]);
    group(snapshot, 'sg-0a1b2c3d4e5f6e001').IpPermissions = [];
  };
  test('may lead past an endpoint that is closed, where there is a way', () => {
    expect(judge(both(foreign, closedEndpoint))).toMatchObject({ fail: [], unknown: ['network.endpoint-ingress'] });
    expect(judge(closedEndpoint).fail).toEqual(['network.endpoint-ingress']);
  });
  test.each(['169.254.169.253', '10.0.0.2'])('is none where its address is Amazon’s own: %s', (Value) => {
    const ownAcl: Change = (snapshot) =>
      void (value(snapshot.dhcpOptions).DhcpConfigurations = [{ Key: 'domain-name-servers', Values: [{ Value }] }]);
    expect(judge(both(ownAcl, closedEndpoint)).fail).toEqual(['network.endpoint-ingress']);
  });
  test('may know endpoints by itself, where private DNS or the VPC’s DNS is off', () => {
    expect(judge(both(foreign, dnsOff, failing), { wayOut: 'endpoints' })).toMatchObject({
      fail: [],
      unknown: ['network.endpoint-private-dns'],
    });
    const off: Change = (snapshot) => void (snapshot.vpcDnsHostnames[vpcId] = ok(false));
    expect(judge(both(foreign, off, failing), { wayOut: 'endpoints' })).toMatchObject({
      fail: [],
      unknown: ['network.vpc-dns'],
    });
  });
  test('leads nowhere else without a way', () => {
    const closed: Change = (snapshot) => void (group(snapshot, 'sg-0a1b2c3d4e5f6e001').IpPermissions = []);
    expect(judge(both(foreign, closed), { wayOut: 'endpoints' }).fail).toEqual(['network.endpoint-ingress']);
  });
});

describe('conditions of an endpoint’s policy', () => {
  const only =
    (index: number, Condition: object): Change =>
    (snapshot) =>
      void (endpoints(snapshot)[index]!.PolicyDocument = JSON.stringify({
        Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition },
      }));
  const options: HealthyOptions = { wayOut: 'endpoints', auth: 'scram' };
  test.each<{ name: string; change: Change; expected: object }>([
    {
      name: 'the endpoint’s own VPC',
      change: only(1, { StringEquals: { 'aws:SourceVpc': vpcId } }),
      expected: { fail: [], unknown: [] },
    },
    {
      name: 'another VPC',
      change: only(1, { StringEquals: { 'aws:SourceVpc': 'vpc-other' } }),
      expected: { fail: ['network.endpoint-policy'], unknown: [] },
    },
    {
      name: 'what the account itself owns',
      change: only(1, { StringEquals: { 'aws:ResourceAccount': '111122223333' } }),
      expected: { fail: [], unknown: [] },
    },
    {
      name: 'services of AWS',
      change: only(0, { Bool: { 'aws:PrincipalIsAWSService': 'true' } }),
      expected: { fail: [], unknown: [] },
    },
    {
      name: 'the role’s account, for the secret',
      change: only(2, { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }),
      expected: { fail: [], unknown: [] },
    },
    {
      name: 'another account, for the secret',
      change: only(2, { StringEquals: { 'aws:PrincipalAccount': '444455556666' } }),
      expected: { fail: ['network.endpoint-policy'], unknown: [] },
    },
    {
      name: 'the organization, for the secret',
      change: only(2, { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
      expected: { fail: [], unknown: ['network.endpoint-policy'] },
    },
    {
      name: 'the organization, for the service',
      change: only(1, { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
      expected: { fail: ['network.endpoint-policy'], unknown: [] },
    },
  ])('$name', ({ change, expected }) => expect(judge(both(change, failing), options)).toMatchObject(expected));
});

test('endpoints that answer on IPv6 alone', () => {
  const of =
    (type: string): Change =>
    (snapshot) =>
      endpoints(snapshot).forEach((endpoint) => (endpoint.IpAddressType = type));
  expect(judge(both(of('ipv6'), failing), { wayOut: 'endpoints' })).toMatchObject({
    fail: [],
    unknown: ['network.aws-path'],
  });
  expect(judge(both(of('dualstack'), failing), { wayOut: 'endpoints' })).toMatchObject({ fail: [], unknown: [] });
});

describe('what the call itself would be is not known', () => {
  const narrow: Change = (snapshot) =>
    void (endpoints(snapshot)[1]!.PolicyDocument = JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Principal: '*',
        Action: 'sts:AssumeRole',
        Resource: 'arn:aws:iam::111122223333:role/order-handler-role',
      },
    }));
  test('the function’s role lets the policy be judged', () =>
    expect(judge(narrow, { wayOut: 'endpoints' })).toMatchObject({ fail: [], unknown: [] }));
  test('without it the policy is not', () => {
    const unread: Change = (snapshot) =>
      void (snapshot.functions[functionArn] = denied('lambda', 'GetFunctionConfiguration', functionArn));
    const { fail, unknown, findings } = judge(both(narrow, unread), { wayOut: 'endpoints' });
    expect({ fail, unknown }).toEqual({ fail: [], unknown: ['network.endpoint-policy'] });
    expect(findings.find(({ check }) => check === 'network.endpoint-policy')!.missingActions).toEqual([
      'lambda:GetFunctionConfiguration',
    ]);
  });
});

test('endpoints that nobody listed may take the names from a NAT gateway', () => {
  const { fail, unknown } = judge(
    both(
      (snapshot) => deny(snapshot, 'vpcEndpoints', 'ec2', 'DescribeVpcEndpoints'),
      setEgress(rule(9098, 9098, fromGroup(groupId)), rule(443, 443, cidr('10.0.0.0/16'))),
    ),
  );
  expect(fail).toEqual([]);
  expect(unknown).toEqual(['network.https-egress', 'network.endpoint-ingress', 'network.endpoint-policy']);
});

test('an ACL that lets only some of a subnet’s addresses through is not decided', () => {
  const half: Change = (snapshot) =>
    acl(snapshot).Entries.unshift({
      RuleNumber: 10,
      Protocol: '6',
      RuleAction: 'deny',
      Egress: false,
      CidrBlock: '10.0.0.0/25',
      PortRange: { From: 9098, To: 9098 },
    });
  expect(judge(half)).toMatchObject({ fail: [], unknown: ['network.nacl'] });
});

test('an ACL of public subnets does not matter to pollers with endpoints', () => {
  const closed: Change = (snapshot) => {
    const ownAcl = acl(snapshot);
    ownAcl.Associations = ownAcl.Associations.filter(({ SubnetId }) => !publicSubnetIds.includes(SubnetId!));
    value(snapshot.networkAcls, vpcId).push({
      ...ownAcl,
      NetworkAclId: 'acl-closed',
      IsDefault: false,
      Associations: publicSubnetIds.map((SubnetId) => ({ SubnetId })),
      Entries: [],
    });
  };
  expect(judge(closed, { wayOut: 'endpoints' })).toMatchObject({ fail: [], unknown: [] });
});

test('a VPC connection whose groups AWS does not name: which rules hold is not known', () => {
  const snapshot = sandboxAccounts.find(({ name }) => name === 'cross-account')!.build();
  value(snapshot.vpcConnections).SecurityGroups = [];
  const findings = checks.map((check) => runCheck(check, subjectOf(snapshot, uuid)));
  expect(findings.filter(({ status }) => status === 'fail')).toEqual([]);
  expect(findings.find(({ check }) => check === 'network.endpoint-ingress')).toMatchObject({
    status: 'unknown',
    evidence: ['lambda', 'sts'].map(() => ({ fact: 'the security groups of the pollers are unknown' })),
  });
});

test('a full subnet of a cluster in the default group, where Lambda stands already', () => {
  const full: Change = (snapshot) => {
    value(snapshot.clusters, clusterArn).Provisioned!.BrokerNodeGroupInfo!.SecurityGroups = [];
    group(snapshot).GroupName = 'default';
    value(snapshot.subnets, subnetIds[0]).AvailableIpAddressCount = 0;
    snapshot.networkInterfaces[vpcId] = ok([
      {
        NetworkInterfaceId: 'eni-0a1b2c3d4e5f60001',
        Description: 'AWS Lambda VPC ENI-order-handler-1',
        SubnetId: subnetIds[0]!,
        VpcId: vpcId,
        Groups: [{ GroupId: groupId }],
      },
    ]);
  };
  expect(judge(both(full, failing))).toMatchObject({ fail: [], warn: ['network.subnet-capacity'] });
});
