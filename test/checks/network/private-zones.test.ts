import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endpointIdOf, isWithin, plainName, zoneFor } from '../../../src/aws/zone-names.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import {
  addZone,
  centralEndpoints,
  dnsNameOf,
  endpointFor,
  gatewayTableId,
  hubId,
  withoutPrivateDns,
  zoneName,
} from '../../../src/sandbox/accounts/private-zones.js';
import { problem } from '../../../src/sandbox/accounts/texts.js';
import { createSandbox } from '../../../src/sandbox/sandbox.js';
import type { HealthyOptions } from '../../../src/sandbox/healthy.js';
import type { RecordSet } from '../../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { readThrough, recording } from '../../account/support/read.js';
import { account, accountWith, denied, uuid, value, vpcId } from '../../accounts/account.js';
import { runs } from '../../random/seed.js';

type Change = (snapshot: Snapshot) => void;
const endpoints: HealthyOptions = { wayOut: 'endpoints' };
const lambdaZone = 'Z0123456LAMBDA0000001';
const noEgress = problem('vpc-cannot-reach-aws');
const otherAccount = '444455556666';

async function judge(change: Change, text: string, options = endpoints) {
  const snapshot = accountWith((healthy) => {
    value(healthy.mappings, uuid).LastProcessingResult = text;
    change(healthy);
  }, options);
  const { answerer, calls } = recording(createSandbox(snapshot).answer as Parameters<typeof recording>[0]);
  const [mapping] = diagnose((await readThrough(answerer)).snapshot).mappings;
  return { mapping: mapping!, calls: calls.filter(({ service }) => service === 'route53') };
}

const zones: Change = (snapshot) => {
  withoutPrivateDns(snapshot);
  for (const service of ['lambda', 'sts'] as const) addZone(snapshot, service, endpointFor(snapshot, service));
};
const alias = (Name: string, DNSName: string): RecordSet => ({
  Name,
  Type: 'A',
  AliasTarget: { DNSName, HostedZoneId: 'Z38GZ743OKFT7T' },
  ResourceRecords: [],
});
/** One zone above both names. */
const parentZone =
  (name: string, records: (snapshot: Snapshot) => RecordSet[]): Change =>
  (snapshot) => {
    withoutPrivateDns(snapshot);
    snapshot.hostedZones[vpcId] = {
      outcome: 'ok',
      value: [{ HostedZoneId: 'Z1', Name: name, Owner: { OwningAccount: account } }],
    };
    snapshot.hostedZoneRecords['Z1'] = { outcome: 'ok', value: records(snapshot) };
  };
const both = (snapshot: Snapshot) =>
  (['lambda', 'sts'] as const).map((service) =>
    alias(zoneName(service), dnsNameOf(endpointFor(snapshot, service), service)),
  );
const after =
  (...changes: Change[]): Change =>
  (snapshot) =>
    changes.forEach((change) => change(snapshot));

describe('a name that a zone leads to an endpoint', () => {
  test.each<{ what: string; change: Change }>([
    { what: 'zones of the very names', change: zones },
    { what: 'a zone of the region', change: parentZone('eu-west-1.amazonaws.com.', both) },
    { what: 'a zone of all of AWS', change: parentZone('amazonaws.com.', both) },
    {
      what: 'CNAME records',
      change: parentZone('eu-west-1.amazonaws.com.', (snapshot) =>
        both(snapshot).map(({ Name, AliasTarget: target }) => ({
          Name: Name.toUpperCase(),
          Type: 'CNAME',
          ResourceRecords: [{ Value: target!.DNSName! }],
        })),
      ),
    },
    {
      what: 'an alias of a record of the zone',
      change: parentZone('eu-west-1.amazonaws.com.', (snapshot) => [
        ...both(snapshot).map((record) => ({ ...record, Name: `to-${record.Name}` })),
        ...(['lambda', 'sts'] as const).map((service) => alias(zoneName(service), `to-${zoneName(service)}`)),
      ]),
    },
    {
      what: 'addresses of the endpoint',
      change: after(withoutPrivateDns, (snapshot) => {
        for (const [index, service] of (['lambda', 'sts'] as const).entries()) {
          const endpoint = endpointFor(snapshot, service);
          const address = `10.0.0.${20 + index}`;
          endpoint.NetworkInterfaceIds = [`eni-0a1b2c3d4e5f6700${index}`];
          value(snapshot.networkInterfaces, vpcId).push({
            NetworkInterfaceId: endpoint.NetworkInterfaceIds[0]!,
            PrivateIpAddress: address,
            Groups: [],
          });
          addZone(snapshot, service, null);
          const [id] = value(snapshot.hostedZones, vpcId).slice(-1);
          value(snapshot.hostedZoneRecords, id!.HostedZoneId).push({
            Name: zoneName(service),
            Type: 'A',
            ResourceRecords: [{ Value: address }],
          });
        }
      }),
    },
    { what: 'central endpoints behind a transit gateway', change: centralEndpoints },
  ])('$what: healthy, with every text', async ({ change }) => {
    for (const text of ['OK', 'No records processed']) {
      const { mapping } = await judge(change, text);
      const network = mapping.findings.filter(({ check }) => check.startsWith('network.'));
      expect(network.filter(({ status }) => status !== 'pass' && status !== 'skip')).toEqual([]);
      expect(mapping.verdict).toBe('healthy');
    }
  });
});

