/** The test brokers are what they are taken for: Kafka's own client and AWS's libraries log in, and wrong ones do not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftOut } from '../left-out.js';
import { clientIdentities, clientPrincipal } from './certificates.js';
import { missingTool } from './class-path.js';
import { javaClient, javaCredentials, missingSigner, pythonToken } from './peers.js';
import { startKafka, type RealKafka } from './real-kafka.js';

describe.skipIf(leftOut('the logins of the test broker', missingTool()))('a test broker', () => {
  let kafka: RealKafka;
  beforeAll(async () => {
    kafka = await startKafka();
    await kafka.createTopic('orders');
    for (const principal of ['User:orders', 'User:ANONYMOUS', clientPrincipal, `User:${kafka.key.arn}`])
      await kafka.allow({ principal, resource: 'topic', name: 'orders', operation: 'describe' });
  });
  afterAll(() => kafka?.end());

  test('takes plaintext and TLS without a login', async () => {
    expect(await kafka.login('PLAINTEXT', javaClient.plaintext)).toEqual(['orders']);
    expect(await kafka.login('TLS', javaClient.tls)).toEqual(['orders']);
  });

  test('takes a client certificate and names its principal in the order of RFC 2253', async () => {
    expect(await kafka.login('MTLS', javaClient.mtls(clientIdentities.trusted))).toEqual(['orders']);
    for (const identity of [clientIdentities.untrusted, clientIdentities.expired, clientIdentities.forServers])
      await expect(kafka.login('MTLS', javaClient.mtls(identity))).rejects.toThrow(/SslAuthenticationException/u);
    expect(await kafka.logins('MTLS')).toMatchObject({ refused: 3 });
  });

  test('takes a user of SCRAM, shows a user without rules no topic, and refuses a wrong password', async () => {
    const { orders, guest } = kafka.users;
    expect(await kafka.login('SCRAM', javaClient.scram(orders))).toEqual(['orders']);
    expect(await kafka.login('SCRAM', javaClient.scram(guest))).toEqual([]);
    await expect(kafka.login('SCRAM', javaClient.scram({ ...orders, password: guest.password }))).rejects.toThrow(
      /SaslAuthenticationException/u,
    );
    expect(await kafka.logins('SCRAM')).toMatchObject({ refused: 1 });
  });

  describe.each(['AWS_MSK_IAM', 'OAUTHBEARER'] as const)('%s of AWS’s library for Java', (mechanism) => {
    test('is taken', async () => {
      expect(await kafka.login('IAM', javaClient.iam(mechanism), javaCredentials(kafka.key))).toEqual(['orders']);
    });

    test('is refused with another secret key, another session token and another region', async () => {
      for (const system of [
        javaCredentials({ ...kafka.key, secretAccessKey: 'another' }),
        javaCredentials({ ...kafka.key, sessionToken: 'another' }),
        javaCredentials(kafka.key, 'eu-west-2'),
      ])
        await expect(kafka.login('IAM', javaClient.iam(mechanism), system)).rejects.toThrow(
          mechanism === 'AWS_MSK_IAM' ? /Access denied/u : /invalid_token/u,
        );
    });
  });

  describe.skipIf(leftOut('AWS’s signer for Python', missingSigner()))('a token of AWS’s signer for Python', () => {
    test('is taken', async () => {
      expect(await kafka.login('IAM', javaClient.token(pythonToken(kafka.key)))).toEqual(['orders']);
    });

    test('is refused for another region', async () => {
      await expect(kafka.login('IAM', javaClient.token(pythonToken(kafka.key, 'eu-west-2')))).rejects.toThrow(
        /invalid_token/u,
      );
    });
  });
});
