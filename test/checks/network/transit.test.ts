import { describe, expect, test } from 'vitest';
import { createClients } from '../../../src/account/clients.js';
import { readAccount } from '../../../src/account/scopes/account.js';
import { checks } from '../../../src/checks/index.js';
import { runCheck } from '../../../src/checks/run.js';
import { openAccount } from '../../../src/sandbox/index.js';
import { createSandbox } from '../../../src/sandbox/sandbox.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { subjectOf } from '../../../src/subject/subject.js';
import { ok, type Read } from '../../../src/snapshot/read.js';
import { publicSubnetIds, subnetIds, value, vpcId } from '../../accounts/account.js';
import { failing, type Change } from './support/breaks.js';

const egressVpc = 'vpc-0a1b2c3d4e5f60007';
const table = (snapshot: Snapshot, index: number) => value(snapshot.routeTables, egressVpc)[index]!;
const gatewayRoutes = (snapshot: Snapshot) => value(snapshot.transitGatewayRoutes);

/** The account with the egress VPC, changed, then read as the program reads it. */
async function pathOf(change: Change) {
  const start = structuredClone(openAccount('egress-vpc')!.snapshot());
  [change, failing].forEach((apply) => apply(start));
  const clients = createClients({
    region: start.region,
    signal: new AbortController().signal,
    answerer: createSandbox(start).answer,
  });
  const { snapshot } = await readAccount({
    clients,
    targets: [],
    tool: start.tool,
    now: new Date(start.capturedAt),
    secretValues: false,
  });
  const finding = runCheck(
    checks.find(({ id }) => id === 'network.aws-path')!,
    subjectOf(snapshot, snapshot.targets[0]!),
  );
  return {
    status: finding.status,
    says: finding.evidence.map(({ resource, fact }) => `${resource} ${fact}`).join('\n'),
  };
}

const natSubnet = 'subnet-0a1b2c3d4e5f6007b';
/** The attachment of the pollers' VPC has these subnets. */
const attachedIn =
  (...subnets: string[]): Change =>
  (snapshot) =>
    void (value(snapshot.transitGatewayVpcAttachments, vpcId)[0]!.SubnetIds = subnets);
function moveTo(snapshot: Snapshot, subnetId: string, AvailabilityZone: string, AvailabilityZoneId: string): void {
  for (const subnet of value(snapshot.vpcSubnets, egressVpc))
    if (subnet.SubnetId === subnetId) Object.assign(subnet, { AvailabilityZone, AvailabilityZoneId });
}

