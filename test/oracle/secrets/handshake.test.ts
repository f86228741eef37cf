/** Client certificates shown to a server that asks for them, as a broker does. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountWith, uuid, value } from '../../accounts/account.js';
import { holding, secretFindings, texts } from '../../checks/secret/judge.js';
import { cn, issue, issueChain, keyOf, pkcs8, type Issued } from '../../secrets/support/issue.js';
import { leftOut } from '../left-out.js';

const { client, intermediate, root } = issueChain();
const elsewhere = issue({ name: cn('Other Root'), key: keyOf('prime256v1', 8), ca: true });
const day = 86_400_000;
const at = (days: number) => new Date(Date.now() + days * day);
const of = (...certificates: Issued[]) => certificates.map(({ pem }) => pem).join('');
const variant = (wanted: Partial<Parameters<typeof issue>[0]>) =>
  of(issue({ name: cn('client'), key: keyOf('rsa'), issuer: intermediate, ...wanted }), intermediate, root);

const cases: { name: string; certificate: string; accepted: boolean }[] = [
  { name: 'the whole chain', certificate: of(client, intermediate, root), accepted: true },
  { name: 'for clients', certificate: variant({ uses: ['1.3.6.1.5.5.7.3.2'] }), accepted: true },
  { name: 'expired', certificate: variant({ from: at(-20), to: at(-1) }), accepted: false },
  { name: 'not yet valid', certificate: variant({ from: at(1), to: at(20) }), accepted: false },
  { name: 'without its intermediate', certificate: of(client, root), accepted: false },
  { name: 'alone', certificate: of(client), accepted: false },
  { name: 'signed by itself', certificate: of(issue({ name: cn('client'), key: keyOf('rsa') })), accepted: false },
  { name: 'for servers', certificate: variant({ uses: ['1.3.6.1.5.5.7.3.1'] }), accepted: false },
  {
    name: 'with the intermediate of another key',
    certificate: of(client, issue({ name: intermediate.name, key: keyOf('rsa', 9), issuer: root, ca: true }), root),
    accepted: false,
  },
];

describe.skipIf(
  leftOut(
    'the handshake of secrets',
    spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0 ? null : 'this machine lacks openssl',
  ),
)('a server that verifies its clients', () => {
  const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-handshake-'));
  let server: ChildProcess;
  let port = 0;
  beforeAll(async () => {
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    port = await freePort();
    const issued = issue({ name: cn('localhost'), key: keyOf('prime256v1', 4) });
    server = spawn(
      'openssl',
      [
        's_server',
        '-accept',
        `127.0.0.1:${port}`,
        '-cert',
        file('server.pem', issued.pem),
        '-key',
        file('server.key', pkcs8(issued.key)),
        '-CAfile',
        file('root.pem', root.pem),
        '-no-CApath',
        '-Verify',
        '4',
        '-verify_return_error',
        '-tls1_2',
        '-quiet',
      ],
      { stdio: ['pipe', 'ignore', 'ignore'] },
    );
    for (let tries = 0; tries < 100 && !(await shows(port, of(client, intermediate, root))); tries++)
      await new Promise((done) => setTimeout(done, 100));
  });
  afterAll(() => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(cases)('$name', async ({ certificate, accepted }) => {
    expect(await shows(port, certificate)).toBe(accepted);
    const account = accountWith(
      (snapshot) => {
        value(snapshot.mappings, uuid).LastProcessingResult = texts.tls;
        holding({ certificate, privateKey: pkcs8(keyOf('rsa')) })(snapshot);
      },
      { auth: 'mtls' },
    );
    const failing = secretFindings(account)
      .filter(({ status }) => status === 'fail')
      .map(({ check }) => check);
    expect(failing).toEqual(accepted ? [] : ['secret.certificate']);
  });

  test('a chain that is whole, of an authority that the server does not trust, is beyond what can be seen here', async () => {
    const unknown = of(issue({ name: cn('client'), key: keyOf('rsa'), issuer: elsewhere }), elsewhere);
    expect(await shows(port, unknown)).toBe(false);
  });
});

/** Whether the server goes on after it saw the certificate. */
function shows(port: number, certificate: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      cert: certificate,
      key: pkcs8(keyOf('rsa')),
      rejectUnauthorized: false,
      maxVersion: 'TLSv1.2',
    });
    const end = (accepted: boolean) => {
      socket.destroy();
      done(accepted);
    };
    socket.once('secureConnect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}
