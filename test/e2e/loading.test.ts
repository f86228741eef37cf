import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import { run } from './program.js';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
let sdkChunks: Set<string>;

beforeAll(async () => {
  const files = (await readdir(dist)).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(files.map(async (name) => [name, await readFile(join(dist, name), 'utf8')] as const));
  // Where the bundle holds the SDK's middleware, its clients or its commands.
  sdkChunks = new Set(
    texts.filter(([, text]) => /middlewareStack|smithy\.|@smithy\//.test(text)).map(([name]) => name),
  );
});

/** Files of the bundle that a run loads, by V8's own account of them. */
async function loaded(words: readonly string[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'loaded-'));
  await run(words, { env: { NODE_V8_COVERAGE: folder } });
  const reports = await Promise.all(
    (await readdir(folder)).map(
      async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as { result: { url: string }[] },
    ),
  );
  await rm(folder, { recursive: true });
  return reports.flatMap(({ result }) =>
    result.flatMap(({ url }) => (url.includes('/dist/') ? [url.slice(url.lastIndexOf('/') + 1)] : [])),
  );
}

describe('what is loaded', () => {
  const names = commands.flatMap(({ name, commands: below = [] }) => [[name], ...below.map((one) => [name, one.name])]);
  test.concurrent.each([[], ...names].map((words) => [words.join(' '), words] as const))(
    '%s --help loads no module of the SDK',
    async (_, words) => {
      const files = await loaded([...words, '--help']);
      expect(files).toContain('main.js');
      expect(files.filter((name) => sdkChunks.has(name))).toEqual([]);
    },
  );

  test.each([[['--version']], [['explain', '--list']], [['nonsense']], [['sandbox', 'list']]])(
    'nor does %j',
    async (words) => {
      expect((await loaded(words)).filter((name) => sdkChunks.has(name))).toEqual([]);
    },
  );

  test('a command that reads AWS does, and this test would see it', async () => {
    expect((await loaded(['list', '--sandbox'])).filter((name) => sdkChunks.has(name)).length).toBeGreaterThan(0);
  });
});
