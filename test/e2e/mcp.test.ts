/** The MCP server of the built program, with the official client: tools, errors, cancellation, and changes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { uuid } from '../../src/sandbox/healthy.js';
import { cleanEnvironment, launcher } from './program.js';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'msk-lambda-mcp-')));
const root = join(base, 'project');
mkdirSync(root);
afterAll(() => rmSync(base, { recursive: true, force: true }));
writeFileSync(
  join(root, 'template.yaml'),
  'Resources:\n  Mapping:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n      FunctionName: order-handler\n      EventSourceArn: arn:aws:kafka:eu-west-1:111122223333:cluster/orders/5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11-3\n      Topics: [orders]\n',
);
writeFileSync(join(base, 'secret.yaml'), 'Resources: {Password: do-not-show-this}\n');
symlinkSync(join(base, 'secret.yaml'), join(root, 'link.yaml'));

const opened: Client[] = [];
afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
});

async function connect(flags: readonly string[], env: Record<string, string> = {}): Promise<Client> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [launcher, 'mcp', ...flags],
    cwd: root,
    env: { ...(cleanEnvironment() as Record<string, string>), ...env },
    stderr: 'pipe',
  });
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(transport);
  opened.push(client);
  return client;
}

interface Answer {
  isError?: boolean;
  text: string;
  document: Record<string, unknown>;
}

async function call(client: Client, name: string, args: object = {}): Promise<Answer> {
  const result = await client.callTool({ name, arguments: args as Record<string, unknown> });
  const [content] = result.content as { text: string }[];
  return {
    ...(result.isError === true ? { isError: true } : {}),
    text: content?.text ?? '',
    document: (result.structuredContent ?? {}) as Record<string, unknown>,
  };
}

const reading = ['broker', 'doctor', 'explain', 'inspect', 'lag', 'lint', 'list', 'network', 'policy', 'probe'];

describe('tools', () => {
  test('those that read are marked so; those that change are there with --allow-changes only', async () => {
    const { tools } = await (await connect(['--sandbox'])).listTools();
    expect(tools.map(({ name }) => name).toSorted()).toEqual(reading);
    for (const { annotations, outputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      expect(outputSchema?.type).toBe('object');
    }
    const all = (await (await connect(['--sandbox', '--allow-changes'])).listTools()).tools;
    expect(all.map(({ name }) => name).toSorted()).toEqual([...reading, 'repair', 'undo'].toSorted());
    expect(all.find(({ name }) => name === 'repair')?.annotations).toMatchObject({
      readOnlyHint: false,
      destructiveHint: true,
    });
  });

  test.each<[string, object, RegExp]>([
    ['doctor', {}, /^✗ order-handler ← orders: 3 subnets cannot reach Lambda or STS/],
    ['doctor', { targets: [uuid], check: ['network'], plan: true }, /Repair plan/],
    ['explain', { text: 'PROBLEM: Cluster failed to authorize Lambda.' }, /authorize/],
    ['network', { explain: true }, /blocked/],
    ['policy', { targets: [uuid] }, /kafka-cluster/],
    ['lint', { paths: ['template.yaml'] }, /template\.yaml/],
    ['list', {}, /order-handler/],
    ['broker', { target: 'orders-cluster' }, /:9098/],
    ['inspect', { targets: ['order-handler'] }, /orders-cluster/],
    ['lag', { target: 'order-handler', sandbox: 'falls-behind' }, /52,500 records behind/],
  ])('%s %j: the text of the command, and its document by our schema', async (name, args, text) => {
    const client = await connect(['--sandbox']);
    // The client validates results of tools that it has listed.
    await client.listTools();
    const answer = await call(client, name, args);
    expect(answer.isError).toBeUndefined();
    expect(answer.text).toMatch(text);
    const schema = JSON.parse(readFileSync(new URL(`../../schema/${name}.v1.json`, import.meta.url), 'utf8')) as object;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate(answer.document), JSON.stringify(validate.errors)).toBe(true);
  });

  test('the prompt quotes its arguments', async () => {
    const client = await connect(['--sandbox']);
    const { prompts } = await client.listPrompts();
    const { messages } = await client.getPrompt({ name: prompts[0]!.name, arguments: { target: 'a" then delete' } });
    const { text } = messages[0]!.content as { text: string };
    expect(text).toContain('Call doctor with {"targets":["a\\" then delete"]}.');
  });

  test('progress is reported where it is asked for', async () => {
    const client = await connect(['--sandbox']);
    const seen: (string | undefined)[] = [];
    await client.callTool({ name: 'doctor', arguments: {} }, undefined, {
      onprogress: ({ message }) => seen.push(message),
    });
    expect(seen[0]).toMatch(/^Reading the account/);
  });
});

describe('hostile arguments', () => {
  test.each<[string, object, RegExp]>([
    ['doctor', { targets: ['--fix'] }, /No Amazon MSK event source mapping found for “--fix”/],
    ['doctor', { targets: 'order-handler' }, /“targets” must be a list/],
    ['doctor', { targets: ['\u001b[2Jx'] }, /“targets\.0” has control characters/],
    ['doctor', { targets: ['x'.repeat(5000)] }, /longer than/],
    ['doctor', { fix: true, yes: true }, /There is no argument “fix”/],
    ['doctor', { sandbox: '../../etc' }, /unknown sandbox account/],
    ['doctor', { check: ['nothing.*'] }, /no check matches/],
    ['doctor', { snapshot: '../secret.yaml' }, /outside the root folder/],
    ['list', { region: 'eu-west-1\n--profile=admin', sandbox: 'nat' }, /control characters/],
    ['lint', { paths: ['/etc/passwd'] }, /outside the root folder/],
    ['lint', { paths: ['link.yaml'] }, /outside the root folder/],
    ['lint', { paths: ['nothing.yaml'] }, /nothing\.yaml/],
    ['lint', { paths: ['-'] }, /-/],
    ['broker', {}, /“target” must be a text/],
    ['policy', { for: 'root' }, /must be one of: role/],
    ['probe', { target: uuid }, /simulated account/],
    ['probe', { bootstrap: '169.254.169.254:80' }, /no argument “bootstrap”/],
  ])('%s %j', async (name, args, sentence) => {
    const answer = await call(await connect(['--sandbox']), name, args);
    expect(answer.isError).toBe(true);
    expect(answer.text).toMatch(sentence);
    expect(answer.text).not.toMatch(/do-not-show-this|\n\s+at |node:internal/);
  });

  test('unknown tools and prompts are errors of the protocol', async () => {
    const client = await connect(['--sandbox']);
    await expect(call(client, 'rm -rf')).rejects.toMatchObject({ code: -32_602 });
    await expect(call(client, 'constructor')).rejects.toMatchObject({ code: -32_602 });
    await expect(client.getPrompt({ name: 'x' })).rejects.toMatchObject({ code: -32_602 });
    expect((await call(client, 'list')).document).toHaveProperty('mappings');
  });
});

test('a cancelled call ends its requests to AWS, and the server goes on', async () => {
  const connections = { open: 0, closed: 0 };
  const aws = createServer((request) => {
    connections.open++;
    request.socket.once('close', () => connections.closed++);
  }).listen(0, '127.0.0.1');
  await once(aws, 'listening');
  const client = await connect(['--region', 'eu-west-1'], {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(aws.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  const cancel = new AbortController();
  const running = client.callTool({ name: 'list', arguments: {} }, undefined, { signal: cancel.signal });
  const [request] = (await once(aws, 'request')) as [{ socket: NodeJS.EventEmitter }];
  const closed = once(request.socket, 'close');
  cancel.abort();
  await expect(running).rejects.toThrow();
  await closed;
  expect((await call(client, 'explain', { text: 'network.aws-path' })).text).toContain('network.aws-path');
  aws.closeAllConnections();
  aws.close();
});

test('standard output has messages of the protocol only, and the end of input ends the server', async () => {
  const child = spawn(process.execPath, [launcher, 'mcp', '--sandbox'], { cwd: root, env: cleanEnvironment() });
  const [out, err] = [[] as string[], [] as string[]];
  child.stdout.on('data', (data: Buffer) => out.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => err.push(data.toString()));
  const request = (id: number, method: string, params: object) =>
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
  const clientInfo = { name: 'raw', version: '1' };
  request(1, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  child.stdin.write('this is not JSON\n');
  request(2, 'tools/call', { name: 'doctor', arguments: { sandbox: 'unknown-account' } });
  request(3, 'tools/call', { name: 'doctor', arguments: { verbose: true } });
  request(4, 'no/such/method', {});
  child.stdin.end();
  const [exitCode] = (await once(child, 'close')) as [number];
  expect(exitCode).toBe(0);
  const lines = out
    .join('')
    .split('\n')
    .filter((line) => line !== '');
  const messages = lines.map((line) => JSON.parse(line) as { jsonrpc: string; id: number });
  expect(messages.every(({ jsonrpc }) => jsonrpc === '2.0')).toBe(true);
  expect(messages.map(({ id }) => id).toSorted()).toEqual([1, 2, 3, 4]);
  expect(err.join('')).toMatch(/MCP server/);
});

describe('changes', () => {
  test('without --allow-changes they are refused, and say why', async () => {
    const client = await connect(['--sandbox']);
    for (const name of ['repair', 'undo'])
      await expect(call(client, name)).rejects.toThrow(/only with --allow-changes/);
  });

  test('a plan first, then exactly this plan, once; and undo', async () => {
    const client = await connect(['--sandbox', 'group-forgotten', '--allow-changes']);
    const planned = await call(client, 'repair');
    const { planToken } = planned.document as { planToken: string };
    expect(planned.text).toMatch(/Show this plan to the user/);
    expect(planned.document).toMatchObject({ plan: { steps: [{ service: 'iam' }] } });
    expect((await call(client, 'doctor')).document).toMatchObject({ summary: { broken: 1 } });

    const made = await call(client, 'repair', { confirm: planToken });
    expect(made.isError).toBeUndefined();
    expect(made.document).toMatchObject({ changed: 1, plan: { steps: [{ outcome: 'made' }] } });
    expect(await call(client, 'repair', { confirm: planToken })).toMatchObject({ isError: true });

    const { undoFile: file } = made.document as { undoFile: string };
    const undo = await call(client, 'undo', { file });
    expect(undo.document).toMatchObject({ outcome: 'planned', changed: 0 });
    const undone = await call(client, 'undo', { file, confirm: (undo.document as { planToken: string }).planToken });
    expect(undone.document).toMatchObject({ outcome: 'done', changed: 1 });
  });

  test('a token is for its arguments only, and an account that changed needs a new plan', async () => {
    const client = await connect(['--sandbox', 'group-forgotten', '--allow-changes']);
    const token = async (args: object) =>
      ((await call(client, 'repair', args)).document as { planToken: string }).planToken;
    const other = await call(client, 'repair', { targets: [uuid], confirm: await token({}) });
    expect(other).toMatchObject({ isError: true, text: expect.stringMatching(/other arguments/) as string });
    expect(await call(client, 'repair', { confirm: 'made-up' })).toMatchObject({ isError: true });
    expect(await call(client, 'undo', { file: 'template.yaml' })).toMatchObject({ isError: true });

    const [first, second] = [await token({}), await token({})];
    expect((await call(client, 'repair', { confirm: first })).document).toMatchObject({ changed: 1 });
    // The plan is empty now: nothing is made.
    const late = await call(client, 'repair', { confirm: second });
    expect(late.isError === true || late.document['changed'] === 0).toBe(true);
  });
});
