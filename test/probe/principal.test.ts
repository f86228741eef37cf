/** Principals as Kafka writes them, and the record of a broker's steps. */
import { expect, test } from 'vitest';
import { BrokerSteps } from '../../src/probe/broker-steps.js';
import { principalOf } from '../../src/probe/principal.js';
import type { ProbeResult } from '../../src/probe/probe-result.js';
import { kafkaError } from '../../src/kafka/wire-error.js';
import { makeAuthority, makeIdentity } from '../kafka/support/certificates.js';
import { probeInput } from './support/input.js';

test('a certificate: most specific part first, unknown types as object identifiers', () => {
  const { certificate, privateKey } = makeIdentity(makeAuthority(), {
    name: 'orders',
    parts: [
      ['1.2.840.113549.1.9.1', 'a@b'],
      ['2.5.4.10', 'Shop, Inc'],
      ['2.5.4.11', 'Team'],
    ],
  });
  const mtls = { kind: 'mtls', certificate, privateKey, passphrase: null } as const;
  expect(principalOf(mtls)).toBe('User:CN=orders,OU=Team,O=Shop\\, Inc,1.2.840.113549.1.9.1=#0c03614062');
  expect(principalOf({ ...mtls, certificate: 'none' })).toBeNull();
});

test('the other logins', () => {
  expect(principalOf(probeInput({ bootstrap: [] }).credentials)).toBe('User:ANONYMOUS');
  expect(principalOf({ kind: 'scram', username: 'orders', password: 'x' })).toBe('User:orders');
  expect(principalOf({ kind: 'scram', username: '', password: 'x' })).toBeNull();
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: null };
  expect(principalOf({ kind: 'iam', region: 'r', mechanism: 'OAUTHBEARER', credentials })).toBeNull();
});

test('steps are in the order of a poller; two requests of a step share it, and the worse counts', () => {
  const steps = new BrokerSteps('b:1');
  steps.record('offsets', 'ok', 2);
  steps.record('tcp', 'ok', 1);
  steps.fail('offsets', kafkaError(29, 'no permission'), 3);
  steps.record('offsets', 'ok', 4);
  steps.skip('group-join', 'the group is active');
  const [broker]: ProbeResult['brokers'] = [steps.result()];
  expect(broker).toEqual({
    address: 'b:1',
    node: null,
    steps: [
      { step: 'tcp', status: 'ok', ms: 1, code: null, name: null, because: null },
      { step: 'group-join', status: 'skipped', ms: 0, code: null, name: null, because: 'the group is active' },
      {
        step: 'offsets',
        status: 'failed',
        ms: 9,
        code: 29,
        name: 'TOPIC_AUTHORIZATION_FAILED',
        because: 'no permission',
      },
    ],
  });
});
