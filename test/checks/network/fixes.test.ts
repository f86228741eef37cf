import { describe, expect, test } from 'vitest';
import { checks } from '../../../src/checks/index.js';
import { runCheck, type Finding } from '../../../src/checks/run.js';
import type { Fix } from '../../../src/fixes/fix.js';
import { replayAll } from '../../../src/simulate/simulate.js';
import { ok } from '../../../src/snapshot/read.js';
import { reachability } from '../../../src/network/reachability.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { subjectOf } from '../../../src/subject/subject.js';
import { accountWith, clusterArn, uuid, value } from '../../accounts/account.js';
import { breaks, failing } from './support/breaks.js';
import { unknownMembers } from './support/sdk-shape.js';

const networkChecks = checks.filter(({ id }) => id.startsWith('network.'));
const findingsOf = (snapshot: Snapshot): Finding[] =>
  networkChecks.map((check) => runCheck(check, subjectOf(snapshot, uuid)));

function answersOf(snapshot: Snapshot): string[] {
  const { network } = subjectOf(snapshot, uuid);
  if (network.is !== 'known') throw new Error('the network is not known');
  return [...new Set(reachability(network.value.reads, network.value.question).paths.map(({ answer }) => answer))];
}

/** Nothing that a call could mend. */
const byHand = new Set(['a subnet that is gone', 'a full subnet without Lambda’s interface']);
/** What mends it surely is not the only thing offered: this may mend it, and nobody can see whether it does. */
const isUnseen = (fix: Fix) => fix.changes.some(({ operation }) => operation === 'ModifyNetworkInterfaceAttribute');

describe('each fix, played on the broken account, lets every path through', () => {
  test.each(breaks.filter(([name]) => !byHand.has(name)))('%s (%s)', (_, id, options, change) => {
    const broken = accountWith((snapshot) => [change, failing].forEach((apply) => apply(snapshot)), {
      wayOut: 'nat',
      ...options,
    });
    const finding = findingsOf(broken).find(({ check }) => check === id)!;
    expect(answersOf(broken)).toContain('blocked');
    const fixes = finding.fixes.filter((fix) => fix.changes.length > 0);
    expect(fixes.length).toBeGreaterThan(0);
    for (const fix of fixes) {
      expect(fix.changes.flatMap(unknownMembers)).toEqual([]);
      expect(fix.changes.flatMap(({ undo }) => (undo === null ? [] : unknownMembers(undo)))).toEqual([]);
      if (isUnseen(fix)) continue;
      const mended = replayAll(broken, fix.changes);
      expect(answersOf(mended), fix.title).toEqual(['reaches']);
      expect(
        findingsOf(mended).filter(({ status }) => status === 'fail'),
        fix.title,
      ).toEqual([]);
    }
    expect(finding.fixes[0]!.changes.length, finding.fixes[0]!.title).toBeGreaterThan(0);
  });

  test.each(breaks.filter(([name]) => byHand.has(name)))('%s is mended by hand', (_, id, options, change) => {
    const broken = accountWith((snapshot) => [change, failing].forEach((apply) => apply(snapshot)), {
      wayOut: 'nat',
      ...options,
    });
    expect(findingsOf(broken).find(({ check }) => check === id)!.fixes).toMatchObject([
      { safety: 'by-hand', changes: [] },
    ]);
  });
});

describe('the smallest change comes first', () => {
  const firstOf = (name: string) => {
    const [, id, options, change] = breaks.find(([title]) => title === name)!;
    const broken = accountWith((snapshot) => [change, failing].forEach((apply) => apply(snapshot)), {
      wayOut: 'nat',
      ...options,
    });
    return findingsOf(broken)
      .find(({ check }) => check === id)!
      .fixes[0]!.changes.map(({ operation }) => operation);
  };
  test.each([
    { name: 'one subnet of three without a route', operations: ['CreateRoute'] },
    { name: 'three subnets on the main table, which leads nowhere', operations: ['CreateRoute'] },
    { name: 'one NAT gateway of three that failed', operations: ['ReplaceRoute'] },
    {
      name: 'no way at all with SCRAM',
      operations: ['CreateVpcEndpoint', 'AuthorizeSecurityGroupIngress', 'CreateVpcEndpoint', 'CreateVpcEndpoint'],
    },
    { name: 'an S3 destination, and the gateway endpoint serves other tables', operations: ['ModifyVpcEndpoint'] },
    { name: 'a NAT instance with its check on', operations: ['ModifyNetworkInterfaceAttribute'] },
    { name: 'an endpoint that failed', operations: ['DeleteVpcEndpoints', 'CreateVpcEndpoint'] },
    {
      name: 'private DNS off and the VPC’s attributes too',
      operations: ['ModifyVpcAttribute', 'ModifyVpcEndpoint', 'ModifyVpcEndpoint'],
    },
    {
      name: 'different groups on two endpoints, neither open',
      operations: ['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupIngress'],
    },
  ])('$name', ({ name, operations }) => expect(firstOf(name)).toEqual(operations));
});

test('in China the names of some endpoints begin otherwise', () => {
  const broken = accountWith(
    (snapshot) => {
      failing(snapshot);
      value(snapshot.mappings, uuid).EventSourceArn = clusterArn
        .replace('arn:aws:', 'arn:aws-cn:')
        .replace('eu-west-1', 'cn-north-1');
      snapshot.clusters[value(snapshot.mappings, uuid).EventSourceArn!] = ok(value(snapshot.clusters, clusterArn));
    },
    { wayOut: 'none', auth: 'scram' },
  );
  const names = findingsOf(broken).flatMap(({ fixes }) =>
    fixes.flatMap(({ changes }) => changes.flatMap(({ input }) => input['ServiceName'] ?? [])),
  );
  expect(names).toEqual([
    'cn.com.amazonaws.cn-north-1.lambda',
    'cn.com.amazonaws.cn-north-1.sts',
    'com.amazonaws.cn-north-1.secretsmanager',
  ]);
});
