/** Names of an account are kept for a short time, for their owner only. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cachedNames } from '../../../src/cli/completion/names-cache.js';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'names-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const key = { profile: 'staging', region: 'eu-west-1', endpoint: '' };
const names = { mappings: [], functions: [{ value: 'order-handler', description: 'function' }], clusters: [] };
const minute = 60_000;

function reader(answer: typeof names | null = names) {
  const calls = { count: 0 };
  const env = { XDG_CACHE_HOME: folder };
  const ask = (now: number, which = key) =>
    cachedNames(which, env, () => Promise.resolve(((calls.count += 1), answer)), now);
  return { calls, ask };
}

test('AWS is asked once in ten minutes, and for each account', async () => {
  const { calls, ask } = reader();
  expect((await ask(0)).functions).toEqual(names.functions);
  await ask(9 * minute);
  expect(calls.count).toBe(1);
  await ask(11 * minute);
  await ask(11 * minute, { ...key, region: 'us-east-1' });
  expect(calls.count).toBe(3);
});

test('a refusal is not asked again at each Tab, and earlier names stay', async () => {
  const refused = reader(null);
  expect((await refused.ask(0)).functions).toEqual([]);
  await refused.ask(minute / 2);
  expect(refused.calls.count).toBe(1);
  await refused.ask(2 * minute);
  expect(refused.calls.count).toBe(2);
});

test('the file is for its owner, and its name tells nothing of the account', async () => {
  await reader().ask(0);
  const [file] = readdirSync(join(folder, 'msk-lambda'));
  expect(file).toMatch(/^names-[0-9a-f]{16}\.json$/);
  const path = join(folder, 'msk-lambda', file!);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).not.toContain('staging');
});

test('a broken file, or a folder that cannot be written, is no obstacle', async () => {
  await reader().ask(0);
  const [file] = readdirSync(join(folder, 'msk-lambda'));
  writeFileSync(join(folder, 'msk-lambda', file!), '{"at":');
  expect((await reader().ask(minute)).functions).toEqual(names.functions);
  const nowhere = join(folder, 'msk-lambda', file!);
  expect((await cachedNames(key, { XDG_CACHE_HOME: nowhere }, () => Promise.resolve(names), 0)).functions).toEqual(
    names.functions,
  );
});
