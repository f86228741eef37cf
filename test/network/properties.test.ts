import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NetworkReads } from '../../src/network/question.js';
import type { Keyed } from '../../src/snapshot/read.js';
import { denied } from '../accounts/account.js';
import { answersOf, readsOf } from './support/reads.js';
import { topologies, type Topology } from './support/topology.js';
import { runs } from '../random/seed.js';

const order = { blocked: 0, unknown: 1, reaches: 2 } as const;
/** Paths whose answer is worse in `after` than in `before`. */
function worse(before: Topology, after: Topology): string[] {
  const [old, made] = [answersOf(before), answersOf(after)];
  return [...old]
    .filter(([name, { answer }]) => order[made.get(name)!.answer] < order[answer])
    .map(([name, { answer }]) => `${name}: ${answer}, then ${made.get(name)!.answer} by ${made.get(name)!.by}`);
}
const summary = (topology: Topology, reads?: NetworkReads) =>
  Object.fromEntries([...answersOf(topology, reads)].map(([name, { answer }]) => [name, answer]).toSorted());

const index = (count: number) => fc.integer({ min: 0, max: count - 1 });

describe('rules', () => {
  test('one more rule of a group never blocks, one less never opens', () => {
    fc.assert(
      fc.property(
        topologies,
        index(4),
        fc.constantFrom('ingress', 'egress'),
        index(8),
        (topology, group, side, index) => {
          const rules = topology.groups[group]![side];
          if (rules.length === 0) return;
          const less = structuredClone(topology);
          less.groups[group]![side].splice(index % rules.length, 1);
          expect(worse(less, topology)).toEqual([]);
        },
      ),
    );
  });

  test('an ACL that lets more through never blocks', () => {
    fc.assert(
      fc.property(topologies, index(3), index(8), (topology, acl, index) => {
        const entries = topology.acls[acl]!;
        const at = entries.length === 0 ? -1 : index % entries.length;
        if (at < 0) return;
        const more = structuredClone(topology);
        if (entries[at]!.allow) return;
        more.acls[acl]!.splice(at, 1);
        expect(worse(topology, more)).toEqual([]);
        const turned = structuredClone(topology);
        turned.acls[acl]![at]!.allow = true;
        expect(worse(topology, turned)).toEqual([]);
      }),
    );
  });

  test('order does not matter: of rules, entries, routes, groups, subnets of an endpoint', () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const turned: Topology = {
          ...topology,
          groups: topology.groups.map(({ ingress, egress }) => ({
            ingress: ingress.toReversed(),
            egress: egress.toReversed(),
          })),
          acls: topology.acls.map((entries) => entries.toReversed()),
          tables: topology.tables.map((routes) => routes.toReversed()),
          clusterGroups: topology.clusterGroups.toReversed(),
          endpoint:
            topology.endpoint === null
              ? null
              : { ...topology.endpoint, subnets: topology.endpoint.subnets.toReversed() },
          list: topology.list.toReversed(),
        };
        expect(summary(turned)).toEqual(summary(topology));
        const reads = readsOf(topology);
        for (const collection of [
          reads.securityGroups,
          reads.networkAcls,
          reads.routeTables,
          reads.vpcSubnets,
          reads.natGateways,
          reads.vpcEndpoints,
        ] as Keyed<unknown[]>[])
          for (const read of Object.values(collection)) if (read.outcome === 'ok') read.value = read.value.toReversed();
        expect(summary(topology, reads)).toEqual(summary(topology));
      }),
    );
  });
});

describe('what could not be read', () => {
  const collections = [
    'securityGroups',
    'routeTables',
    'networkAcls',
    'vpcEndpoints',
    'natGateways',
    'networkInterfaces',
    'vpcDnsSupport',
    'vpcDnsHostnames',
    'vpcs',
    'vpcSubnets',
    'prefixLists',
    'subnets',
  ] as const;
  test('never turns into blocked', () => {
    fc.assert(
      fc.property(
        topologies,
        fc.uniqueArray(fc.constantFrom(...collections), { minLength: 1, maxLength: 3 }),
        (topology, unread) => {
          const whole = answersOf(topology);
          const reads = readsOf(topology);
          for (const name of unread)
            for (const key of Object.keys(reads[name]))
              (reads[name] as Keyed<unknown>)[key] = denied('ec2', 'Describe', key);
          const made = answersOf(topology, reads);
          for (const [name, { answer, by }] of made)
            if (answer === 'blocked' && whole.has(name))
              expect(`${name} ${whole.get(name)!.answer}`, `by ${by}`).toBe(`${name} blocked`);
          for (const { components } of made.values())
            for (const component of components)
              if (component.status === 'unknown')
                expect(component.facts.length + component.missing.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: runs(200) },
    );
  });
});

test('the same question has the same answer, byte by byte', () => {
  fc.assert(
    fc.property(topologies, (topology) => {
      expect(JSON.stringify([...answersOf(topology)])).toBe(JSON.stringify([...answersOf(structuredClone(topology))]));
    }),
    { numRuns: runs(50) },
  );
});

test('the topologies tell all three answers apart', () => {
  const seen = new Set(
    fc
      .sample(topologies, { numRuns: 200, seed: 7 })
      .flatMap((topology) => [...answersOf(topology)].map(([name, { answer }]) => `${name.split(' ')[2]!} ${answer}`)),
  );
  for (const to of ['broker', 'sts', 's3'])
    expect([...seen]).toEqual(expect.arrayContaining([`${to} blocked`, `${to} reaches`]));
  expect([...seen].join()).toContain('unknown');
});
