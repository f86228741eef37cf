import { describe, expect, test } from 'vitest';
import { restartTime, waitUntilGone, waitUntilWorking, type WaitFor } from '../../src/mapping/wait.js';
import type { Mapping } from '../../src/snapshot/resources/index.js';
import { uuid } from '../../src/sandbox/healthy.js';
import { awsRefuses, liveIn, type Life } from './support/life.js';

/** What is seen, look after look, with the second from which it is seen; null: not found. */
type Script = readonly [from: number, seen: Partial<Mapping> | null][];

function watching(script: Script, { limit = 600, polled = false }: { limit?: number; polled?: boolean } = {}): Life {
  const life: Life = liveIn('endpoints', {
    limit,
    fault: async ({ operation }, answer) => {
      if (operation === 'GetMetricData') return { MetricDataResults: [{ Id: 'polled', Values: polled ? [3] : [] }] };
      if (operation !== 'GetEventSourceMapping') return answer();
      const seen = script.findLast(([from]) => life.passed() >= from)![1];
      if (seen === null) throw awsRefuses('ResourceNotFoundException', 'gone', 404);
      return { ...(await answer()), LastProcessingResult: undefined, ...seen };
    },
  });
  return life;
}

const wait = (life: Life, waitFor: Partial<WaitFor> = {}) =>
  waitUntilWorking(life.clients, uuid, { enabled: true, textBefore: null, ...waitFor }, life.policy);
const creating: Script[number] = [0, { State: 'Creating' }];
const quiet = 'No records processed';
const problem = 'PROBLEM: Connection error. Please check your event source connection configuration.';

describe('a mapping that is waited for', () => {
  test('is good once its text says so', async () => {
    const life = watching([
      creating,
      [60, { State: 'Enabled', LastProcessingResult: quiet }],
      [150, { State: 'Enabled', LastProcessingResult: 'OK' }],
    ]);
    expect(await wait(life)).toMatchObject({ outcome: 'good', mapping: { State: 'Enabled' } });
    expect(life.passed()).toBeGreaterThanOrEqual(150);
  });

  test.each([['OK.'], ['ok'], [' Ok ']])('is good once its text says so in another spelling: %j', async (text) => {
    const life = watching([creating, [60, { State: 'Enabled', LastProcessingResult: text }]]);
    expect(await wait(life)).toMatchObject({ outcome: 'good' });
  });

  test('is good once a poll was counted, where the metric is on', async () => {
    const shown = { State: 'Enabled', LastProcessingResult: quiet, MetricsConfig: { Metrics: ['EventCount'] } };
    expect(await wait(watching([creating, [10, shown]], { polled: true }))).toMatchObject({ outcome: 'good' });
    expect(await wait(watching([creating, [10, shown]], { polled: false, limit: 60 }))).toMatchObject({
      outcome: 'still',
    });
  });

  test('asks for no metric where none is on', async () => {
    const life = watching([creating, [10, { State: 'Enabled', LastProcessingResult: quiet }]], {
      polled: true,
      limit: 60,
    });
    expect(await wait(life)).toMatchObject({ outcome: 'still' });
    expect(life.calls).not.toContain('GetMetricData');
  });

  test('that goes bad is bad at once', async () => {
    const life = watching([
      creating,
      [60, { State: 'Enabled', LastProcessingResult: quiet }],
      [120, { State: 'Enabled', LastProcessingResult: problem }],
    ]);
    expect(await wait(life)).toMatchObject({
      outcome: 'bad',
      because: expect.stringMatching(/Connection error/) as string,
    });
    expect(life.passed()).toBeLessThan(130);
  });

  test('that Lambda switches off is bad', async () => {
    expect(
      await wait(watching([creating, [20, { State: 'Disabled', StateTransitionReason: 'ESM_CONFIG_NOT_VALID' }]])),
    ).toMatchObject({ outcome: 'bad', because: expect.stringMatching(/ESM_CONFIG_NOT_VALID/) as string });
  });

  test('that ends in a failed state is bad, and in one that nobody knows is not good', async () => {
    expect(
      await wait(
        watching([creating, [20, { State: 'Failed', StateTransitionReason: 'something', LastProcessingResult: 'OK' }]]),
      ),
    ).toMatchObject({ outcome: 'bad', because: 'The mapping is Failed (something).' });
    expect(
      await wait(watching([creating, [20, { State: 'Paused', LastProcessingResult: 'OK' }]], { limit: 60 })),
    ).toMatchObject({ outcome: 'still' });
  });

  test('that someone deletes is gone', async () => {
    expect(await wait(watching([creating, [20, null]]))).toMatchObject({ outcome: 'gone' });
  });

  test('may be unknown to AWS for a moment', async () => {
    expect(
      await wait(
        watching([
          [0, null],
          [3, { State: 'Enabled', LastProcessingResult: 'OK' }],
        ]),
      ),
    ).toMatchObject({ outcome: 'good' });
  });

  test('that stays in its state is waited for no longer than asked', async () => {
    const life = watching([creating], { limit: 45 });
    expect(await wait(life)).toMatchObject({ outcome: 'still', mapping: { State: 'Creating' } });
    expect(life.passed()).toBeLessThan(55);
  });

  test('to be disabled is good when it is', async () => {
    expect(
      await wait(
        watching([
          [0, { State: 'Disabling' }],
          [20, { State: 'Disabled' }],
        ]),
        { enabled: false },
      ),
    ).toMatchObject({ outcome: 'good' });
  });
});

