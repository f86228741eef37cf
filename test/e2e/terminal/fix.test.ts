/** `doctor --fix` and `undo` at a terminal. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keys, sitDown, type Person } from './person.js';

let folder: string;
let person: Person | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'msk-lambda-terminal-'));
});
afterEach(() => {
  person?.leave();
  rmSync(folder, { recursive: true, force: true });
});
const start = (words: string): Person => (person = sitDown(words.split(' '), { folder, rows: 60 }));

test('shows the plan, asks once, makes it, waits, and ends with a mapping that works', async () => {
  const user = start('doctor --sandbox managed-policy-only --fix');
  await user.sees(/Repair plan for order-handler ← orders: 1 step[\s\S]*every check passes\.[\s\S]*Make this change\?/);
  user.types('y', keys.enter);
  expect(await user.ends()).toBe(0);
  expect(user.all()).toMatch(/Made 1 of 1 step\.\n[\s\S]*Undo: msk-lambda undo/);
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^msk-lambda-undo-\d{8}T\d{6}Z\.json$/)]);
});

test('asks for each choice once, with its cost, and plans what is chosen', async () => {
  const user = start('doctor --sandbox nat-blackhole --fix');
  await user.sees(/Create interface endpoints for Lambda and STS[\s\S]*Use provisioned mode/);
  user.types(keys.down, keys.enter);
  await user.sees(/1 {2}Set provisioned mode of mapping[\s\S]*Make this change\?/);
  user.types('n', keys.enter);
  expect(await user.ends()).toBe(1);
  expect(user.all()).toContain('Nothing was changed.');
  expect(readdirSync(folder)).toEqual([]);
});

test('asks for a step that affects others by name', async () => {
  const user = start('doctor --sandbox permissions-boundary --fix');
  await user.sees(/Danger: [\s\S]*Also make step 1, Make a new default version of policy boundary\?/);
  user.types(keys.enter);
  expect(await user.ends()).toBe(1);
  expect(user.all()).toContain('Nothing was changed.');
});

test('is left by Ctrl-C at the question, with nothing made', async () => {
  const user = start('doctor --sandbox managed-policy-only --fix');
  await user.sees('Make this change?');
  user.types(keys.interrupt);
  expect(await user.ends()).toBe(130);
  expect(readdirSync(folder)).toEqual([]);
});
