/** Requests through a proxy on loopback: tunnels for HTTPS, whole addresses for HTTP, and what a user reads where it refuses. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, request as forward, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer, type Server } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import type { Socket } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClients } from '../../src/account/clients.js';
import { Reader } from '../../src/account/reader.js';
import { cn, issue, keyOf, pkcs8 } from '../secrets/support/issue.js';

const password = randomBytes(12).toString('hex');
const authority = issue({ name: cn('authority'), key: keyOf('prime256v1'), ca: true });
const key = keyOf('prime256v1', 1);
const mappings = '{"EventSourceMappings":[]}';
const secure: Server = createSecureServer(
  { key: pkcs8(key), cert: issue({ name: cn('localhost'), key, issuer: authority }).pem },
  (_, response) => response.end(mappings),
);
const plain = createServer((_, response) => response.end(mappings));

/** What the proxy was asked for, and what it demands. */
let asked: string[] = [];
let demands: { authorization?: string; status?: number } = {};
const mayPass = ({ headers }: IncomingMessage): number =>
  demands.authorization !== undefined && headers['proxy-authorization'] !== demands.authorization
    ? 407
    : (demands.status ?? 200);
const proxy = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  const status = mayPass(request);
  if (status !== 200) return void response.writeHead(status).end();
  request.pipe(
    forward(request.url!, { method: request.method!, headers: request.headers }, (answer) => answer.pipe(response)),
  );
});
proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
  asked.push(`CONNECT ${request.url}`);
  const status = mayPass(request);
  socket.on('error', () => {});
  if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
  const onward = connect(Number(request.url!.split(':')[1]), 'localhost', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.pipe(onward).pipe(socket);
  });
  onward.on('error', () => socket.destroy());
});

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;
beforeAll(() =>
  Promise.all([secure, plain, proxy].map((server) => new Promise<void>((done) => server.listen(0, 'localhost', done)))),
);
afterAll(() => {
  for (const server of [secure, plain, proxy]) {
    server.closeAllConnections();
    server.close();
  }
});
beforeEach(() => {
  [asked, demands] = [[], {}];
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'made-up');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'made-up');
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY']) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toLowerCase(), undefined);
  }
});
afterEach(() => void vi.unstubAllEnvs());

/** One read of a list; its outcome and error. */
async function list(scheme: 'http' | 'https', env: Record<string, string>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const clients = createClients({
    region: 'eu-west-1',
    endpointUrl: `${scheme}://localhost:${portOf(scheme === 'https' ? secure : plain)}`,
    authorities: authority.pem,
  });
  const read = await new Reader(clients).pages('lambda', 'ListEventSourceMappings', {});
  return { outcome: read.outcome, error: read.outcome === 'ok' ? '' : read.error };
}
const proxyUrl = (user = ''): string => `http://${user}localhost:${portOf(proxy)}`;
const tunnel = () => [`CONNECT localhost:${portOf(secure)}`];

describe('a name that cannot be looked up', () => {
  const unknown = 'https://nothing.invalid';
  test.each([
    {
      name: 'the variable that excludes it from the proxy',
      env: { HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: 'invalid' },
      error: /: NO_PROXY excludes it from the proxy$/,
    },
    {
      name: 'the variable of the address',
      env: { AWS_ENDPOINT_URL: unknown },
      error: /: check AWS_ENDPOINT_URL$/,
    },
    {
      name: 'the variable of the service’s address',
      env: { AWS_ENDPOINT_URL_LAMBDA: unknown },
      error: /: check AWS_ENDPOINT_URL_LAMBDA$/,
    },
    { name: 'the region, where no variable is set', env: {}, error: /: check the region$/ },
  ])('names $name', async ({ env, error }) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const clients = createClients({ region: 'eu-west-1', endpointUrl: unknown });
    const read = await new Reader(clients).pages('lambda', 'ListEventSourceMappings', {});
    expect(read).toMatchObject({ outcome: 'failed', error: expect.stringMatching(error) as string });
  });
});

test('the call by which a profile assumes its role goes through the proxy too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-'));
  const config = join(folder, 'config');
  const endpoint = `endpoint_url = http://localhost:${portOf(plain)}`;
  writeFileSync(
    config,
    `[profile base]\naws_access_key_id = made-up\naws_secret_access_key = made-up\n[profile role]\nsource_profile = base\nrole_arn = arn:aws:iam::111122223333:role/reader\n${endpoint}\n`,
  );
  vi.stubEnv('AWS_CONFIG_FILE', config);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
  vi.stubEnv('HTTP_PROXY', proxyUrl());
  const clients = createClients({ region: 'eu-west-1', profile: 'role' });
  // The double knows no STS: what counts is the way of the request.
  await new Reader(clients).call('lambda', 'ListEventSourceMappings', {});
  rmSync(folder, { recursive: true });
  expect(asked[0]).toBe(`POST http://localhost:${portOf(plain)}/`);
});

