/** An AWS simulator that others wrote: moto, as a server on loopback. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { account } from '../../accounts/account.js';

const program = process.env['MSK_LAMBDA_MOTO'] ?? 'moto_server';

/** Why there is no moto here; null where there is one. */
export const missingMoto = (): string | null =>
  spawnSync(program, ['--help'], { stdio: 'ignore', timeout: 60_000 }).status === 0
    ? null
    : 'it needs moto_server (pip install "moto[server]"), on PATH or in MSK_LAMBDA_MOTO';

export interface Moto {
  url: string;
  stop(): Promise<void>;
}

export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, MOTO_ACCOUNT_ID: account, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' };
  const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], { env, stdio: 'ignore' });
  for (let tries = 0; !(await answers(url)); tries++) {
    if (tries > 300 || child.exitCode !== null) throw new Error('moto does not answer');
    await new Promise((done) => setTimeout(done, 100));
  }
  return { url, stop: () => stop(child) };
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/moto-api/data.json`).then(
    ({ ok }) => ok,
    () => false,
  );

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGKILL');
  });

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
