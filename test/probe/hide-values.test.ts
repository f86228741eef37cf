/** A password is not shown where a broker repeats it, and never changes what a result means. */
import { expect, test } from 'vitest';
import { hideValues } from '../../src/probe/hide-values.js';
import { blocked } from '../probe/judge/results.js';

test('a password is replaced in the texts of brokers', () => {
  const result = blocked('scram', {
    step: 'sasl',
    code: 58,
    name: 'SASL_AUTHENTICATION_FAILED',
    because: 'no hunter22',
  });
  expect(JSON.stringify(hideValues(result, ['hunter22']))).not.toContain('hunter22');
});

test('a password that is a name of Kafka changes nothing else', () => {
  const result = blocked('scram', { step: 'topic', code: 3, name: 'UNKNOWN_TOPIC_OR_PARTITION' });
  for (const password of ['orders', 'scram', 'topic', 'blocked', 'metadata', 'UNKNOWN_TOPIC_OR_PARTITION'])
    expect(hideValues(result, [password])).toEqual(result);
});

test('a user name that may be the password is no principal to show', () =>
  expect(hideValues(blocked('scram', { step: 'sasl', name: 'CLOSED' }), ['alice']).facts.principal).toBeNull());
