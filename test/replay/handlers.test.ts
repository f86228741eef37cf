/** Handlers of Node and commands: responses, errors, and processes that end, hang or answer too much. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { buildEvent } from '../../src/event/build-event.js';
import { openCommandHandler } from '../../src/replay/handlers/command-handler.js';
import type { Handler } from '../../src/replay/handlers/handler.js';
import { openNodeHandler } from '../../src/replay/handlers/node-handler.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-handlers-'));
const open: Handler[] = [];
afterEach(() => open.splice(0).forEach((handler) => handler.close()));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const event = buildEvent(
  [{ topic: 't', partition: 0, offset: 1, timestamp: 2, key: null, value: Buffer.from('v'), headers: [] }],
  { bootstrapServers: 'b:9092' },
);

const module = join(folder, 'handlers.mjs');
writeFileSync(
  module,
  `export const waits = async (event) => ({ offsets: event.records['t-0'].map(({ offset }) => offset) });
   export const answers = (event, context, callback) => void setTimeout(() => callback(null, typeof context.awsRequestId), 5);
   export const refuses = (event, context, callback) => callback(new RangeError('no'));
   export const silent = () => {};
   export const throws = () => { throw new TypeError('bad'); };
   export const ends = () => process.exit(3);
   export const hangs = () => new Promise((resolve) => setTimeout(resolve, 1e6));
   export const huge = async () => 'x'.repeat(7e6);
   export const circular = async () => { const a = {}; a.a = a; return a; };
   export const late = () => { setTimeout(() => { throw new TypeError('late'); }, 1); return new Promise((resolve) => setTimeout(resolve, 1e6)); };
   export const tells = () => { setTimeout(function ordersOf() { throw new TypeError('no order of Alice\\n    at Alice'); }, 1); return new Promise((resolve) => setTimeout(resolve, 1e6)); };
   export const odd = () => { const a = {}; a.a = a; throw a; };
   export const large = async () => { throw 10n; };
   export const rejects = () => { Promise.reject(new Error('lost')); return new Promise((resolve) => setTimeout(resolve, 1e6)); };
   export const prints = () => console.log('printed');
   export const inner = { handler: async () => 'inner' };`,
);
writeFileSync(join(folder, 'common.cjs'), `exports.handler = async () => 'common';`);

const settings = (timeout = 60, log: (text: string) => void = () => {}) => ({
  functionName: 'f',
  timeout,
  log,
  signal: new AbortController().signal,
});

async function node(name: string, file = module, use = settings()): Promise<Handler> {
  const handler = await openNodeHandler({ file, name }, use);
  open.push(handler);
  return handler;
}

describe('of Node', () => {
  test('an error that nothing catches: its place is printed, and not what it repeats of a record', async () => {
    let printed = '';
    const handler = await node(
      'tells',
      module,
      settings(60, (text) => (printed += text)),
    );
    expect(await handler.call(event)).toMatchObject({ error: 'TypeError: no order of Alice\n    at Alice' });
    expect(printed).toMatch(/^Uncaught error\n {4}at .*ordersOf /);
    expect(printed).not.toContain('Alice');
  });

  test.each([
    ['waits', { returned: { offsets: [1] } }],
    ['answers', { returned: 'string' }],
    ['refuses', { error: 'RangeError: no' }],
    ['silent', { returned: null }],
    ['throws', { error: 'TypeError: bad' }],
    ['ends', { error: 'Runtime.ExitError: the process of the handler ended with exit code 3' }],
    ['huge', { error: expect.stringContaining('Function.ResponseSizeTooLarge') }],
    ['circular', { error: expect.stringContaining('Runtime.MarshalError') }],
    ['late', { error: 'TypeError: late' }],
    ['odd', { error: 'Error: the handler throws a value of the type object' }],
    ['large', { error: 'Error: the handler throws a value of the type bigint' }],
    ['rejects', { error: 'Runtime.UnhandledPromiseRejection: Error: lost' }],
    ['inner.handler', { returned: 'inner' }],
  ])('%s, the same in a second call', async (name, outcome) => {
    const handler = await node(name);
    for (let call = 0; call < 2; call++) expect(await handler.call(event)).toMatchObject(outcome);
  });

  test('hangs until the timeout, and the next call begins in a new process', async () => {
    const handler = await node('hangs', module, settings(0.2));
    for (let call = 0; call < 2; call++)
      expect(await handler.call(event)).toMatchObject({ error: 'Task timed out after 0.20 seconds' });
  });

  test('CommonJS', async () =>
    expect(await (await node('handler', join(folder, 'common.cjs'))).call(event)).toMatchObject({
      returned: 'common',
    }));

  test('its output is passed on', async () => {
    let text = '';
    const printed = new Promise<void>((done) => {
      void node(
        'prints',
        module,
        settings(60, (part) => ((text += part), done())),
      ).then((handler) => handler.call(event));
    });
    await printed;
    expect(text).toBe('printed\n');
  });

  test.each([
    ['missing', module, 'has no function “missing”'],
    ['handler', join(folder, 'none.mjs'), 'Cannot find module'],
  ])('%s cannot be used', async (name, file, because) => expect(node(name, file)).rejects.toThrow(because));

  test('an interrupt ends the call', async () => {
    const controller = new AbortController();
    const handler = await node('hangs', module, { ...settings(), signal: controller.signal });
    const call = handler.call(event);
    controller.abort(new Error('interrupted'));
    await expect(call).rejects.toThrow('interrupted');
  });
});

describe('a command', () => {
  const run = (command: string, readsResponse = false, timeout = 60) =>
    openCommandHandler(command, { ...settings(timeout), readsResponse }).call(event);
  const script = (text: string): string => `"${process.execPath}" -e '${text}'`;

  test('receives the event and returns JSON', async () =>
    expect(
      await run(
        script('process.stdin.on("data", (d) => console.log(JSON.stringify(Object.keys(JSON.parse(d).records))))'),
      ),
    ).toMatchObject({ returned: ['t-0'] }));

  test.each([
    ['without output', 'exit 0', false, { returned: null }],
    ['with text, which Lambda ignores', 'echo done', false, { returned: null }],
    ['with text in place of a batch response', 'echo done', true, { error: expect.stringContaining('not JSON') }],
    ['that fails', 'exit 4', false, { error: 'the command ended with exit code 4' }],
    [
      'that fails with a reason',
      'echo trace >&2; echo KeyError: 1 >&2; exit 1',
      false,
      { error: 'the command ended with exit code 1: KeyError: 1' },
    ],
  ])('%s', async (_, command, readsResponse, outcome) =>
    expect(await run(command, readsResponse)).toMatchObject(outcome),
  );

  test('that does not exist is wrong usage, not a record that fails', async () => {
    await expect(run('no-such-command-here', false)).rejects.toThrow(
      /the command cannot be started: .*no-such-command-here.*not found/,
    );
    await expect(run('exit 126', false)).rejects.toThrow('the command cannot be started: exit 126');
  });

  test('that worked before and then misses another command fails the call', async () => {
    const flag = join(folder, 'worked');
    const handler = openCommandHandler(`test -e ${flag} && exit 127; touch ${flag}`, {
      ...settings(),
      readsResponse: false,
    });
    expect(await handler.call(event)).toMatchObject({ returned: null });
    expect(await handler.call(event)).toMatchObject({ error: 'the command ended with exit code 127' });
  });

  test('that hangs is ended with what it started', async () =>
    expect(await run('sleep 100 & sleep 100', false, 0.2)).toMatchObject({
      error: 'Task timed out after 0.20 seconds',
    }));
});
