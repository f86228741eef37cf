import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildEvent } from '../../src/event/build-event.js';
import { findInLog } from '../../src/event/from-log.js';

const event = buildEvent(
  [
    {
      topic: 'orders',
      partition: 1,
      offset: 7,
      timestamp: 1,
      key: null,
      value: Buffer.from(`it's {"odd": '}' `),
      headers: [{ name: `it's "é"`, value: Buffer.from('é') }],
    },
  ],
  { eventSourceArn: 'arn:aws:kafka:eu-west-1:123456789012:cluster/a/b', bootstrapServers: 'b:9098' },
);
const json = JSON.stringify(event);
/** As Python prints a dictionary. */
const python = json
  .replaceAll(String.raw`"it's \"é\""`, String.raw`'it\'s "é"'`)
  .replaceAll(
    /"((?:aws|arn|b:|orders|topic|partition|offset|timestamp|key|value|headers|event|boot|records|CREATE|[\w+/]+=*)[^"']*)"/g,
    "'$1'",
  )
  .replaceAll('null', 'None');

describe('log lines', () => {
  const wrapped = (text: string) =>
    `INIT_START Runtime Version: nodejs:22.v1\nSTART RequestId: 1 Version: $LATEST\n${text}\nEND RequestId: 1\nREPORT RequestId: 1\tDuration: 5 ms\n`;
  test.each([
    ['the event alone', json],
    ['laid out', JSON.stringify(event, null, 2)],
    ['between START and END', wrapped(`2026-09-02T10:00:00.000Z\t1\tINFO\t${json}`)],
    ['laid out between START and END', wrapped(JSON.stringify(event, null, 2))],
    ['after words and a brace', `received {event}: { "x": 1 } can't {${json} end`],
    ['with the prefix of aws logs tail', `2026-09-02T10:00:00.000000+00:00 2026/09/02/[$LATEST]0a1b ${json}`],
    ['JSON log format, as text', JSON.stringify({ timestamp: '2026', level: 'INFO', requestId: '1', message: json })],
    ['JSON log format, as object', JSON.stringify({ timestamp: '2026', level: 'INFO', message: event })],
    ['a text in the message', JSON.stringify({ level: 'INFO', message: `Event: ${json}` })],
    ['beside the message', JSON.stringify({ level: 'INFO', message: 'event', event })],
    ['the answer of aws logs', JSON.stringify({ events: [{ message: 'START' }, { message: `INFO ${json}\n` }] })],
    ['JSON lines', `{"type":"platform.start"}\n${JSON.stringify({ message: json })}\n{"type":"platform.report"}`],
    ['a Python dictionary', wrapped(`[INFO]\t2026Z\t1\t${python}`)],
    ['a table that CloudWatch exports', `timestamp,message\n1,"INFO ${json.replaceAll('"', '""')}"\n`],
  ])('%s', (_, text) => {
    expect(findInLog(text)).toEqual({ event, events: 1, failure: null, failures: 0, incomplete: null });
  });

  test('after many lines in JSON, and many that only look so', () => {
    const lines = Array.from({ length: 20_000 }, (_, n) =>
      n % 2 === 0 ? `{"level":"INFO","message":"order ${n}","tags":["a","b"]}` : `{'n': Decimal('${n}')}`,
    );
    expect(findInLog(`${lines.join('\n')}\n${json}`)).toMatchObject({ event, events: 1 });
  });

  test('several events: the first', () => {
    const other = JSON.stringify({ ...event, bootstrapServers: 'other:1' });
    expect(findInLog(`${json}\n${other}`)).toMatchObject({ event, events: 2 });
  });

  test('an object as console.log prints it has no records', () => {
    const text = "INFO {\n  eventSource: 'aws:kafka',\n  records: { 'orders-0': [ [Object] ] }\n}";
    expect(findInLog(text)).toMatchObject({ event: null, incomplete: 'inspected' });
  });

  test.each([
    ['JSON', json],
    ['JSON in a text', JSON.stringify({ message: JSON.stringify({ event: json }) })],
    ['a Python dictionary', python],
  ])('an event that the log has cut off: %s', (_, text) => {
    const end = text.indexOf('timestampType');
    expect(findInLog(`INFO ${text.slice(0, end)}`)).toMatchObject({ event: null, events: 0, incomplete: 'cut' });
  });

  test('other text is no part of an event', () =>
    expect(findInLog('eventSource "aws:kafka" {"eventSource":"aws:sqs"}')).toMatchObject({ incomplete: null }));
});

