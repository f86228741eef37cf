/** Limits that Lambda applies without a word, or refuses: reported by `create`, `update` and `apply` before any change. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import { printMappingFile } from '../../src/mapping/file.js';
import type { MappingSettings } from '../../src/mapping/settings.js';
import { toFlags } from '../../src/mapping/to-flags.js';
import { clusterArn, functionArn, uuid } from '../../src/sandbox/healthy.js';
import { serve, type Account } from './account.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-limits-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const payments: MappingSettings = {
  function: functionArn,
  cluster: clusterArn,
  topic: 'payments',
  startingPosition: 'TRIM_HORIZON',
};

/** A function of another tenancy; all else is the account's. */
const perTenant =
  (answer: Answerer): Answerer =>
  async (call) => {
    const output = await answer(call);
    return call.operation === 'GetFunctionConfiguration'
      ? { ...output, TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } }
      : output;
  };

interface Limit {
  name: string;
  check: string;
  /** The settings that go over the limit. */
  over: Partial<MappingSettings>;
  /** The nearest settings that do not. */
  within: Partial<MappingSettings>;
  stops: boolean;
}

const limits: Limit[] = [
  {
    name: 'more filters than the default quota',
    check: 'mapping.filter',
    over: { filters: Array.from({ length: 6 }, (_, index) => `{"value":{"kind":["${index}"]}}`) },
    within: { filters: Array.from({ length: 5 }, (_, index) => `{"value":{"kind":["${index}"]}}`) },
    stops: false,
  },
  {
    name: 'retries without a limit, and a destination',
    check: 'mapping.destination',
    over: { onFailure: 'kafka://orders', provisionedPollers: { minimum: 1, maximum: 2 }, maximumRetryAttempts: -1 },
    within: { onFailure: 'kafka://orders', provisionedPollers: { minimum: 1, maximum: 2 }, maximumRetryAttempts: 10 },
    stops: false,
  },
  {
    name: 'a poller group with more than 2,000 pollers',
    check: 'mapping.poller-group',
    over: { provisionedPollers: { minimum: 1, maximum: 1200, group: 'team' } },
    within: { provisionedPollers: { minimum: 1, maximum: 1000, group: 'team' } },
    stops: true,
  },
];

/** An account in which another mapping has 1,000 pollers of the group. */
async function withGroup(): Promise<Account> {
  const world = await serve('rights-by-wildcard');
  const group = ['--minimum-pollers', '1', '--maximum-pollers', '1000', '--poller-group', 'team'];
  expect((await world.json('update', uuid, ...group, '--yes', '--force')).document.changed).toBe(1);
  return world;
}

const apply = (name: string, settings: MappingSettings): string[] => {
  const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.yaml`);
  writeFileSync(path, printMappingFile([settings]));
  return ['apply', '-f', path];
};

const changes = (world: Account) =>
  world.double.requests.filter((request) => / (Create|Update|Delete)EventSource/.test(request)).length;

const checksOf = async (world: Account, words: string[]) => {
  const { exitCode, document } = await world.json(...words);
  return {
    exitCode,
    changed: document.changed,
    blockers: document.blockers,
    reported: document.findings
      .filter(({ status }) => status === 'fail' || status === 'warn')
      .map(({ check }) => check),
  };
};

describe.each(limits)('$name', ({ name, check, over, within, stops }) => {
  test.each(['create', 'apply'])('%s says it before anything is created', async (command) => {
    const world = await withGroup();
    const before = changes(world);
    const words = (more: Partial<MappingSettings>) => {
      const settings = { ...payments, ...more };
      return command === 'create' ? ['create', ...toFlags(settings)] : apply(name, settings);
    };
    const planned = await checksOf(world, [...words(over), '--dry-run']);
    expect(planned.reported).toContain(check);
    expect([planned.changed, changes(world)]).toEqual([0, before]);
    expect(planned.blockers.includes(check)).toBe(stops);
    expect((await checksOf(world, [...words(within), '--dry-run'])).reported).not.toContain(check);
    if (!stops) return;
    const refused = await checksOf(world, [...words(over), '--yes']);
    expect([refused.exitCode, refused.changed, refused.blockers.includes(check)]).toEqual([1, 0, true]);
    expect(changes(world)).toBe(before);
  });

  test('update says it before anything is changed', async () => {
    const world = await withGroup();
    const made = await world.json('create', ...toFlags({ ...payments, enabled: false }), '--yes', '--force');
    const created = made.document.mapping!.uuid;
    const before = changes(world);
    const words = (more: Partial<MappingSettings>) => ['update', created, ...toFlags(more), '--dry-run'];
    const planned = await checksOf(world, words(over));
    expect(planned.reported).toContain(check);
    expect(planned.blockers.includes(check)).toBe(stops);
    expect((await checksOf(world, words(within))).reported).not.toContain(check);
    if (stops) {
      const refused = await checksOf(world, ['update', created, ...toFlags(over), '--yes']);
      expect([refused.exitCode, refused.changed, refused.blockers.includes(check)]).toEqual([1, 0, true]);
    }
    expect(changes(world)).toBe(before);
  });
});

describe('a function that only API Gateway can call', () => {
  test.each<{ name: string; words: string[] }>([
    { name: 'create', words: ['create', ...toFlags(payments)] },
    { name: 'apply', words: apply('tenancy', payments) },
  ])('$name says it, and creates nothing', async ({ words }) => {
    const world = await serve('rights-by-wildcard', undefined, perTenant);
    for (const mode of ['--dry-run', '--yes']) {
      const { exitCode, changed, blockers } = await checksOf(world, [...words, mode]);
      expect([exitCode, changed, blockers.includes('function.tenancy')]).toEqual([1, 0, true]);
    }
    expect(changes(world)).toBe(0);
  });

  test('update of another setting is not stopped by it, and it is reported', async () => {
    const world = await serve('rights-by-wildcard', undefined, perTenant);
    const { reported, blockers } = await checksOf(world, ['update', uuid, '--batch-size', '7', '--dry-run']);
    expect([reported.includes('function.tenancy'), blockers]).toEqual([true, []]);
  });
});