describe('credentials of a profile, with a proxy set', () => {
  const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const read = async (profile: string, config: string) => {
    writeFileSync(join(folder, 'config'), config);
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    vi.stubEnv('HTTPS_PROXY', proxyUrl());
    vi.stubEnv('HTTP_PROXY', proxyUrl());
    demands = { status: 503 };
    await new Reader(createClients({ region: 'eu-west-1', profile })).call('lambda', 'ListEventSourceMappings', {});
  };

  test('IAM Identity Center (SSO) is asked through the proxy', async () => {
    const home = join(folder, 'home');
    const start = 'https://example.awsapps.com/start';
    const cache = join(home, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    const name = createHash('sha1').update(start).digest('hex');
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    writeFileSync(join(cache, `${name}.json`), JSON.stringify({ accessToken: 'made-up', expiresAt }));
    vi.stubEnv('HOME', home);
    vi.stubEnv('USERPROFILE', home);
    await read(
      'sso',
      `[profile sso]\nsso_start_url = ${start}\nsso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = reader\n`,
    );
    expect(asked[0]).toBe('CONNECT portal.sso.eu-west-1.amazonaws.com:443');
  });

  test('the instance metadata service is asked directly', async () => {
    let direct = 0;
    const metadata = createServer((_, response) => {
      direct++;
      response.writeHead(404).end();
    });
    await new Promise<void>((done) => metadata.listen(0, 'localhost', done));
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', undefined);
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', `http://localhost:${portOf(metadata)}`);
    await read(
      'instance',
      `[profile instance]\nrole_arn = arn:aws:iam::111122223333:role/x\ncredential_source = Ec2InstanceMetadata\n`,
    );
    const port = portOf(metadata);
    metadata.close();
    expect(direct).toBeGreaterThan(0);
    expect(asked.filter((line) => line.includes(`:${port}`))).toEqual([]);
  });
});

describe('a proxy', () => {
  test('is asked for a tunnel to an address with TLS', async () => {
    expect(await list('https', { HTTPS_PROXY: proxyUrl() })).toEqual({ outcome: 'ok', error: '' });
    expect(asked).toEqual(tunnel());
  });

  test('is asked for the whole address without TLS', async () => {
    expect(await list('http', { HTTP_PROXY: proxyUrl() })).toEqual({ outcome: 'ok', error: '' });
    expect(asked).toEqual([`GET http://localhost:${portOf(plain)}/2015-03-31/event-source-mappings`]);
  });

  test('is given the user name and the password of its address', async () => {
    demands = { authorization: `Basic ${Buffer.from(`us er:${password}`).toString('base64')}` };
    const env = { HTTPS_PROXY: proxyUrl(`us%20er:${password}@`), HTTP_PROXY: proxyUrl(`us%20er:${password}@`) };
    expect(await list('https', env)).toMatchObject({ outcome: 'ok' });
    expect(await list('http', env)).toMatchObject({ outcome: 'ok' });
  });

  test.each([
    { name: 'the name of the host', NO_PROXY: 'localhost' },
    { name: 'everything', NO_PROXY: '*' },
    { name: 'one of several names', NO_PROXY: 'example.com, .localhost' },
  ])('is left out where NO_PROXY names $name', async ({ NO_PROXY }) => {
    expect(await list('https', { HTTPS_PROXY: proxyUrl(), NO_PROXY })).toMatchObject({ outcome: 'ok' });
    expect(asked).toEqual([]);
  });

  test.each([
    {
      name: 'wants a password and has none',
      user: '',
      demanded: { authorization: 'Basic no' },
      error: /^The proxy localhost:\d+ \(HTTPS_PROXY\) needs a user name and a password \(HTTP status 407\)/,
    },
    {
      name: 'does not accept the password',
      user: `user:${password}@`,
      demanded: { authorization: 'Basic no' },
      error: /^The proxy localhost:\d+ \(HTTPS_PROXY\) rejects the user name and password in HTTPS_PROXY/,
    },
    {
      name: 'refuses the address',
      user: `user:${password}@`,
      demanded: { status: 403 },
      error: /refuses the connection to localhost:\d+ \(HTTP status 403\)\.$/,
    },
  ])('that $name is said, and the password never', async ({ user, demanded, error }) => {
    demands = demanded;
    const read = await list('https', { HTTPS_PROXY: proxyUrl(user) });
    expect(read).toEqual({ outcome: 'failed', error: expect.stringMatching(error) as string });
    expect(read.error).not.toContain(password);
    expect(asked).toEqual(tunnel());
  });

  test('that wants a password without TLS is said too', async () => {
    demands = { authorization: 'Basic no' };
    const read = await list('http', { HTTP_PROXY: proxyUrl(`user:${password}@`) });
    expect(read).toEqual({
      outcome: 'failed',
      error: 'the proxy rejects the user name and password, or requires them (HTTP status 407)',
    });
  });

  test.each([
    {
      name: 'does not listen',
      host: '127.0.0.1:1',
      error: /\(HTTPS_PROXY\) cannot be used: it could not be reached \(ECONNREFUSED\)/,
    },
    {
      name: 'has no address',
      host: 'no-such-proxy.invalid:3128',
      error: /\(HTTPS_PROXY\) cannot be used: its host name could not be resolved/,
    },
  ])('that $name is named with its variable', async ({ host, error }) => {
    const read = await list('https', { HTTPS_PROXY: `http://user:${password}@${host}` });
    expect(read).toEqual({ outcome: 'failed', error: expect.stringMatching(error) as string });
    expect(read.error).not.toContain(password);
  });
});
