/** The README's two ways to a running program: from a clone, and from the packed package, on each line of Node. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import type { Answerer } from '../../src/account/clients.js';
import { openAccount } from '../../src/sandbox/index.js';
import { startDouble } from '../wire/double.js';
import { leftOut } from './left-out.js';
import nodeVersions from './node-versions.json' with { type: 'json' };

const repository = fileURLToPath(new URL('../..', import.meta.url));
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(AWS_|npm_|NODE_ENV$|VITEST)/.test(name)),
);

interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

const runWith = (env: NodeJS.ProcessEnv, cwd: string, program: string, words: readonly string[]): Promise<Ended> =>
  new Promise((done) => {
    execFile(program, words, { cwd, env, maxBuffer: 50_000_000 }, (error, stdout, stderr) =>
      done({ exitCode: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
    );
  });
const type = (cwd: string, program: string, ...words: string[]): Promise<Ended> =>
  runWith(environment, cwd, program, words);

const asked = process.env['MSK_LAMBDA_REQUIRE_ALL'] === '1' || process.env['npm_lifecycle_event'] === 'oracle:install';
const missing = asked ? null : '`npm run oracle:install` installs from the registry';

describe.skipIf(leftOut('installing', missing))('a bare machine with Node and npm', () => {
  let folder = '';
  let tarball = '';
  const clone = () => join(folder, 'clone');
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'msk-lambda-install-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('a clone: npm ci, then the sandbox shows its cause and exits 1', async () => {
    expect(await type(folder, 'git', 'clone', '--quiet', repository, clone())).toMatchObject({ exitCode: 0 });
    const installed = await type(clone(), 'npm', 'ci');
    expect(installed, installed.stderr).toMatchObject({ exitCode: 0 });
    const doctor = await type(clone(), 'npx', 'msk-lambda', 'doctor', '--sandbox', '--output', 'json');
    expect(doctor.exitCode).toBe(1);
    const { mappings } = JSON.parse(doctor.stdout) as { mappings: { verdict: string; causes: { check: string }[] }[] };
    expect([mappings[0]!.verdict, mappings[0]!.causes[0]!.check]).toEqual(['broken', 'network.aws-path']);
    expect((await type(clone(), 'git', 'status', '--porcelain')).stdout).toBe('');
  });

  test('the packed package: holds all that it names, installs alone, and runs', async () => {
    const packed = await type(clone(), 'npm', 'pack', '--json', '--pack-destination', folder);
    const [{ filename, files }] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }];
    tarball = join(folder, filename);
    const folders = new Set(files.map(({ path }) => path.split('/')[0]));
    for (const wanted of [
      'bin',
      'dist',
      'docs',
      'man',
      'schema',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'package.json',
    ])
      expect([...folders]).toContain(wanted);
    expect(files.map(({ path }) => path).filter((path) => /^(src|test|bench|scripts)\//.test(path))).toEqual([]);

    const user = mkdtempSync(join(folder, 'user-'));
    const installed = await type(user, 'npm', 'install', '--no-audit', '--no-fund', tarball);
    expect(installed, installed.stderr).toMatchObject({ exitCode: 0 });
    // All it needs is bundled: nothing else is installed with it.
    expect(readdirSync(join(user, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['msk-lambda']);
    const version = await type(user, 'npx', 'msk-lambda', '--version');
    expect(version).toMatchObject({ exitCode: 0, stdout: `${JSON.parse(packed.stdout)[0].version as string}\n` });
    expect(await type(user, 'npx', 'msk-lambda', 'doctor', '--sandbox', '--quiet')).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('broken network.aws-path') as string,
    });
    expect(await type(user, 'npx', 'msk-lambda', 'explain', 'network.aws-path')).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
  });

  test('the first Node that is tried is the oldest that package.json allows', () =>
    expect(`${manifest.engines.node}.0`).toBe(`>=${nodeVersions[0]}`));

  describe('the packed package, installed with -g', () => {
    /** Command lines, each with its answer by the clone on the Node that runs this test. */
    let expected: [words: string[], ended: Ended][] = [];
    beforeAll(async () => {
      const account = join(folder, 'account.json');
      const inClone = (words: string[]) => type(folder, process.execPath, join(clone(), 'bin/msk-lambda.js'), ...words);
      expect(await inClone(['snapshot', '--sandbox', '-o', account])).toMatchObject({ exitCode: 0 });
      const commandLines = [
        ['--version'],
        ['--help'],
        ['explain', 'network.aws-path'],
        ['doctor', '--snapshot', account],
        ['doctor', '--snapshot', account, '--output', 'json'],
        ['create', '--nonsense'],
      ];
      expected = await Promise.all(commandLines.map(async (words) => [words, await inClone(words)] as const));
    });

    test.each(nodeVersions)('answers on Node %s as the clone does', async (version) => {
      const node = join(folder, `node-${version}`);
      const words = ['install', '--no-audit', '--no-fund', '--prefix', node, `node@${version}`];
      expect(await type(folder, 'npm', ...words)).toMatchObject({ exitCode: 0 });
      const prefix = join(folder, `prefix-${version}`);
      const path = [join(node, 'node_modules/node/bin'), join(prefix, 'bin'), environment['PATH']].join(delimiter);
      const under = (env: Record<string, string>, program: string, ...rest: string[]): Promise<Ended> =>
        runWith({ ...environment, PATH: path, ...env }, folder, program, rest);
      expect(await under({}, 'node', '--version')).toMatchObject({ stdout: `v${version}\n` });
      const installed = await under({}, 'npm', 'install', '-g', '--prefix', prefix, tarball);
      expect(installed, installed.stderr).toMatchObject({ exitCode: 0 });
      expect(installed.stderr).not.toContain('EBADENGINE');
      expect(await under({}, 'which', 'msk-lambda')).toMatchObject({ stdout: `${join(prefix, 'bin/msk-lambda')}\n` });

      for (const [line, ended] of expected)
        expect(await under({}, 'msk-lambda', ...line), line.join(' ')).toEqual(ended);

      // Over HTTP, each service in its own protocol.
      const double = await startDouble(openAccount('nat-blackhole')!.answer as Answerer);
      const aws = {
        AWS_ENDPOINT_URL: double.url,
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'made-up',
        AWS_SECRET_ACCESS_KEY: 'made-up',
        AWS_CONFIG_FILE: '/nonexistent',
      };
      const doctor = await under(aws, 'msk-lambda', 'doctor', '--quiet');
      await double.close();
      expect(doctor).toEqual({
        exitCode: 1,
        stdout: expect.stringContaining('broken network.aws-path') as string,
        stderr: '',
      });
    });
  });
});
