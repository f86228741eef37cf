import { Ajv2020 } from 'ajv/dist/2020.js';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import regionsSchema from '../../schema/doctor-regions.v1.json' with { type: 'json' };
import type { Answerer } from '../../src/account/clients.js';
import { openAccount } from '../../src/sandbox/index.js';
import { runInProcess } from '../cli/in-process.js';
import { startDouble, type Double } from './double.js';

interface Regions {
  regions: { region: string; mappings: { verdict: string }[] }[];
  unread: { region: string; because: string }[];
}

let double: Double;
const asked: string[] = [];
const names = ['eu-west-1', 'eu-west-2', 'sa-east-1'];

/** An account of three regions: a broken mapping, none, and a region that the organization closes. */
beforeEach(async () => {
  const { answer } = openAccount('nat-blackhole')!;
  asked.length = 0;
  let region = '';
  double = await startDouble(
    (async (call) => {
      if (call.operation === 'DescribeRegions') return { Regions: names.map((RegionName) => ({ RegionName })) };
      if (call.operation === 'ListEventSourceMappings' && region === 'eu-west-2') return { EventSourceMappings: [] };
      return answer(call);
    }) as Answerer,
    (name, at) => {
      region = at;
      asked.push(at);
      return at === 'sa-east-1' && name !== 'sts GetCallerIdentity' ? 'denied' : undefined;
    },
  );
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'made-up');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'made-up');
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
  vi.stubEnv('AWS_ENDPOINT_URL', double.url);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await double.close();
});

describe('doctor --regions', () => {
  test('all: the document of each region, and the ones that are closed are said', async () => {
    const { exitCode, stdout, stderr } = await runInProcess(['doctor', '--regions', 'all', '--output', 'json'], {
      env: { AWS_REGION: 'eu-west-1' },
    });
    const document = JSON.parse(stdout) as Regions;
    const validate = new Ajv2020().compile(regionsSchema);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(document.regions.map(({ region, mappings }) => [region, mappings.map(({ verdict }) => verdict)])).toEqual([
      ['eu-west-1', ['broken']],
      ['eu-west-2', []],
    ]);
    expect(document.unread).toMatchObject([
      { region: 'sa-east-1', because: expect.stringContaining('could not be listed') as string },
    ]);
    expect(stderr).toContain('sa-east-1');
    expect(exitCode).toBe(1);
  });

  test('one that was named and is closed is a gap, one of all is none', async () => {
    const exitCode = async (regions: string) =>
      (await runInProcess(['doctor', '--regions', regions, '--quiet'])).exitCode;
    expect(await exitCode('eu-west-2,sa-east-1')).toBe(3);
    expect(await exitCode('eu-west-2')).toBe(0);
    expect(await exitCode('eu-west-1,sa-east-1')).toBe(1);
  });

  test('jsonl carries the region, text a part for each', async () => {
    const lines = await runInProcess(['doctor', '--regions', 'eu-west-2,eu-west-1', '--output', 'jsonl']);
    expect(
      lines.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toMatchObject([{ region: 'eu-west-1' }, { regions: [{ region: 'eu-west-2' }, { region: 'eu-west-1' }] }]);
    const text = await runInProcess(['doctor', '--regions', 'eu-west-2,eu-west-1']);
    expect(text.stdout).toMatch(
      /^eu-west-1\n✗ order-handler[\s\S]*No event source mapping on Amazon MSK in eu-west-2\./,
    );
  });
});

test('all, where the regions may not be listed: exit 3, with the permission that is missing', async () => {
  const refusing = await startDouble(
    async () => ({}),
    () => 'denied',
  );
  vi.stubEnv('AWS_ENDPOINT_URL', refusing.url);
  const { exitCode, stderr, stdout } = await runInProcess(['doctor', '--regions', 'all']);
  await refusing.close();
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/^\? Unknown: The list of regions could not be read: /);
  expect(stderr).toMatch(/^error: The list of regions could not be read: [^]*need ec2:DescribeRegions\. Or name/);
});

describe('the region', () => {
  const regionOf = async (env: Record<string, string>, ...words: string[]) => {
    asked.length = 0;
    await runInProcess(['list', ...words], { env });
    return asked[0];
  };
  test('as the AWS CLI takes it: flag, AWS_REGION, AWS_DEFAULT_REGION, profile', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'config-'));
    await writeFile(join(folder, 'config'), '[profile far]\nregion = ap-south-1\n');
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
    vi.stubEnv('AWS_REGION', '');
    const both = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-north-1' };
    expect(await regionOf(both, '--region', 'us-east-2')).toBe('us-east-2');
    expect(await regionOf(both)).toBe('eu-west-1');
    expect(await regionOf({ AWS_DEFAULT_REGION: 'eu-north-1' })).toBe('eu-north-1');
    // The SDK reads the process's own environment, the command the one that it is given.
    const files = {
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    };
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', files.AWS_SHARED_CREDENTIALS_FILE);
    await writeFile(
      files.AWS_SHARED_CREDENTIALS_FILE,
      '[far]\naws_access_key_id = made-up\naws_secret_access_key = made-up\n',
    );
    expect(await regionOf(files, '--profile', 'far')).toBe('ap-south-1');
    await rm(folder, { recursive: true });
  });
});
