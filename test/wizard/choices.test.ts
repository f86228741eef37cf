import { describe, expect, test } from 'vitest';
import {
  authChoices,
  clusterChoices,
  functionChoices,
  missingTopicChoices,
  secretChoices,
  topicChoices,
} from '../../src/cli/commands/create/wizard/choices.js';
import type { Choice } from '../../src/cli/commands/create/wizard/prompts.js';
import type { Cluster, Mapping } from '../../src/snapshot/resources/index.js';
import { viewCluster } from '../../src/subject/cluster-view.js';
import { clusterArn, functionArn, functionName, healthyAccount, secretArn, uuid, value } from '../accounts/account.js';

const labels = (choices: readonly Choice<unknown>[]) =>
  choices.map(({ name, disabled }) => (disabled === undefined ? name : `${name} (${disabled})`));
const account = healthyAccount();
const lambda = (FunctionName: string, more: object = {}) => ({
  ...value(account.functions, functionArn),
  FunctionName,
  ...more,
});
const cluster = (more: Partial<Cluster>, name = 'orders'): Cluster => ({
  ...value(healthyAccount().clusters, clusterArn),
  ClusterName: name,
  ClusterArn: clusterArn.replace('orders-cluster', name),
  ...more,
});
const view = (
  change: (authentication: NonNullable<NonNullable<Cluster['Provisioned']>['ClientAuthentication']>) => void,
) => {
  const shown = cluster({});
  change(shown.Provisioned!.ClientAuthentication!);
  return viewCluster(shown);
};

test('functions by name; one that failed comes last, with its reason', () => {
  expect(
    labels(functionChoices([lambda('b'), lambda('a', { State: 'Failed' }), lambda('c', { Timeout: 900 })])),
  ).toEqual(['b', 'c', 'a (state Failed)']);
  expect(functionChoices([lambda('c', { Timeout: 900 })])[0]!.description).toContain('longer than the 840 s');
});

test('clusters by name, told apart where they bear one name; one that does not serve comes last', () => {
  const twin = cluster({ ClusterArn: `${clusterArn}x` }, 'twin');
  expect(
    labels(
      clusterChoices([
        cluster({ State: 'CREATING' }, 'a'),
        cluster({ State: 'UPDATING' }, 'z'),
        twin,
        cluster({}, 'twin'),
      ]),
    ),
  ).toEqual([
    expect.stringMatching(/^twin \(.*-2x\)$/),
    expect.stringMatching(/^twin \(.*-2\)$/),
    'z',
    'a (state CREATING)',
  ]);
});

describe('topics', () => {
  const topics = [
    { TopicName: 'orders', PartitionCount: 1 },
    { TopicName: '__consumer_offsets' },
    { TopicName: 'payments' },
  ];
  const mapping = value(account.mappings, uuid);
  const choices = (name: string, existing: Mapping = mapping) => labels(topicChoices(topics, [existing], name));

  test('that the function reads already, or that are Kafka’s own, come last', () => {
    const expected = [
      'payments',
      '__consumer_offsets (internal topic of Kafka)',
      `orders (mapping ${uuid} already connects it to this function)`,
    ];
    for (const name of [functionName, functionArn, `111122223333:function:${functionName}`, `function:${functionName}`])
      expect(choices(name)).toEqual(expected);
  });
  test('another function, and another alias of it, may read them too', () => {
    for (const name of ['other', `${functionName}:live`, `${functionArn}:live`])
      expect(choices(name)).toContain('orders');
    expect(choices(`${functionName}:live`, { ...mapping, FunctionArn: `${functionArn}:live` })).toContain(
      `orders (mapping ${uuid} already connects it to this function)`,
    );
  });
  test('for a missing topic, a similar one is offered, otherwise the command that creates it', () => {
    const create = 'msk-lambda topic create orders';
    const similar = missingTopicChoices('order', topics, create);
    expect(labels(similar)).toEqual(['orders', 'order (as typed)']);
    expect(similar[1]!.description).not.toContain(create);
    const missing = missingTopicChoices('anything', topics, create);
    expect(labels(missing)).toEqual(['anything (as typed)']);
    expect(missing[0]!.description).toContain(create);
    expect(missingTopicChoices('orders', topics, create)).toEqual([]);
    expect(missingTopicChoices('anything', [], create)).toEqual([]);
  });
});

describe('ways in', () => {
  test('IAM, where it is on and no secret is named', () => {
    const choices = authChoices(view(() => {}));
    expect(labels(choices)).toEqual([
      'IAM, without a secret',
      'SASL/SCRAM, with a secret (not enabled in the cluster)',
      'mutual TLS, with a secret (not enabled in the cluster)',
    ]);
    expect(choices[0]!.description).toBe(
      'Lambda selects it: the mapping has no secret, and IAM authentication is enabled in the cluster.',
    );
  });
  test('with SASL/SCRAM alone there is none without a secret', () => {
    const choices = authChoices(
      view((target) => Object.assign(target, { Sasl: { Iam: { Enabled: false }, Scram: { Enabled: true } } })),
    );
    expect(labels(choices)).toEqual([
      'SASL/SCRAM, with a secret',
      'TLS without authentication (not enabled in the cluster; enabled: SASL/SCRAM)',
      'mutual TLS, with a secret (not enabled in the cluster)',
    ]);
  });
  test('IAM comes before unauthenticated TLS, whatever is wished', () => {
    const choices = authChoices(view((target) => Object.assign(target, { Unauthenticated: { Enabled: true } })));
    expect(labels(choices)).toContain('TLS without authentication (Lambda selects IAM first)');
  });
  test('of another account’s cluster nothing is ruled out', () => {
    expect(authChoices(null).filter(({ disabled }) => disabled !== undefined)).toEqual([]);
  });
});

test('secrets that MSK takes come first, the others say why not', () => {
  const secret = (Name: string, more: object = {}) => ({
    ARN: `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${Name}-Ab12Cd`,
    Name,
    ...more,
  });
  const secrets = [
    secret('AmazonMSK_b'),
    secret('plain'),
    secret('AmazonMSK_a', { DeletedDate: '2026-01-01T00:00:00Z' }),
    { ARN: secretArn, Name: 'AmazonMSK_orders' },
  ];
  expect(labels(secretChoices(secrets, 'scram', [secretArn]))).toEqual([
    'AmazonMSK_orders',
    'AmazonMSK_a (scheduled for deletion)',
    'AmazonMSK_b (not associated with the cluster)',
    'plain (name does not begin with AmazonMSK_)',
  ]);
  expect(labels(secretChoices(secrets, 'mtls', null))).toEqual([
    'AmazonMSK_b',
    'AmazonMSK_orders',
    'plain',
    'AmazonMSK_a (scheduled for deletion)',
  ]);
  // What could not be read rules nothing out.
  expect(labels(secretChoices(secrets, 'scram', null))).toContain('AmazonMSK_b');
});
