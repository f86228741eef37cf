/** A missing region or profile, a closed or full stream: one sentence, and the exit code of the result. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { launcher, run } from './program.js';
import { serve } from './account.js';

const uuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11';
const creation = ['--function', 'f', '--cluster', 'c', '--topic', 'orders', '--starting-position', 'LATEST'];
const lines = [
  ['doctor', uuid],
  ['list'],
  ['broker', 'c'],
  ['network', uuid],
  ['inspect', uuid],
  ['policy', uuid],
  ['snapshot', uuid],
  ['topic', 'list', 'c'],
  ['topic', 'create', 'c', '--topic', 'orders', '--partitions', '1', '--replication-factor', '1', '--yes'],
  ['create', ...creation, '--yes'],
  ['update', uuid, '--batch-size', '5', '--yes'],
  ['enable', uuid, '--yes'],
  ['disable', uuid, '--yes'],
  ['delete', uuid, '--yes'],
  ['recreate', uuid, '--topic', 'orders', '--yes'],
  ['secret', 'check', 'AmazonMSK_orders'],
];

describe.each(lines.map((words) => [words.slice(0, 2).join(' '), words] as const))('%s', (_, words) => {
  test('without a region', async () => {
    const { exitCode, stderr } = await run(words, { env: { AWS_REGION: '' } });
    expect(stderr).toMatch(/^error: No AWS region is configured\.\n/);
    expect(exitCode).toBe(2);
  });
  test('with a profile that does not exist', async () => {
    const { exitCode, stderr } = await run([...words, '--profile', 'nosuch'], { env: { AWS_REGION: '' } });
    expect(stderr).toMatch(/^error: the profile “nosuch” does not exist\n/);
    expect(exitCode).toBe(2);
  });
  test('with a profile that does not exist, and a region', async () => {
    for (const [more, env] of [
      [['--profile', 'nosuch'], {}],
      [['--profile', 'nosuch', '--region', 'eu-west-1'], { AWS_REGION: '' }],
      [[], { AWS_PROFILE: 'nosuch', AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }],
    ] as const) {
      const { exitCode, stderr, stdout } = await run([...words, ...more], { env });
      expect(stderr).toMatch(/^error: the profile “nosuch” does not exist\n/);
      expect([exitCode, stdout]).toEqual([2, '']);
    }
  });
});

describe('doctor --regions', () => {
  const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  test.each(['all', 'eu-west-1,eu-central-1'])('%s, with a profile that does not exist', async (regions) => {
    const { exitCode, stderr, stdout } = await run(['doctor', '--regions', regions, '--profile', 'nosuch']);
    expect(stderr).toMatch(/^error: the profile “nosuch” does not exist\n/);
    expect([exitCode, stdout]).toEqual([2, '']);
  });
  test('all, without credentials: nothing could be read, and no permission is asked for', async () => {
    const { exitCode, stderr, stdout } = await run(['doctor', '--regions', 'all'], { env: none });
    expect(stderr).toMatch(/^error: No AWS credentials were found\.\n/);
    expect(stderr).not.toContain('ec2:DescribeRegions');
    expect([exitCode, stdout]).toEqual([3, '? Unknown: No AWS credentials were found.\n']);
  });
  test('all, without credentials, as JSON', async () => {
    const { exitCode, stdout } = await run(['doctor', '--regions', 'all', '--output', 'json'], { env: none });
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      regions: [],
      unread: [{ region: 'all', because: 'No AWS credentials were found.' }],
    });
  });
});

test.each(['missing.json', './missing', 'folder/missing.yaml', '~/secret', '/missing/secret.txt', '../missing.pem'])(
  'secret check %s: no such file',
  async (name) => {
    const { exitCode, stderr } = await run(['secret', 'check', name], { env: { AWS_REGION: '' } });
    expect(stderr).toContain(`file not found: ${name}`);
    expect(exitCode).toBe(2);
  },
);

describe.skipIf(process.platform === 'win32')('streams', () => {
  const exitCodeOf = (line: string): { code: number; stderr: string } => {
    const env = { ...process.env, AWS_REGION: 'eu-west-1', CI: '' };
    const text = execFileSync('sh', ['-c', `{ { ${line}; } 2>&4; echo "code $?" >&3; } 3>&1 4>&1`], {
      env: { ...env, P: launcher, N: process.execPath },
      encoding: 'utf8',
    });
    return { code: Number(/code (\d+)/.exec(text)?.[1]), stderr: text };
  };
  test.each([
    ['a problem', 'doctor --sandbox', 1],
    ['wrong usage', 'doctor --sandbox nope', 2],
    ['health', 'doctor --sandbox nat', 0],
  ])('a closed or full stderr keeps the exit code: %s', (_, words, expected) => {
    expect(exitCodeOf(`"$N" "$P" ${words} >/dev/null 2>&-`).code).toBe(expected);
    if (existsSync('/dev/full')) expect(exitCodeOf(`"$N" "$P" ${words} >/dev/null 2>/dev/full`).code).toBe(expected);
  });
  test.skipIf(!existsSync('/dev/full')).each(['doctor --sandbox', '--help', 'list --sandbox --output json'])(
    'a full disk is said: %s',
    (words) => {
      const { code, stderr } = exitCodeOf(`"$N" "$P" ${words} >/dev/full`);
      expect(stderr).toMatch(/cannot write .*(no space left on the device|ENOSPC)/);
      expect(code).toBe(3);
    },
  );
  test.skipIf(!existsSync('/dev/full'))('a full disk under a file is said', () => {
    const { code, stderr } = exitCodeOf('"$N" "$P" list --sandbox --output-file /dev/full');
    expect(stderr).toContain('cannot write /dev/full: no space left on the device');
    expect(code).toBe(2);
  });
});

describe('a change', () => {
  test('of the topic is not headed “nothing to do”', async () => {
    const account = await serve('nat');
    const { stdout, exitCode } = await account.run('update', uuid, '--topic', 'payments', '--yes');
    expect(stdout).not.toContain('nothing to do');
    expect(stdout).toContain('cannot be changed');
    expect(exitCode).toBe(1);
  });
  test('a different mapping that exists is mapping.conflict', async () => {
    const account = await serve('nat');
    const words = ['--function', 'order-handler', '--cluster', 'orders-cluster', '--topic', 'orders'];
    const line = ['create', ...words, '--starting-position', 'LATEST', '--batch-size', '7', '--yes'];
    const { stdout, exitCode } = await account.run(...line);
    expect(stdout).toContain('mapping.conflict');
    expect(exitCode).toBe(1);
  });
});
