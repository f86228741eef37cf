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
import { value } from '../../accounts/account.js';
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

describe('a transit gateway is followed as far as the account shows', () => {
  test('to the NAT gateway of an egress VPC', async () =>
    expect(await pathOf(() => {})).toEqual({ status: 'pass', says: '' }));

  test.each<[string, Change, RegExp]>([
    ['its NAT gateway is gone', (snapshot) => void (table(snapshot, 0).Routes[1]!.State = 'blackhole'), /blackhole/],
    [
      'its NAT gateway failed',
      (snapshot) => void (value(snapshot.natGateways, egressVpc)[0]!.State = 'failed'),
      /NAT gateway is failed/,
    ],
    [
      'its private subnet leads nowhere',
      (snapshot) => void table(snapshot, 0).Routes.splice(1, 1),
      /no route to 0\.0\.0\.0\/0/,
    ],
    [
      'answers have no way back',
      (snapshot) => void table(snapshot, 1).Routes.splice(2, 1),
      /no route back to 10\.0\.0\.0\/24 by tgw-/,
    ],
    [
      'the gateway’s table leads nowhere',
      (snapshot) => void gatewayRoutes(snapshot).splice(0, 1),
      /no route to 0\.0\.0\.0\/0/,
    ],
    [
      'the gateway’s route is a blackhole',
      (snapshot) => void (gatewayRoutes(snapshot)[0]!.State = 'blackhole'),
      /is a blackhole/,
    ],
    [
      'the attachment is being deleted',
      (snapshot) => void (value(snapshot.transitGatewayAttachments)[0]!.State = 'deleting'),
      /is deleting/,
    ],
  ])('%s: blocked', async (_, change, says) => {
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
  test.each<[string, Change]>([
    [
      'another account’s VPC',
      (snapshot) => void (value(snapshot.transitGatewayAttachments)[1]!.ResourceOwnerId = '444455556666'),
    ],
    [
      'the gateway’s table is not shown',
      (snapshot) => void delete value(snapshot.transitGatewayAttachments)[0]!.Association,
    ],
    [
      'its routes may not be searched',
      (snapshot) =>
        Object.keys(snapshot.transitGatewayRoutes).forEach((id) => (snapshot.transitGatewayRoutes[id] = denied)),
    ],
    ['the egress VPC’s tables may not be read', (snapshot) => void (snapshot.routeTables[egressVpc] = denied)],
    ['its NAT gateways may not be read', (snapshot) => void (snapshot.natGateways[egressVpc] = denied)],
    [
      'it leads on to a firewall',
      (snapshot) =>
        void Object.assign(table(snapshot, 0).Routes[1]!, { NatGatewayId: undefined, GatewayId: 'vpce-0firewall' }),
    ],
    [
      'a network attached by VPN',
      (snapshot) =>
        void (gatewayRoutes(snapshot)[0]!.TransitGatewayAttachments = [
          { TransitGatewayAttachmentId: 'tgw-attach-vpn', ResourceId: 'vpn-1', ResourceType: 'vpn' },
        ]),
    ],
    [
      'endpoints of another VPC, without any way to the internet',
      (snapshot) =>
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
    ],
  ])('%s: not to be told', async (_, change) => expect((await pathOf(change)).status).toBe('unknown'));
});
