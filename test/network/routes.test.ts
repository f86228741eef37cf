import { expect, test } from 'vitest';
import { egressOf } from '../../src/network/routes.js';
import { ok } from '../../src/snapshot/read.js';
import type { RouteTable } from '../../src/snapshot/resources/index.js';
import { indexedVpc, vpcId } from './support/vpc.js';

/** Where a subnet leads whose table has these routes; `nat-1` is a regional NAT gateway that works, `rtb-nat` its own table. */
function leadsTo(routes: RouteTable['Routes'], ofGateway: RouteTable['Routes'] = toInternet('active')) {
  const { index, vpc } = indexedVpc((reads) => {
    reads.subnets['subnet-1'] = ok({ SubnetId: 'subnet-1', VpcId: vpcId, Ipv6CidrBlockAssociationSet: [] });
    reads.vpcs[vpcId] = ok({ VpcId: vpcId, CidrBlockAssociationSet: [] });
    reads.routeTables[vpcId] = ok([
      { RouteTableId: 'rtb-1', VpcId: vpcId, Associations: [{ SubnetId: 'subnet-1' }], Routes: routes },
      { RouteTableId: 'rtb-nat', VpcId: vpcId, Associations: [], Routes: ofGateway },
    ]);
    reads.natGateways[vpcId] = ok([
      {
        NatGatewayId: 'nat-1',
        VpcId: vpcId,
        State: 'available',
        AvailabilityMode: 'regional',
        RouteTableId: 'rtb-nat',
        NatGatewayAddresses: [],
      },
    ]);
  });
  const { status, facts } = egressOf(index, vpc, 'subnet-1').outcome;
  return { status, facts: facts.map(({ fact }) => fact).join() };
}

function toInternet(State: string): RouteTable['Routes'] {
  return [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State }];
}
const toGateway = { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1', State: 'active' };
const intoNothing = (cidr: string) => ({
  DestinationCidrBlock: cidr,
  NetworkInterfaceId: 'eni-gone',
  State: 'blackhole',
});

test.each([
  ['all of the internet through the gateway', [toGateway], 'open'],
  ['a range of a thousandth of it elsewhere', [toGateway, intoNothing('20.0.0.0/10')], 'open'],
  ['a quarter of it elsewhere', [toGateway, intoNothing('64.0.0.0/2')], 'unknown'],
  ['a fiftieth of it elsewhere', [toGateway, intoNothing('64.0.0.0/6')], 'unknown'],
  ['none of it', [], 'blocked'],
])('%s', (_, routes, expected) => expect(leadsTo(routes).status).toBe(expected));

test('a regional NAT gateway whose own route is a blackhole leads nowhere', () => {
  expect(leadsTo([toGateway], toInternet('blackhole'))).toEqual({
    status: 'blocked',
    facts: 'the default route of its route table rtb-nat is a blackhole',
  });
});

test('one whose own table does not lead to the internet gateway is not decided', () =>
  expect(leadsTo([toGateway], []).status).toBe('unknown'));
