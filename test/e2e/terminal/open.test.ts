/** `--open`: the page in the browser of the system, of which a program in PATH takes the part. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { browserOf } from '../../../src/cli/report-files/open-page.js';
import { run } from '../program.js';
import { sitDown, type Person } from './person.js';

let folder: string;
let person: Person | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-'));
});
afterEach(() => {
  person?.leave();
  rmSync(folder, { recursive: true, force: true });
});

const columns = 200;
/** The file that the program names at the end. */
const opened = (user: Person): string => /^(?:Opened|.*The page is) (\S+\.html)$/m.exec(user.all())?.[1] ?? '';

describe('--open', () => {
  test('gives the browser a temporary file that only its owner can read', async () => {
    const browser = join(folder, browserOf(process.platform));
    writeFileSync(
      browser,
      `#!/bin/sh\necho "$#:$1" > '${folder}/asked.part'\nmv '${folder}/asked.part' '${folder}/asked'\n`,
    );
    chmodSync(browser, 0o755);
    person = sitDown(['doctor', '--sandbox', '--open'], {
      columns,
      env: { DISPLAY: ':0', PATH: `${folder}:${process.env['PATH']}` },
    });
    expect(await person.ends()).toBe(1);
    const file = opened(person);
    expect(person.all()).toContain(`Opened ${file}`);
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/);
    await expect.poll(() => existsSync(join(folder, 'asked')), { timeout: 300_000 }).toBe(true);
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe(`1:${file}\n`);
    rmSync(dirname(file), { recursive: true });
  });

  test('without a browser: names the file that the command writes anyway', async () => {
    person = sitDown(['network', '--sandbox', '--report', 'html=page.html', '--open'], {
      columns,
      folder,
      env: { DISPLAY: ':0', PATH: folder },
    });
    expect(await person.ends()).toBe(1);
    expect(person.all()).toContain('Could not open a browser: xdg-open is not installed.');
    expect(opened(person)).toMatch(/\/page\.html$/);
    expect(readFileSync(join(folder, 'page.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  test.runIf(process.platform === 'linux')('without a display: starts no program, and names the file', async () => {
    person = sitDown(['network', '--sandbox', '--open'], { columns });
    expect(await person.ends()).toBe(1);
    expect(person.all()).toContain('Could not open a browser: this session has no display. The page is ');
    expect(readFileSync(opened(person), 'utf8')).toMatch(/^<!doctype html>/);
    rmSync(dirname(opened(person)), { recursive: true });
  });

  test('is refused where nobody sees a browser', async () => {
    const { exitCode, stderr } = await run(['doctor', '--sandbox', '--open']);
    expect(exitCode).toBe(2);
    expect(stderr).toBe('error: --open works at a terminal only\n  Write the page to a file: --report html=FILE\n');
  });
});
