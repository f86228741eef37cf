/** What of the bundle a command loads: no help loads the SDK, which takes longer than all else. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
let sdkChunks: Set<string>;

beforeAll(async () => {
  const files = (await readdir(dist)).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(files.map(async (name) => [name, await readFile(join(dist, name), 'utf8')] as const));
  // Where the bundle holds the SDK's middleware, its clients or its commands.
  sdkChunks = new Set(
    texts.filter(([, text]) => /middlewareStack|smithy\.|@smithy\//.test(text)).map(([name]) => name),
  );
});

/** Runs command lines one after another, as the launcher runs one, and prints their exit codes. */
const script = `
  const { main } = await import(${JSON.stringify(join(dist, 'main.js'))});
  const sink = { write: () => true };
  const io = { stdout: sink, stderr: sink, env: process.env, columns: 100, signal: new AbortController().signal };
  const exitCodes = [];
  for (const words of JSON.parse(process.argv[1])) exitCodes.push(await main(words, io));
  console.log(JSON.stringify(exitCodes));
`;

/** Files of the bundle that a process loads in all, by V8's own account of them. */
async function loaded(lines: readonly (readonly string[])[]): Promise<{ files: string[]; exitCodes: number[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'loaded-'));
  const ran = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script, JSON.stringify(lines)],
    { env: { ...process.env, NODE_V8_COVERAGE: folder } },
  );
  const reports = await Promise.all(
    (await readdir(folder)).map(
      async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as { result: { url: string }[] },
    ),
  );
  await rm(folder, { recursive: true });
  return {
    files: reports.flatMap(({ result }) =>
      result.flatMap(({ url }) => (url.includes('/dist/') ? [url.slice(url.lastIndexOf('/') + 1)] : [])),
    ),
    exitCodes: JSON.parse(ran.stdout) as number[],
  };
}

describe('what is loaded', () => {
  test('help loads the one file that every run needs, and no module of the SDK', async () => {
    const names = commands.flatMap(({ name, commands: children = [] }) => [
      [name],
      ...children.map((child) => [name, child.name]),
    ]);
    const { files, exitCodes } = await loaded([[], ...names].map((words) => [...words, '--help']));
    expect(exitCodes).toEqual(exitCodes.map(() => 0));
    expect(exitCodes.length).toBeGreaterThan(20);
    expect(files).toEqual(['main.js']);
    expect([...sdkChunks]).not.toContain('main.js');
  });

  test('what needs no account loads none either', async () => {
    const { files, exitCodes } = await loaded([
      ['--version'],
      ['explain', '--list'],
      ['nonsense'],
      ['sandbox', 'list'],
    ]);
    expect(exitCodes).toEqual([0, 0, 2, 0]);
    expect(files.filter((name) => sdkChunks.has(name))).toEqual([]);
  });

  test('a command that reads AWS does, and this test would see it', async () => {
    const { files, exitCodes } = await loaded([['list', '--sandbox']]);
    expect(exitCodes).toEqual([0]);
    expect(files.filter((name) => sdkChunks.has(name)).length).toBeGreaterThan(0);
  });
});
