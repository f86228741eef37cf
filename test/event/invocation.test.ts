import { describe, expect, test } from 'vitest';
import { readBatchResponse } from '../../src/event/batch-response.js';
import { buildEvent } from '../../src/event/build-event.js';
import { judgeInvocation, sizeOf } from '../../src/event/invocation.js';

const record = { topic: 'orders', timestamp: 1, key: null, value: null, headers: [] };
const event = buildEvent(
  [
    { ...record, partition: 0, offset: 5 },
    { ...record, partition: 0, offset: 6 },
    { ...record, partition: 1, offset: 5 },
  ],
  { bootstrapServers: 'b:9092' },
);
const item = (partition: unknown, offset: unknown) => ({ itemIdentifier: { partition, offset } });

describe('partial batch response', () => {
  test.each([
    [undefined],
    [null],
    [''],
    ['done'],
    [5],
    [[]],
    [{}],
    [{ batchItemFailures: null }],
    [{ batchItemFailures: [] }],
  ])('%j is a complete success', (response) =>
    expect(readBatchResponse(response, event)).toEqual({ failures: [], fault: null }),
  );

  test('records of the event', () => {
    const response = { batchItemFailures: [item('orders-0', 6), item('orders-1', 5)] };
    expect(readBatchResponse(response, event)).toEqual({
      failures: [
        { partition: 'orders-0', offset: 6 },
        { partition: 'orders-1', offset: 5 },
      ],
      fault: null,
    });
  });

  test.each<[unknown, string]>([
    [{}, 'batchItemFailures is not a list'],
    [[{}], 'batchItemFailures[0].itemIdentifier is missing'],
    [[{ itemIdentifier: '' }], 'batchItemFailures[0].itemIdentifier is ""'],
    [[{ itemIdentifier: '49590338' }], 'itemIdentifier is "49590338"'],
    [[item('orders-0', '5')], 'needs “partition” (text) and “offset” (a number)'],
    [[item(0, 5)], 'needs “partition” (text) and “offset” (a number)'],
    [[item('orders', 5)], 'names the partition "orders", which is not in the event'],
    [[item('toString', 5)], 'names the partition "toString", which is not in the event'],
    [[item('orders-0', 5), item('orders-1', 6)], 'batchItemFailures[1] names the offset 6 of orders-1'],
  ])('%j makes Lambda retry the complete batch', (batchItemFailures, fault) => {
    expect(readBatchResponse({ batchItemFailures }, event).fault).toContain(fault);
  });
});

describe('the result', () => {
  const answer = {
    statusCode: 200,
    functionError: null,
    executedVersion: '7',
    payload: 'null',
    log: 'START RequestId: 1 Version: 7\nREPORT RequestId: 1\tDuration: 24.50 ms\tBilled Duration: 25 ms\n',
    elapsed: 300,
  };
  const known = { timeout: 30, reportsItemFailures: true };

  test('the duration is that of the log, in text or in JSON', () => {
    expect(judgeInvocation(answer, event, known)).toMatchObject({ outcome: 'succeeded', duration: 24.5, problems: [] });
    const log = '{"type":"platform.report","record":{"metrics":{"durationMs":12.25}}}';
    expect(judgeInvocation({ ...answer, log }, event, known).duration).toBe(12.25);
    expect(judgeInvocation({ ...answer, log: '' }, event, known).duration).toBe(300);
  });

  test('a function error', () => {
    const payload = '{"errorType":"Sandbox.Timedout","errorMessage":"Task timed out after 3.00 seconds"}';
    const result = judgeInvocation({ ...answer, functionError: 'Unhandled', payload }, event, known);
    expect(result.outcome).toBe('failed');
    expect(result.problems).toEqual([
      'The function failed (Unhandled, Sandbox.Timedout: Task timed out after 3.00 seconds): Lambda retries the complete batch.',
    ]);
  });

  test('failed records, which a mapping without ReportBatchItemFailures ignores', () => {
    const payload = JSON.stringify({ batchItemFailures: [item('orders-0', 5)] });
    expect(judgeInvocation({ ...answer, payload }, event, known)).toMatchObject({ outcome: 'partial', problems: [] });
    const ignored = judgeInvocation({ ...answer, payload }, event, { ...known, reportsItemFailures: false });
    expect(ignored.problems).toEqual([expect.stringContaining('Lambda ignores batchItemFailures')]);
    const wrong = JSON.stringify({ batchItemFailures: [item('orders-9', 5)] });
    expect(judgeInvocation({ ...answer, payload: wrong }, event, known)).toMatchObject({
      outcome: 'failed',
      problems: [expect.stringContaining('The batch response is not valid')],
    });
  });

  test('a duration near the timeout', () => {
    const log = 'REPORT RequestId: 1\tDuration: 2900 ms';
    expect(judgeInvocation({ ...answer, log }, event, { ...known, timeout: 3 }).problems).toEqual([
      'The invocation took 97% of the function’s timeout.',
    ]);
  });

  test('records and bytes of the payload', () => {
    expect(sizeOf(event)).toEqual({
      records: 3,
      bytes: Buffer.byteLength(JSON.stringify(event)),
      limit: 6_291_456,
    });
  });
});
