/** `recreate` that is killed between its two calls leaves a journal, which the next run finds. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openAccount } from '../../src/sandbox/index.js';
import { startDouble } from '../wire/double.js';
import { spawnProgram } from './program.js';

const uuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11';

test.skipIf(process.platform === 'win32')('killed between delete and create', async () => {
  const state = mkdtempSync(join(tmpdir(), 'msk-lambda-state-'));
  const sandbox = openAccount('nat')!;
  let kill = () => {};
  let hang = true;
  const double = await startDouble((call) => {
    if (call.operation !== 'CreateEventSourceMapping' || !hang) return sandbox.answer(call);
    kill();
    return new Promise<object>(() => {});
  });
  const env = { AWS_ENDPOINT_URL: double.url, XDG_STATE_HOME: state };
  const recreate = ['recreate', uuid, '--batch-size', '7', '--yes', '--no-wait', '--force'];
  try {
    const killed = await spawnProgram(recreate, {
      env,
      started: (signal) => {
        kill = () => signal('SIGKILL');
      },
    });
    expect(killed.exitCode).toBeNull();
    const [file] = readdirSync(join(state, 'msk-lambda'));
    const path = join(state, 'msk-lambda', file!);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { command } = JSON.parse(readFileSync(path, 'utf8')) as { command: string };
    expect(killed.stderr).toContain(command.replace(/ --region .*/, ''));
    for (const words of [['list'], ['doctor', '--verbose'], ['recreate', uuid, '--yes']]) {
      const { stderr } = await spawnProgram(words, { env });
      expect(stderr).toContain(command);
    }
    hang = false;
    const again = await spawnProgram([...command.split(' ').slice(1), '--yes', '--force', '--no-wait'], { env });
    expect(again.exitCode).toBe(0);
  } finally {
    rmSync(state, { recursive: true });
    await double.close();
  }
});

test('one that comes to its end leaves none', async () => {
  const state = mkdtempSync(join(tmpdir(), 'msk-lambda-state-'));
  const double = await startDouble(openAccount('nat')!.answer);
  try {
    const env = { AWS_ENDPOINT_URL: double.url, XDG_STATE_HOME: state };
    const words = ['recreate', uuid, '--batch-size', '7', '--yes', '--no-wait', '--force'];
    expect((await spawnProgram(words, { env })).exitCode).toBe(0);
    expect(readdirSync(join(state, 'msk-lambda'))).toEqual([]);
  } finally {
    rmSync(state, { recursive: true });
    await double.close();
  }
});