describe('documents of destinations', () => {
  const document = {
    requestContext: {
      requestId: '316aa6d0-8154-xmpl-9af7-85d5f4a6bc81',
      functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:myfunction',
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 3,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2026-11-14T00:38:06.021Z',
    KafkaBatchInfo: {
      batchSize: 500,
      eventSourceArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/a/b',
      bootstrapServers: 'b:9098',
      payloadSize: 2_039_086,
      recordsInfo: {
        'orders-1': {
          firstRecordOffset: '49601189658422359378836298521827638475320189012309704722',
          lastRecordOffset: '49601189658422359378836298522902373528957594348623495186',
          firstRecordTimestamp: '2026-11-14T00:38:04.835Z',
          lastRecordTimestamp: '2026-11-14T00:38:05.580Z',
        },
      },
    },
  };
  const failure = {
    condition: 'RetryAttemptsExhausted',
    functionArn: document.requestContext.functionArn,
    requestId: document.requestContext.requestId,
    attempts: 3,
    functionError: 'Unhandled',
    statusCode: 200,
    batchSize: 500,
    batches: [
      {
        partition: 'orders-1',
        first: document.KafkaBatchInfo.recordsInfo['orders-1'].firstRecordOffset,
        last: document.KafkaBatchInfo.recordsInfo['orders-1'].lastRecordOffset,
      },
    ],
  };
  const text = JSON.stringify(document);
  test.each([
    ['the object in S3, payload as text', JSON.stringify({ ...document, payload: json }), event],
    ['the object in S3, payload as object', JSON.stringify({ ...document, payload: event }), event],
    ['the document of SQS', text, null],
    ['the answer of receive-message', JSON.stringify({ Messages: [{ MessageId: '1', Body: text }] }), null],
    [
      'the event of a function that reads the queue',
      JSON.stringify({ Records: [{ messageId: '1', body: text }] }),
      null,
    ],
    ['the envelope of SNS', JSON.stringify({ Type: 'Notification', Message: text }), null],
    [
      'SNS in SQS',
      JSON.stringify({ Records: [{ body: JSON.stringify({ Type: 'Notification', Message: text }) }] }),
      null,
    ],
  ])('%s', (_, input, found) => {
    const result = findInLog(input);
    expect(result.event).toEqual(found);
    expect(result.failure).toMatchObject(failure);
    expect(result.failure?.known.map(({ id }) => id)).toEqual(['record-retries-exhausted']);
  });

  test('a payload too large, and a code of the schema registry', () => {
    const tooLarge = { requestContext: { condition: 'MaximumPayloadSizeExceeded' }, responseContext: null };
    expect(findInLog(JSON.stringify(tooLarge)).failure?.known.map(({ id }) => id)).toEqual([
      'record-payload-too-large',
    ]);
    const schema = { requestContext: { condition: 'SCHEMA_NOT_FOUND' }, KafkaBatchInfo: {} };
    expect(findInLog(JSON.stringify(schema)).failure?.known.map(({ id }) => id)).toEqual(['record-schema-not-found']);
  });

  test('of several documents, the reason and the event are of the same one', () => {
    const other = { ...document, requestContext: { condition: 'MaximumPayloadSizeExceeded' }, payload: event };
    expect(findInLog(`${text}\n${JSON.stringify(other)}`)).toMatchObject({
      event,
      events: 1,
      failures: 2,
      failure: { condition: 'MaximumPayloadSizeExceeded' },
    });
  });

  test('documents of other sources and of asynchronous invocations are not of a Kafka mapping', () => {
    const { requestContext } = document;
    const stream = { requestContext, KinesisBatchInfo: { shardId: 's' } };
    expect(findInLog(JSON.stringify(stream))).toMatchObject({ event: null, failure: null });
    const asynchronous = { requestContext, requestPayload: event, responsePayload: null };
    expect(findInLog(JSON.stringify(asynchronous))).toMatchObject({ event, failure: null });
  });

  test('a code in the records is not the reason', () => {
    const other = { ...document, requestContext: { condition: 'Other' }, payload: 'SCHEMA_NOT_FOUND' };
    expect(findInLog(JSON.stringify(other)).failure).toMatchObject({ condition: 'Other', known: [] });
  });
});

test('any text is searched, also a hostile one', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: fc.constantFrom(...'{}"\'\\[]:, ') })), (text) => {
      expect(findInLog(text).event).toBeNull();
    }),
  );
  for (const part of ['{', '{"a":', '["', "{'", '{"', '[{'])
    expect(findInLog(part.repeat(100_000)).event, part).toBeNull();
  expect(findInLog(`${'{'.repeat(100)} ${json}`).event).toEqual(event);
});