describe('a transit gateway is followed as far as the account shows', () => {
  test('to the NAT gateway of an egress VPC', async () =>
    expect(await pathOf(() => {})).toEqual({ status: 'pass', says: '' }));

  test.each<{ name: string; change: Change }>([
    { name: 'an attachment in other subnets of the same zones', change: attachedIn(...publicSubnetIds) },
    {
      name: 'an attachment with a subnet that AWS does not list',
      change: attachedIn(subnetIds[0]!, 'subnet-0unlisted'),
    },
    { name: 'an attachment whose subnets are not visible', change: attachedIn() },
    {
      name: 'a NAT gateway in a local zone, which uses the attachment of the parent zone',
      change: (snapshot) => moveTo(snapshot, natSubnet, 'eu-west-1-dub-1a', 'euw1-dub1-az1'),
    },
  ])('over $name', async ({ change }) => expect(await pathOf(change)).toEqual({ status: 'pass', says: '' }));

  test.each<{ name: string; change: Change; says: RegExp }>([
    {
      name: 'its NAT gateway is gone',
      change: (snapshot) => void (table(snapshot, 0).Routes[1]!.State = 'blackhole'),
      says: /blackhole/,
    },
    {
      name: 'its NAT gateway failed',
      change: (snapshot) => void (value(snapshot.natGateways, egressVpc)[0]!.State = 'failed'),
      says: /NAT gateway is failed/,
    },
    {
      name: 'its private subnet leads nowhere',
      change: (snapshot) => void table(snapshot, 0).Routes.splice(1, 1),
      says: /no route to 0\.0\.0\.0\/0/,
    },
    {
      name: 'answers have no way back',
      change: (snapshot) => void table(snapshot, 1).Routes.splice(2, 1),
      says: /no route back to 10\.0\.0\.0\/24 through tgw-/,
    },
    {
      name: 'the gateway’s table leads nowhere',
      change: (snapshot) => void gatewayRoutes(snapshot).splice(0, 1),
      says: /no route to 0\.0\.0\.0\/0/,
    },
    {
      name: 'the gateway’s route is a blackhole',
      change: (snapshot) => void (gatewayRoutes(snapshot)[0]!.State = 'blackhole'),
      says: /is a blackhole/,
    },
    {
      name: 'the attachment is being deleted',
      change: (snapshot) => void (value(snapshot.transitGatewayAttachments)[0]!.State = 'deleting'),
      says: /is deleting/,
    },
    {
      name: 'the attachment has a subnet in one zone only',
      change: attachedIn(subnetIds[0]!),
      says: /has subnets in eu-west-1a, but none in eu-west-1b, the zone of subnet-0a1b2c3d4e5f6000b/,
    },
    {
      name: 'the NAT gateway is in a zone without the egress VPC’s attachment',
      change: (snapshot) => void moveTo(snapshot, natSubnet, 'eu-west-1b', 'euw1-az2'),
      says: /of vpc-0a1b2c3d4e5f60007 has subnets in eu-west-1a, but none in eu-west-1b/,
    },
  ])('$name: blocked', async ({ change, says }) => {
    const finding = await pathOf(change);
    expect(finding.status).toBe('fail');
    expect(finding.says).toMatch(says);
  });

  const denied: Read<never> = {
    outcome: 'denied',
    service: 'ec2',
    operation: 'Describe',
    action: 'ec2:Describe',
    error: 'UnauthorizedOperation',
  };
  test.each<{ name: string; change: Change }>([
    {
      name: 'another account’s VPC',
      change: (snapshot) => void (value(snapshot.transitGatewayAttachments)[1]!.ResourceOwnerId = '444455556666'),
    },
    {
      name: 'the gateway’s table is not shown',
      change: (snapshot) => void delete value(snapshot.transitGatewayAttachments)[0]!.Association,
    },
    {
      name: 'its routes may not be searched',
      change: (snapshot) =>
        Object.keys(snapshot.transitGatewayRoutes).forEach((id) => (snapshot.transitGatewayRoutes[id] = denied)),
    },
    {
      name: 'the egress VPC’s tables may not be read',
      change: (snapshot) => void (snapshot.routeTables[egressVpc] = denied),
    },
    { name: 'its NAT gateways may not be read', change: (snapshot) => void (snapshot.natGateways[egressVpc] = denied) },
    {
      name: 'it leads on to a firewall',
      change: (snapshot) =>
        void Object.assign(table(snapshot, 0).Routes[1]!, { NatGatewayId: undefined, GatewayId: 'vpce-0firewall' }),
    },
    {
      name: 'a network attached by VPN',
      change: (snapshot) =>
        void (gatewayRoutes(snapshot)[0]!.TransitGatewayAttachments = [
          { TransitGatewayAttachmentId: 'tgw-attach-vpn', ResourceId: 'vpn-1', ResourceType: 'vpn' },
        ]),
    },
    {
      name: 'endpoints of another VPC, without any way to the internet',
      change: (snapshot) =>
        void (snapshot.transitGatewayRoutes = Object.fromEntries(
          Object.keys(snapshot.transitGatewayRoutes).map((id) => [
            id,
            ok([
              {
                DestinationCidrBlock: '10.9.0.0/16',
                State: 'active',
                TransitGatewayAttachments: [{ ResourceId: egressVpc, ResourceType: 'vpc' }],
              },
            ]),
          ]),
        )),
    },
  ])('$name: not to be told', async ({ change }) => expect((await pathOf(change)).status).toBe('unknown'));
});