describe('a name that leads to no endpoint that answers', () => {
  const cases: { what: string; change: Change; check: string; fact: RegExp }[] = [
    {
      what: 'a zone without a record',
      change: after(zones, (snapshot) => {
        snapshot.hostedZoneRecords[lambdaZone] = { outcome: 'ok', value: [] };
      }),
      check: 'network.endpoint-private-dns',
      fact: /has no A record for it, so the name does not resolve/,
    },
    {
      what: 'a zone of the region that lacks one of the names',
      change: parentZone('eu-west-1.amazonaws.com.', (snapshot) => both(snapshot).slice(0, 1)),
      check: 'network.endpoint-private-dns',
      fact: /answers for sts\.eu-west-1\.amazonaws\.com but has no A record/,
    },
    {
      what: 'the more specific zone is empty',
      change: after(parentZone('eu-west-1.amazonaws.com.', both), (snapshot) => addZone(snapshot, 'lambda', null)),
      check: 'network.endpoint-private-dns',
      fact: /has no A record/,
    },
    {
      what: 'a record to another service’s endpoint',
      change: after(zones, (snapshot) => {
        const name = dnsNameOf(endpointFor(snapshot, 'sts'), 'sts');
        snapshot.hostedZoneRecords[lambdaZone] = { outcome: 'ok', value: [alias(zoneName('lambda'), name)] };
      }),
      check: 'network.endpoint-private-dns',
      fact: /points to vpce-\S+, the STS endpoint/,
    },
    {
      what: 'an endpoint that is being deleted',
      change: after(zones, (snapshot) => {
        endpointFor(snapshot, 'lambda').State = 'deleting';
      }),
      check: 'network.endpoint-private-dns',
      fact: /which is deleting/,
    },
    {
      what: 'the subnets have no route to the central endpoints',
      change: after(centralEndpoints, (snapshot) => {
        for (const table of value(snapshot.routeTables, vpcId))
          for (const route of table.Routes)
            if (route.TransitGatewayId !== undefined) route.DestinationCidrBlock = '10.99.0.0/16';
      }),
      check: 'network.aws-path',
      fact: /no route to 10\.8\.0\.0\/24 \(the endpoint, vpc-0a1b2c3d4e5f60008\)/,
    },
    {
      what: 'the transit gateway has no route to them',
      change: after(centralEndpoints, (snapshot) => {
        snapshot.transitGatewayRoutes[gatewayTableId] = {
          outcome: 'ok',
          value: value(snapshot.transitGatewayRoutes, gatewayTableId).slice(1),
        };
      }),
      check: 'network.aws-path',
      fact: /the transit gateway route table has no route to 10\.8\.0\.0\/24/,
    },
    {
      what: 'their VPC has no route back',
      change: after(centralEndpoints, (snapshot) => {
        value(snapshot.routeTables, hubId)[0]!.Routes.pop();
      }),
      check: 'network.aws-path',
      fact: /no route to 10\.0\.0\.0\/24 \(the pollers, vpc-0a1b2c3d4e5f60001\)/,
    },
    {
      what: 'their security group admits nobody',
      change: after(centralEndpoints, (snapshot) => {
        value(snapshot.securityGroups, hubId)[0]!.IpPermissions = [];
      }),
      check: 'network.endpoint-ingress',
      fact: /443/,
    },
    {
      what: 'their policy denies the call',
      change: after(centralEndpoints, (snapshot) => {
        endpointFor(snapshot, 'lambda').PolicyDocument = JSON.stringify({ Statement: [] });
      }),
      check: 'network.endpoint-policy',
      fact: /lambda:InvokeFunction/,
    },
  ];
  test.each(cases)('$what: found first', async ({ change, check, fact }) => {
    const { mapping } = await judge(change, noEgress);
    expect([mapping.verdict, mapping.causes[0]?.check]).toEqual(['broken', check]);
    const finding = mapping.findings.find((candidate) => candidate.check === check)!;
    expect(finding.evidence.map((evidence) => evidence.fact).join('\n')).toMatch(fact);
  });
  test.each(cases)('$what: no fault of a mapping that brings records in', async ({ change }) => {
    const { mapping } = await judge(change, 'OK');
    expect(mapping.findings.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(mapping.verdict).toBe('healthy');
  });
});

describe('what is not to be seen', () => {
  const deniedZones: Change = (snapshot) => {
    withoutPrivateDns(snapshot);
    snapshot.hostedZones[vpcId] = denied('route53', 'ListHostedZonesByVPC', vpcId);
  };
  test.each<{ what: string; change: Change; check: string; action?: string }>([
    {
      what: 'zones that may not be listed',
      change: deniedZones,
      check: 'network.endpoint-private-dns',
      action: 'route53:ListHostedZonesByVPC',
    },
    {
      what: 'records that may not be read',
      change: after(zones, (snapshot) => {
        snapshot.hostedZoneRecords[lambdaZone] = denied('route53', 'ListResourceRecordSets', lambdaZone);
      }),
      check: 'network.endpoint-private-dns',
      action: 'route53:ListResourceRecordSets',
    },
    {
      what: 'a zone of another account',
      change: after(withoutPrivateDns, (snapshot) => {
        for (const service of ['lambda', 'sts'] as const)
          addZone(snapshot, service, endpointFor(snapshot, service), otherAccount);
      }),
      check: 'network.endpoint-private-dns',
    },
    {
      what: 'central endpoints of another account',
      change: after(centralEndpoints, (snapshot) => {
        snapshot.vpcEndpoints[hubId] = { outcome: 'ok', value: [] };
      }),
      check: 'network.aws-path',
    },
    {
      what: 'a central zone of another account',
      change: after(centralEndpoints, (snapshot) => {
        for (const zone of value(snapshot.hostedZones, vpcId)) zone.Owner = { OwningAccount: otherAccount };
      }),
      check: 'network.aws-path',
    },
    {
      what: 'a transit gateway’s table that may not be read',
      change: after(centralEndpoints, (snapshot) => {
        snapshot.transitGatewayRoutes[gatewayTableId] = denied('ec2', 'SearchTransitGatewayRoutes', gatewayTableId);
      }),
      check: 'network.aws-path',
      action: 'ec2:SearchTransitGatewayRoutes',
    },
    {
      what: 'addresses in another network',
      change: after(centralEndpoints, (snapshot) => {
        for (const read of Object.values(snapshot.hostedZoneRecords))
          if (read.outcome === 'ok')
            for (const record of read.value)
              if (record.Type === 'A') {
                delete record.AliasTarget;
                record.ResourceRecords = [{ Value: '10.8.0.20' }];
              }
      }),
      check: 'network.aws-path',
    },
  ])('$what: unknown, and a working mapping stays healthy', async ({ change, check, action }) => {
    const idle = (await judge(change, 'No records processed')).mapping;
    const finding = idle.findings.find((candidate) => candidate.check === check)!;
    expect(finding.status).toBe('unknown');
    expect(finding.missingActions).toEqual(action === undefined ? [] : [action]);
    expect(idle.verdict).toBe('healthy');
    expect((await judge(change, 'OK')).mapping.verdict).toBe('healthy');
  });

  test('Lambda’s text decides where only a zone could lead to an endpoint on whose way nothing is closed', async () => {
    const { mapping } = await judge(deniedZones, noEgress);
    expect(mapping.causes[0]?.check).toBe('network.endpoint-private-dns');
    const closed = await judge(
      after(deniedZones, (snapshot) => {
        for (const group of value(snapshot.securityGroups, vpcId)) group.IpPermissions = [];
      }),
      noEgress,
    );
    const finding = closed.mapping.findings.find(({ check }) => check === 'network.endpoint-private-dns')!;
    expect(finding.status).toBe('unknown');
  });

  test('without a zone, networks behind a transit gateway are excluded by Lambda’s text alone', async () => {
    const change = after(centralEndpoints, (snapshot) => void (snapshot.hostedZones = {}));
    expect((await judge(change, noEgress)).mapping.causes[0]?.check).toBe('network.aws-path');
    const idle = (await judge(change, 'No records processed')).mapping;
    expect(idle.findings.find(({ check }) => check === 'network.aws-path')!.status).toBe('unknown');
  });
});

describe('Route 53 is asked only where the answer depends on it', () => {
  test.each<{ what: string; options: HealthyOptions; change: Change; calls: number }>([
    { what: 'endpoints with private DNS', options: { wayOut: 'endpoints' }, change: () => {}, calls: 0 },
    { what: 'NAT gateways', options: { wayOut: 'nat' }, change: () => {}, calls: 0 },
    { what: 'provisioned pollers', options: { wayOut: 'none', provisioned: true }, change: () => {}, calls: 0 },
    { what: 'endpoints without private DNS', options: endpoints, change: withoutPrivateDns, calls: 1 },
    { what: 'zones', options: endpoints, change: zones, calls: 3 },
    { what: 'central endpoints', options: endpoints, change: centralEndpoints, calls: 3 },
  ])('$what: $calls calls', async ({ options, change, calls }) => {
    expect((await judge(change, 'OK', options)).calls.length).toBe(calls);
  });
});

describe('names', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  const name = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));
  test('the most specific zone that holds a name answers for it', () => {
    fc.assert(
      fc.property(name, fc.array(name, { maxLength: 6 }), fc.nat(4), (wanted, others, depth) => {
        const parent = wanted.split('.').slice(depth).join('.') || wanted;
        const list = [...others, parent].map((Name) => ({ Name: `${Name}.` }));
        const zone = zoneFor(wanted.toUpperCase(), list)!;
        expect(isWithin(wanted, zone.Name)).toBe(true);
        for (const other of list)
          if (isWithin(wanted, other.Name)) expect(other.Name.length).toBeLessThanOrEqual(zone.Name.length);
      }),
      { numRuns: runs(200) },
    );
  });
  test('a name is within a zone at a period only', () => {
    expect(isWithin('xlambda.eu-west-1.amazonaws.com', 'lambda.eu-west-1.amazonaws.com.')).toBe(false);
    expect(plainName(String.raw`\052.Example.COM.`)).toBe('*.example.com');
  });
  test.each([
    ['vpce-0a1b2c3d4e5f60001-ab12cd34.lambda.eu-west-1.vpce.amazonaws.com.', 'vpce-0a1b2c3d4e5f60001'],
    ['vpce-0a1b2c3d4e5f60001-ab12cd34-eu-west-1a.lambda.eu-west-1.vpce.amazonaws.com', 'vpce-0a1b2c3d4e5f60001'],
    ['VPCE-0A1B2C3D-AB12CD34.sts.cn-north-1.vpce.amazonaws.com.cn', 'vpce-0a1b2c3d'],
    ['dualstack.lb-123.eu-west-1.elb.amazonaws.com', null],
    ['vpce-0a1b2c3d.example.com', null],
    ['', null],
  ])('the endpoint of %s', (dnsName, expected) => {
    expect(endpointIdOf(dnsName)).toBe(expected);
  });
});

test('an anonymous snapshot leads the names to the same endpoints', async () => {
  const { anonymize } = await import('../../../src/snapshot/anonymize/anonymize.js');
  for (const change of [zones, parentZone('amazonaws.com.', both), centralEndpoints]) {
    const account = accountWith(change, endpoints);
    const { snapshot } = await readThrough(createSandbox(account).answer as Parameters<typeof recording>[0]);
    const hidden = anonymize(snapshot, { key: 'any', sameMeaning: () => true });
    const statuses = (of: Snapshot) => diagnose(of).mappings[0]!.findings.map(({ check, status }) => [check, status]);
    expect(statuses(hidden)).toEqual(statuses(snapshot));
    expect(JSON.stringify(hidden)).not.toContain(lambdaZone);
  }
});
