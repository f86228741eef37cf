/** Profiles and variables, taken as the AWS CLI takes them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import { openAccount } from '../../src/sandbox/index.js';
import { uuid } from '../accounts/account.js';
import { cn, issue, keyOf, pkcs8 } from '../secrets/support/issue.js';
import { startDouble, type Double } from '../wire/double.js';
import { spawnProgram } from './program.js';

let folder = '';
let double: Double;
let files: Record<string, string>;
const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'msk-lambda-'));
  double = await startDouble(openAccount('nat')!.answer as Answerer, (name) =>
    name === 'sts AssumeRole' ? 'denied' : undefined,
  );
  const [config, credentials] = [join(folder, 'config'), join(folder, 'credentials')];
  const section = (name: string, ...lines: string[]) => `[${name}]\n${lines.join('\n')}\n`;
  writeFileSync(
    config,
    [
      section('profile local', `endpoint_url = ${double.url}`),
      section('profile parts', 'services = parts'),
      section('services parts', 'lambda =', `  endpoint_url = ${double.url}`),
      section('profile bare', `endpoint_url = ${double.url}`),
      section(
        'profile role',
        `endpoint_url = ${double.url}`,
        'source_profile = local',
        'role_arn = arn:aws:iam::111122223333:role/reader',
      ),
    ].join(''),
  );
  writeFileSync(
    credentials,
    ['local', 'parts']
      .map((name) => section(name, 'aws_access_key_id = made-up', 'aws_secret_access_key = made-up'))
      .join(''),
  );
  files = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await double.close();
});

describe('a profile', () => {
  test.each(['local', 'parts'])('“%s” says where AWS is, by the flag as by the variable', async (profile) => {
    for (const ran of [
      await spawnProgram(['list', '--profile', profile], { env: { ...files, ...none } }),
      await spawnProgram(['list'], { env: { ...files, ...none, AWS_PROFILE: profile } }),
    ])
      expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(uuid) as string });
  });

  test('without credentials of its own: those of the variables, unless the flag names it', async () => {
    expect(await spawnProgram(['list'], { env: { ...files, AWS_PROFILE: 'bare' } })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(uuid) as string,
    });
    expect(await spawnProgram(['list', '--profile', 'bare'], { env: files })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('No AWS credentials were found for the profile “bare”') as string,
    });
  });

  test('whose role may not be assumed: no right of the reading call is missing', async () => {
    const ran = await spawnProgram(['doctor', uuid, '--profile', 'role'], { env: { ...files, ...none } });
    expect(ran).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(
        /^error: Your AWS credentials could not be loaded for the profile “role”: AccessDenied: made up/,
      ) as string,
    });
    expect(ran.stdout).not.toContain('lambda:');
  });
});

describe('AWS_CA_BUNDLE', () => {
  test('says who vouches for AWS', async () => {
    const authority = issue({ name: cn('authority'), key: keyOf('prime256v1'), ca: true });
    const key = keyOf('prime256v1', 1);
    const server = createServer(
      { key: pkcs8(key), cert: issue({ name: cn('localhost'), key, issuer: authority }).pem },
      (_, response) => response.end('{"EventSourceMappings":[]}'),
    );
    await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
    const bundle = join(folder, 'authorities.pem');
    writeFileSync(bundle, authority.pem);
    const env = { AWS_ENDPOINT_URL: `https://localhost:${(server.address() as AddressInfo).port}` };
    const [trusting, doubting] = [
      await spawnProgram(['list'], { env: { ...env, AWS_CA_BUNDLE: bundle } }),
      await spawnProgram(['list'], { env }),
    ];
    server.closeAllConnections();
    server.close();
    expect([trusting.exitCode, doubting.exitCode]).toEqual([0, 3]);
  });

  test('that cannot be read is said, once, and stops nothing', async () => {
    const ran = await spawnProgram(['list', '--output', 'json'], {
      env: { AWS_ENDPOINT_URL: double.url, AWS_CA_BUNDLE: join(folder, 'gone.pem') },
    });
    expect([ran.exitCode, (JSON.parse(ran.stdout) as { mappings: object[] }).mappings.length]).toEqual([0, 1]);
    expect(ran.stderr).toMatch(/^Note: AWS_CA_BUNDLE names \S+gone\.pem, which cannot be read \(ENOENT\)[^\n]+\n$/);
  });
});

test('an AWS_ENDPOINT_URL that is no address is wrong usage, unless the flag says another', async () => {
  const env = { AWS_ENDPOINT_URL: '127.0.0.1:4566' };
  expect(await spawnProgram(['list'], { env })).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('AWS_ENDPOINT_URL is not a valid address') as string,
  });
  expect(await spawnProgram(['list', '--endpoint-url', double.url], { env })).toMatchObject({ exitCode: 0 });
});
