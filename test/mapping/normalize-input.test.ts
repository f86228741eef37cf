import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findClusterOfBrokers,
  findSecret,
  isBrokerList,
  normalizeCluster,
  normalizeFunction,
  normalizeSecret,
  normalizeTopic,
} from '../../src/mapping/normalize-input.js';
import { clusterArn, functionArn, secretArn } from '../../src/sandbox/healthy.js';

const hosts =
  'b-1.orders.abc123.c2.kafka.eu-west-1.amazonaws.com:9098,b-2.orders.abc123.c2.kafka.eu-west-1.amazonaws.com:9098';

describe('what was pasted', () => {
  test.each<{ name: string; mend: (text: string) => { value: string; notes: string[] }; text: string; value: string }>([
    {
      name: 'an ARN with its beginning twice',
      mend: normalizeCluster,
      text: `arn:aws:kafka:eu-west-1:111122223333:cluster/${clusterArn}`,
      value: clusterArn,
    },
    { name: 'one glued to the bare prefix', mend: normalizeCluster, text: `arn:aws:${clusterArn}`, value: clusterArn },
    {
      name: 'a function’s likewise',
      mend: normalizeFunction,
      text: `arn:aws:lambda:eu-west-1:111122223333:function:${functionArn}`,
      value: functionArn,
    },
    {
      name: 'a secret’s likewise',
      mend: normalizeSecret,
      text: `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${secretArn}`,
      value: secretArn,
    },
    { name: 'quotes', mend: normalizeCluster, text: `"${clusterArn}"`, value: clusterArn },
    {
      name: 'quotes of a word processor, and blanks',
      mend: normalizeFunction,
      text: ' “order-handler” \n',
      value: 'order-handler',
    },
    { name: 'a comma from a list', mend: normalizeSecret, text: `'${secretArn}',`, value: secretArn },
    {
      name: 'an invisible character',
      mend: normalizeFunction,
      text: '\u200Border-handler\uFEFF',
      value: 'order-handler',
    },
    {
      name: 'the console’s address of a cluster',
      mend: normalizeCluster,
      text: `https://eu-west-1.console.aws.amazon.com/msk/home?region=eu-west-1#/cluster/${encodeURIComponent(clusterArn)}/view?tabId=metrics`,
      value: clusterArn,
    },
    {
      name: 'the same, encoded once more',
      mend: normalizeCluster,
      text: `https://eu-west-1.console.aws.amazon.com/msk/home?region=eu-west-1#/cluster/${encodeURIComponent(encodeURIComponent(clusterArn))}/view`,
      value: clusterArn,
    },
    {
      name: 'the console’s address of a function',
      mend: normalizeFunction,
      text: 'https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/order-handler?tab=configure',
      value: 'order-handler',
    },
    {
      name: 'of an alias',
      mend: normalizeFunction,
      text: 'eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/order-handler/aliases/live',
      value: 'order-handler:live',
    },
    {
      name: 'of a secret',
      mend: normalizeSecret,
      text: 'https://eu-west-1.console.aws.amazon.com/secretsmanager/secret?name=AmazonMSK_orders&region=eu-west-1',
      value: 'AmazonMSK_orders',
    },
    {
      name: 'API Gateway’s address of a function',
      mend: normalizeFunction,
      text: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
      value: functionArn,
    },
    { name: '$LATEST', mend: normalizeFunction, text: `${functionArn}:$LATEST`, value: functionArn },
    {
      name: 'an alias with a version',
      mend: normalizeFunction,
      text: `${functionArn}:live:7`,
      value: `${functionArn}:live`,
    },
    {
      name: 'a topic’s ARN for its cluster',
      mend: normalizeCluster,
      text: `${clusterArn.replace(':cluster/', ':topic/')}/orders`,
      value: clusterArn,
    },
    {
      name: 'a topic’s ARN for the topic',
      mend: (text) => normalizeTopic(text, null),
      text: `${clusterArn.replace(':cluster/', ':topic/')}/orders`,
      value: 'orders',
    },
    {
      name: 'a topic in the wrong case',
      mend: (text) => normalizeTopic(text, ['payments', 'Orders']),
      text: 'orders',
      value: 'Orders',
    },
  ])('$name', ({ mend, text, value }) => {
    const mended = mend(text);
    expect(mended.value).toBe(value);
    expect(mended.notes.length).toBeGreaterThan(0);
  });

  test('the console tells the region', () => {
    expect(
      normalizeFunction('https://eu-central-1.console.aws.amazon.com/lambda/home?region=eu-central-1#/functions/a'),
    ).toMatchObject({ value: 'a', region: 'eu-central-1' });
    expect(normalizeFunction('https://us-east-1.console.aws.amazon.com/lambda/home#/functions/a')).toMatchObject({
      value: 'a',
      region: 'us-east-1',
    });
  });

  test.each([
    ['a version', `${functionArn}:7`],
    ['an alias', `${functionArn}:live`],
    ['a name', 'order-handler'],
    ['a partial ARN', '111122223333:function:order-handler:live'],
    ['another account’s', 'arn:aws-cn:lambda:cn-north-1:111122223333:function:f'],
    ['an address of elsewhere', 'https://example.com/lambda/home#/functions/a'],
  ])('%s is left as it is', (_, text) => {
    expect(normalizeFunction(text)).toEqual({ value: text, notes: [] });
  });

  test('two topics that differ in case alone decide nothing, and a list that could not be read neither', () => {
    expect(normalizeTopic('orders', ['Orders', 'ORDERS'])).toEqual({ value: 'orders', notes: [] });
    expect(normalizeTopic('orders', null)).toEqual({ value: 'orders', notes: [] });
  });
});

