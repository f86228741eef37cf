/** Work that is done while AWS is answering. */
import { expect, test } from 'vitest';
import { createClients } from '../../src/account/clients.js';
import { WaitingWork } from '../../src/account/waiting-work.js';
import { openAccount } from '../../src/sandbox/index.js';
import { startDouble } from '../wire/double.js';

test('each request starts one work, in order, and no two run at once', async () => {
  const done: string[] = [];
  let finish = (): void => {};
  const work = new WaitingWork();
  work.add(
    async () => {
      done.push('begin 1');
      await new Promise<void>((resolve) => (finish = resolve));
      done.push('end 1');
    },
    async () => void done.push('2'),
  );
  expect(done).toEqual([]);
  const first = work.onSend();
  await work.onSend();
  await expect.poll(() => done).toEqual(['begin 1']);
  finish();
  await first;
  expect(done).toEqual(['begin 1', 'end 1']);
  await work.onSend();
  expect(done).toEqual(['begin 1', 'end 1', '2']);
});

test('work that fails is not an error of the request, and the next work is done', async () => {
  const done: string[] = [];
  const work = new WaitingWork();
  work.add(
    () => Promise.reject(new Error('not found')),
    async () => void done.push('2'),
  );
  await work.onSend();
  await work.onSend();
  expect(done).toEqual(['2']);
});

test('the work begins before AWS has answered', async () => {
  const { answer } = openAccount('endpoints')!;
  let begun = (): void => {};
  const beginning = new Promise<void>((resolve) => (begun = resolve));
  const double = await startDouble(async (call) => {
    await beginning;
    return answer(call);
  });
  process.env['AWS_ACCESS_KEY_ID'] = process.env['AWS_SECRET_ACCESS_KEY'] = 'made-up';
  const clients = createClients({ region: 'eu-west-1', endpointUrl: double.url });
  clients.whileWaiting?.(async () => begun());
  await expect(clients.send('lambda', 'ListEventSourceMappings', {})).resolves.toHaveProperty('EventSourceMappings');
  await double.close();
});
