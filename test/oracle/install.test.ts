/** The README's two ways to a running program: from a clone, and from the packed package. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftOut } from './left-out.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(AWS_|npm_|NODE_ENV$|VITEST)/.test(name)),
);

interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

const type = (cwd: string, program: string, ...words: string[]): Promise<Ended> =>
  new Promise((done) => {
    execFile(program, words, { cwd, env: environment, maxBuffer: 50_000_000 }, (error, stdout, stderr) =>
      done({ exitCode: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
    );
  });

const missing =
  process.env['MSK_LAMBDA_REQUIRE_ALL'] === '1'
    ? null
    : 'it installs from the registry; MSK_LAMBDA_REQUIRE_ALL=1 runs it';

describe.skipIf(leftOut('installing', missing))('a bare machine with Node and npm', () => {
  let folder = '';
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
    const installed = await type(user, 'npm', 'install', '--no-audit', '--no-fund', join(folder, filename));
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
});