describe('a list of brokers', () => {
  test('is known, and leads to its cluster', () => {
    expect(isBrokerList(hosts)).toBe(true);
    expect(
      findClusterOfBrokers(hosts.toUpperCase(), [
        { arn: 'other', strings: ['b-1.x.amazonaws.com:9098'] },
        { arn: clusterArn, strings: ['', hosts] },
      ]),
    ).toMatchObject({ value: clusterArn });
    // The same hosts by another port are the same cluster.
    expect(
      findClusterOfBrokers(hosts.replaceAll('9098', '9096'), [{ arn: clusterArn, strings: [hosts] }]),
    ).toMatchObject({ value: clusterArn });
    expect(findClusterOfBrokers('b-9.x.amazonaws.com:9098', [{ arn: clusterArn, strings: [hosts] }])).toBeNull();
  });

  test.each([clusterArn, 'orders-cluster', '', 'orders', 'orders:9098'])('“%s” is none', (text) => {
    expect(isBrokerList(text)).toBe(false);
  });
});

describe('a secret', () => {
  const secrets = [
    { ARN: secretArn, Name: 'AmazonMSK_orders' },
    { ARN: `${secretArn.slice(0, -7)}_more-Ab12Cd`, Name: 'AmazonMSK_orders_more' },
  ];

  test.each([
    ['by its ARN', secretArn, 0],
    ['by its name', 'AmazonMSK_orders', 0],
    ['by its ARN without the suffix', secretArn.slice(0, -7), 1],
    ['by the ARN of one that was deleted and made anew', `${secretArn.slice(0, -6)}ZZZZZZ`, 1],
  ])('%s', (_, text, notes) => {
    const found = findSecret(text, secrets);
    expect([found?.value, found?.notes.length]).toEqual([secretArn, notes]);
  });

  test('that is not there is not found', () => {
    expect(findSecret('AmazonMSK_order', secrets)).toBeNull();
    expect(findSecret('arn:aws:secretsmanager:eu-west-1:111122223333:secret:other', secrets)).toBeNull();
  });
});

describe('whatever the text', () => {
  const menders = [
    normalizeFunction,
    normalizeCluster,
    normalizeSecret,
    (text: string) => normalizeTopic(text, ['a', 'B']),
  ];
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(
        '"',
        "'",
        ' ',
        ',',
        'arn:',
        'aws:',
        '/',
        '#',
        '%',
        'https://console.aws.amazon.com/',
        ':$LATEST',
        'a',
      ),
    }),
  );

  test('mending ends, and mending what was mended changes nothing more', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(...menders), (text, mend) => {
        const once = mend(text).value;
        // A text in which one mistake hides another is mended once for each.
        let last = once;
        for (let time = 0; time < text.length; time++) last = mend(last).value;
        expect(mend(last)).toEqual({ value: last, notes: [] });
      }),
    );
  });

  test('a plain name or ARN survives any wrapping', () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9_-]{1,40}$/);
    fc.assert(
      fc.property(
        name,
        fc.constantFrom(['"', '"'], ["'", "'"], ['“', '”'], [' ', '\n'], ['<', '>'], ['`', '`']),
        fc.boolean(),
        (text, [open, close], comma) => {
          for (const mend of [normalizeFunction, normalizeCluster, normalizeSecret])
            expect(mend(`${open}${text}${close}${comma ? ',' : ''}`).value).toBe(text);
        },
      ),
    );
  });

  test('an ARN behind any other’s beginning is that ARN', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(clusterArn, 'arn:aws-us-gov:kafka:us-gov-west-1:111122223333:cluster/a/b-1'),
        fc.nat(80),
        (arn, length) => {
          const start = clusterArn.slice(0, Math.max(8, Math.min(length, clusterArn.length)));
          expect(normalizeCluster(start + arn).value).toBe(arn);
        },
      ),
    );
  });
});
