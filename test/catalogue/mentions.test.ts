/** What a pasted text names, and what only looks like it. */
import { describe, expect, test } from 'vitest';
import { mentionsOf } from '../../src/catalogue/mentions.js';

const uuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11';
const cluster = 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders-cluster/6f0c0d5e-2222-4c1a-9a33-7c2d8f0e6b11-2';
const handler = 'arn:aws:lambda:eu-west-1:111122223333:function:order-handler:live';
const nothing = { mappings: [], clusters: [], functions: [], topics: [] };

describe('names', () => {
  test.each([
    [`Please update or delete the existing mapping with UUID ${uuid}`, { mappings: [uuid] }],
    [`{"UUID": "${uuid.toUpperCase()}", "State": "Enabled"}`, { mappings: [uuid] }],
    [`reading Lambda Event Source Mapping (${uuid}): couldn't find resource`, { mappings: [uuid] }],
    [`arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:${uuid}`, { mappings: [uuid] }],
    [`GroupAuthorizationException: Not authorized to access group: ${uuid}`, { mappings: [uuid] }],
    [`aws_lambda_event_source_mapping.this: Refreshing state... [id=${uuid}]`, { mappings: [uuid] }],
    [
      `An event source mapping with event source arn ("${cluster}"), function ("${handler}") and topics ("orders") already exists. Please update or delete the existing mapping with UUID ${uuid}`,
      { mappings: [uuid], clusters: [cluster], functions: [handler], topics: ['orders'] },
    ],
    [`{\\"eventSourceArn\\":\\"${cluster}\\"}`, { clusters: [cluster] }],
    ['Not authorized to access topics: [my-topic]', { topics: ['my-topic'] }],
    ['Topic orders.v2 not present in metadata after 60000 ms.', { topics: ['orders.v2'] }],
    ['"Topics": ["orders"]', { topics: ['orders'] }],
    ["Unknown topic 'orders'", { topics: ['orders'] }],
  ])('%s', (text, expected) => expect(mentionsOf(text)).toEqual({ ...nothing, ...expected }));
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
