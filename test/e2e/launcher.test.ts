/** bin/msk-lambda.js: prints the list of commands as it was made by the build, or starts the program. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { run } from './program.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder = '';
afterEach(async () => {
  if (folder !== '') await rm(folder, { recursive: true, force: true });
});

describe('the list of commands', () => {
  test.each(['40', '79', '80', '81', '99', '100', '101', '200', '0', 'wide'])(
    'in %s columns is what the program prints, made beforehand or not',
    async (columns) => {
      const [given, made] = await Promise.all(
        [['--help'], ['help']].map((words) => run(words, { env: { COLUMNS: columns } })),
      );
      expect(given).toEqual(made);
      expect(given!.stdout).toContain('Usage: msk-lambda');
    },
  );

  test('needs nothing but its text in the widths of terminals and of pipes', async () => {
    folder = await mkdtemp(join(tmpdir(), 'msk-lambda-launcher-'));
    await cp(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
    const texts = (await readdir(join(root, 'dist'))).filter((name) => name.startsWith('help-'));
    expect(texts.toSorted()).toEqual(['help-100.txt', 'help-80.txt']);
    for (const name of texts) await cp(join(root, 'dist', name), join(folder, 'dist', name));
    const launcher = join(folder, 'bin/msk-lambda.js');
    const { stdout } = await promisify(execFile)(process.execPath, [launcher, '-h'], { env: { COLUMNS: '80' } });
    expect(stdout).toContain('Usage: msk-lambda');
    // What is not built is said, and is no stack trace.
    await expect(promisify(execFile)(process.execPath, [launcher, 'list'])).rejects.toMatchObject({
      code: 2,
      stderr: 'error: the program is not built\n  Run `npm run build` in the package first.\n',
    });
  });

  test.skipIf(process.platform !== 'linux').each(['--help', 'list --help', 'sandbox list'])(
    '%s: a full disk is exit 3, and a reader who leaves is none',
    async (words) => {
      const shell = (line: string) =>
        promisify(execFile)('bash', ['-c', `set -o pipefail; ${line}`]).then(
          ({ stderr }) => [0, stderr],
          ({ code, stderr }: { code: number; stderr: string }) => [code, stderr],
        );
      const line = `"${process.execPath}" "${join(root, 'bin/msk-lambda.js')}" ${words}`;
      expect(await shell(`${line} > /dev/full`)).toEqual([
        3,
        'error: cannot write the answer to stdout: no space left on the device\n',
      ]);
      expect(await shell(`${line} | true`)).toEqual([0, '']);
    },
  );
});
