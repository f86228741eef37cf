/** Completion in the shells themselves. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftOut } from './left-out.js';

const program = fileURLToPath(new URL('../../bin/msk-lambda.js', import.meta.url));
const missing = ['bash', 'zsh', 'fish'].filter((shell) => spawnSync(shell, ['--version']).error !== undefined);
const isLeftOut = leftOut('completion', missing.length === 0 ? null : `${missing.join(', ')} not installed`);

let folder: string;
let environment: Record<string, string>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'work'));
  writeFileSync(join(folder, 'work', 'snapshot of monday.json'), '{}');
  const command = join(folder, 'bin', 'msk-lambda');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(command, 0o755);
  environment = {
    PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
    HOME: folder,
    XDG_CACHE_HOME: folder,
    LC_ALL: 'C.UTF-8',
    TERM: 'xterm',
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (shell: string, script: string): string[] =>
  execFileSync(shell, [...(shell === 'bash' ? ['--norc'] : []), '-c', script], {
    cwd: join(folder, 'work'),
    env: environment,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((line) => line !== '');

describe.skipIf(isLeftOut)('completion', () => {
  describe('bash', () => {
    const words = (...typed: string[]): string[] =>
      run(
        'bash',
        `source <(msk-lambda completion bash)
        COMP_WORDS=(msk-lambda ${typed.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${typed.length}
        _msk_lambda; printf '%s\\n' "\${COMPREPLY[@]}"`,
      );
    test('commands, values after a blank and after =, names and files', () => {
      expect(words('doc')).toEqual(['doctor']);
      expect(words('doctor', '--fail-on', 'd')).toEqual(['disabled']);
      expect(words('doctor', '--fail-on', '=', 'd')).toEqual(['disabled']);
      expect(words('doctor', '--sandbox', 'scram', 'order')).toEqual(['order-handler', 'orders-cluster']);
      expect(words('doctor', '--snapshot', 'snap')).toEqual(['snapshot of monday.json']);
    });
  });

  describe('fish', () => {
    const words = (line: string): string[] =>
      run('fish', `msk-lambda completion fish | source; complete -C '${line}'`).map((found) => found.split('\t')[0]!);
    test('commands, values after a blank and after =, names and files', () => {
      expect(words('msk-lambda doc')).toEqual(['doctor']);
      expect(words('msk-lambda doctor --fail-on d')).toEqual(['disabled']);
      expect(words('msk-lambda doctor --fail-on=d')).toEqual(['--fail-on=disabled']);
      expect(words('msk-lambda doctor --sandbox scram order').toSorted()).toEqual(['order-handler', 'orders-cluster']);
      expect(words('msk-lambda doctor --snapshot snap')).toEqual(['snapshot of monday.json']);
    });
  });

  describe('zsh', () => {
    test.each([
      { typed: 'docto\t', shown: 'msk-lambda doctor' },
      { typed: 'doctor --fail-on=dis\t', shown: '--fail-on=disabled' },
      { typed: 'doctor --sandbox scram order-\t', shown: 'scram order-handler' },
      { typed: 'doctor --snapshot snap\t', shown: 'snapshot\\ of\\ monday.json' },
    ])('$typed', async ({ typed, shown }) => {
      const terminal = spawn('zsh', ['-f', '-i'], { cols: 200, rows: 20, cwd: join(folder, 'work'), env: environment });
      let screen = '';
      const until = (text: string) =>
        new Promise<void>((done) => {
          if (screen.includes(text)) return done();
          const listener = terminal.onData(() => {
            if (screen.includes(text)) {
              listener.dispose();
              done();
            }
          });
        });
      terminal.onData((text) => void (screen += text));
      terminal.write('autoload -U compinit; compinit -u -D; source <(msk-lambda completion zsh); echo read""y\r');
      await until('ready');
      terminal.write(`msk-lambda ${typed}`);
      await until(shown);
      terminal.kill();
    });
  });
});
