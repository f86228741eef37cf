/** The MCP server, judged by the official inspector of the protocol on its command line. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuid } from '../../src/sandbox/healthy.js';
import { cleanEnvironment, launcher } from '../e2e/program.js';
import { leftOut } from './left-out.js';

/** The folder in which the packages `@modelcontextprotocol/inspector` and `node` are installed: it needs a later Node than this program. */
const packages = process.env['MSK_LAMBDA_INSPECTOR'];
const isLeftOut = leftOut('MCP inspector', packages === undefined ? 'MSK_LAMBDA_INSPECTOR names no folder' : null);
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'msk-lambda-inspector-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** Starts the server, and keeps what it writes to standard output. */
const recorder = join(folder, 'recorder.mjs');
const recorded = join(folder, 'stdout');

beforeAll(() => {
  writeFileSync(recorded, '');
  writeFileSync(
    recorder,
    `import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
const server = spawn(${JSON.stringify(process.execPath)}, process.argv.slice(2), { stdio: ['inherit', 'pipe', 'inherit'] });
server.stdout.pipe(process.stdout);
server.stdout.pipe(createWriteStream(${JSON.stringify(recorded)}, { flags: 'a' }));
server.on('close', (code) => process.exitCode = code);
`,
  );
  writeFileSync(
    join(folder, 'template.yaml'),
    'Resources:\n  Mapping:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n      FunctionName: order-handler\n      EventSourceArn: arn:aws:kafka:eu-west-1:111122223333:cluster/orders/5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11-3\n      Topics: [orders]\n',
  );
});

interface Inspected {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** `server`: flags of `msk-lambda mcp`. */
const inspect = (server: readonly string[], ...words: string[]): Promise<Inspected> =>
  new Promise((done) => {
    const modules = join(packages!, 'node_modules');
    const start = [join(modules, '@modelcontextprotocol/inspector/clients/launcher/build/index.js'), '--cli'];
    const command = ['node', recorder, launcher, 'mcp', '--sandbox', ...server];
    execFile(
      join(modules, 'node/bin/node'),
      [...start, '--cwd', folder, ...command, ...words],
      { cwd: folder, env: { ...cleanEnvironment(), HOME: folder }, maxBuffer: 50_000_000 },
      (error, stdout, stderr) => done({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

interface ToolAnswer {
  isError?: boolean;
  content: { type: string; text: string }[];
  structuredContent?: Record<string, unknown>;
}
const call = async (server: readonly string[], name: string, args: Readonly<Record<string, unknown>> = {}) => {
  const pairs = Object.entries(args).flatMap(([key, value]) => [
    '--tool-arg',
    `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  ]);
  const ran = await inspect(server, '--method', 'tools/call', '--tool-name', name, ...pairs);
  return { ...ran, answer: (ran.stdout === '' ? null : JSON.parse(ran.stdout)) as ToolAnswer | null };
};

const reading = ['broker', 'doctor', 'explain', 'inspect', 'lag', 'lint', 'list', 'network', 'policy', 'probe'];

describe.skipIf(isLeftOut)('the inspector', () => {
  test.each([
    [[], reading],
    [['--allow-changes'], [...reading, 'repair', 'undo'].toSorted()],
  ])('lists the tools with %j, and finds no error in their schemas', async (server, names) => {
    const { exitCode, stdout, stderr } = await inspect(server, '--method', 'tools/list', '--strict');
    const { tools } = JSON.parse(stdout) as { tools: { name: string }[] };
    expect(exitCode, stderr).toBe(0);
    expect(tools.map(({ name }) => name).toSorted()).toEqual(names);
    // What a model provider reads.
    expect(stderr).not.toMatch(/Path: inputSchema/);
  });

  test('lists the prompt and fills it in', async () => {
    const listed = await inspect([], '--method', 'prompts/list');
    expect((JSON.parse(listed.stdout) as { prompts: { name: string }[] }).prompts.map(({ name }) => name)).toEqual([
      'why-is-my-trigger-silent',
    ]);
    const name = ['--prompt-name', 'why-is-my-trigger-silent', '--prompt-args', 'target=order-handler'];
    const filled = await inspect([], '--method', 'prompts/get', ...name);
    expect(filled.stdout).toContain('order-handler');
  });

  test.each<[name: string, args: Record<string, unknown>]>([
    ['doctor', { targets: [uuid], plan: true }],
    ['explain', { text: 'PROBLEM: Cluster failed to authorize Lambda.' }],
    ['network', { explain: true }],
    ['policy', { targets: [uuid] }],
    ['lint', { paths: ['template.yaml'] }],
    ['list', {}],
    ['broker', { target: 'orders-cluster' }],
    ['inspect', { targets: ['order-handler'] }],
    ['lag', { target: 'order-handler', sandbox: 'falls-behind' }],
  ])('calls %s: text, and a document by its schema', async (name, args) => {
    const { exitCode, answer, stderr } = await call([], name, args);
    expect(exitCode, stderr).toBe(0);
    expect(answer!.isError).toBeUndefined();
    expect(answer!.content).toMatchObject([{ type: 'text', text: expect.stringMatching(/\S/) as string }]);
    const schema = JSON.parse(readFileSync(new URL(`../../schema/${name}.v1.json`, import.meta.url), 'utf8')) as object;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate(answer!.structuredContent), JSON.stringify(validate.errors)).toBe(true);
  });

  test('probe answers that the account is simulated, and a wrong argument is an error of the tool', async () => {
    const probe = await call([], 'probe', { target: uuid });
    expect(probe.answer).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/simulated/) as string }],
    });
    expect(probe.exitCode).not.toBe(0);
    expect((await call([], 'broker')).answer).toMatchObject({ isError: true });
  });

  test.each(['repair', 'undo'])('%s is not there without --allow-changes', async (name) => {
    const { exitCode, answer, stderr } = await call([], name);
    expect(exitCode).not.toBe(0);
    expect(answer).toBeNull();
    expect(stderr).toMatch(/not found/);
  });

  test('with --allow-changes the first call is a plan, and an undo file of others is refused', async () => {
    const { answer } = await call(['--allow-changes'], 'repair');
    expect(answer!.structuredContent).toMatchObject({ changed: 0, planToken: expect.any(String) as string });
    const undo = await call(['--allow-changes'], 'undo', { file: 'template.yaml' });
    expect(undo.answer).toMatchObject({ isError: true });
  });

  test('nothing but messages of the protocol was on standard output', () => {
    const lines = readFileSync(recorded, 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
  });
});