describe('a text from before the change', () => {
  test('that was bad counts for nothing until it changes', async () => {
    const old = { State: 'Enabled', LastProcessingResult: problem };
    expect(
      await wait(
        watching([
          [0, { ...old, State: 'Updating' }],
          [5, old],
          [200, { State: 'Enabled', LastProcessingResult: 'OK' }],
        ]),
        { textBefore: problem },
      ),
    ).toMatchObject({ outcome: 'good' });
    expect(await wait(watching([[0, old]], { limit: 60 }), { textBefore: problem })).toMatchObject({
      outcome: 'still',
    });
    expect(
      await wait(
        watching([
          [0, old],
          [50, { State: 'Enabled', LastProcessingResult: 'PROBLEM: SASL authentication failed.' }],
        ]),
        { textBefore: problem },
      ),
    ).toMatchObject({ outcome: 'bad' });
  });

  test('that was good is believed after the pollers have started anew', async () => {
    const script: Script = [
      [0, { State: 'Updating', LastProcessingResult: 'OK' }],
      [5, { State: 'Enabled', LastProcessingResult: 'OK' }],
      [60, { State: 'Enabled', LastProcessingResult: problem }],
    ];
    expect(await wait(watching(script), { textBefore: 'OK', restart: restartTime })).toMatchObject({ outcome: 'bad' });
    expect(await wait(watching(script), { textBefore: 'OK' })).toMatchObject({ outcome: 'good' });
  });
});

test('reads that fail now and then do not end the waiting, reads that go on failing do', async () => {
  let reads = 0;
  const failing = (until: number) =>
    liveIn('endpoints', {
      fault: async ({ operation }, answer) =>
        operation === 'GetEventSourceMapping' && reads++ < until
          ? Promise.reject(awsRefuses('AccessDeniedException', 'no', 403))
          : answer(),
    });
  expect(await wait(failing(3))).toMatchObject({ outcome: 'good' });
  reads = 0;
  expect(await wait(failing(99))).toMatchObject({ outcome: 'unread' });
});

test('the end of a deletion is that it is not found', async () => {
  const life = watching([
    [0, { State: 'Deleting' }],
    [40, null],
  ]);
  expect(await waitUntilGone(life.clients, uuid, life.policy)).toMatchObject({ outcome: 'gone' });
});
