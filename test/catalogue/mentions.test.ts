/** What a pasted text names, and what only looks like it. */
import { describe, expect, test } from 'vitest';
import { mentionsOf } from '../../src/catalogue/mentions.js';

const uuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11';
const cluster = 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders-cluster/6f0c0d5e-2222-4c1a-9a33-7c2d8f0e6b11-2';
const handler = 'arn:aws:lambda:eu-west-1:111122223333:function:order-handler:live';
const nothing = { mappings: [], clusters: [], functions: [], topics: [] };

describe('names', () => {
  test.each([
    { text: `Please update or delete the existing mapping with UUID ${uuid}`, expected: { mappings: [uuid] } },
    { text: `{"UUID": "${uuid.toUpperCase()}", "State": "Enabled"}`, expected: { mappings: [uuid] } },
    { text: `reading Lambda Event Source Mapping (${uuid}): couldn't find resource`, expected: { mappings: [uuid] } },
    { text: `arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:${uuid}`, expected: { mappings: [uuid] } },
    { text: `GroupAuthorizationException: Not authorized to access group: ${uuid}`, expected: { mappings: [uuid] } },
    { text: `aws_lambda_event_source_mapping.this: Refreshing state... [id=${uuid}]`, expected: { mappings: [uuid] } },
    {
      text: `An event source mapping with event source arn ("${cluster}"), function ("${handler}") and topics ("orders") already exists. Please update or delete the existing mapping with UUID ${uuid}`,
      expected: { mappings: [uuid], clusters: [cluster], functions: [handler], topics: ['orders'] },
    },
    { text: `{\\"eventSourceArn\\":\\"${cluster}\\"}`, expected: { clusters: [cluster] } },
    { text: 'Not authorized to access topics: [my-topic]', expected: { topics: ['my-topic'] } },
    { text: 'Topic orders.v2 not present in metadata after 60000 ms.', expected: { topics: ['orders.v2'] } },
    { text: '"Topics": ["orders"]', expected: { topics: ['orders'] } },
    { text: "Unknown topic 'orders'", expected: { topics: ['orders'] } },
  ])('$text', ({ text, expected }) => expect(mentionsOf(text)).toEqual({ ...nothing, ...expected }));
});

describe('not a mapping, a cluster or a topic', () => {
  test.each([
    [`(Service: Lambda, Status Code: 404, Request ID: ${uuid})`],
    [`[${uuid}]: Too many connects`],
    [`arn:aws:kms:eu-west-1:111122223333:key/${uuid}`],
    ['Topic authorization failed.'],
    ['not authorized to access topics: [Topic authorization failed.]'],
    ['topics: []'],
    ['arn:aws:sqs:eu-west-1:111122223333:orders'],
  ])('%s', (text) => expect(mentionsOf(text)).toEqual(nothing));
});
