/** The code of the temporary function in a process of its own, against Apache Kafka. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RemoteEvent } from '../../../src/probe/function/remote-event.js';
import type { ProbeInput } from '../../../src/probe/probe-input.js';
import { invokeUnpacked, unpackFunction } from '../../probe/support/unpacked-function.js';
import { leftOut } from '../left-out.js';
import { serverAuthority } from './certificates.js';
import { missingTool } from './class-path.js';
import { healthyRules } from './faults.js';
import { iam, plaintext, scram } from './probing.js';
import { iamRegion, startKafka, type RealKafka } from './real-kafka.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-function-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const eventOf = (
  { credentials: _credentials, dial: _dial, signal: _signal, ...probe }: ProbeInput,
  login: RemoteEvent['login'],
) => ({
  probe,
  login,
  services: [],
});

describe.skipIf(leftOut('the temporary function against Kafka', missingTool()))('Kafka 4.3.1', () => {
  let kafka: RealKafka;
  beforeAll(async () => {
    await unpackFunction(folder, serverAuthority.pem);
    kafka = await startKafka({ version: '4.3.1' });
    await kafka.createTopic('orders', 3);
    for (const principal of ['User:orders', 'User:ANONYMOUS', `User:${kafka.key.arn}`])
      await kafka.allow(...healthyRules(principal));
  });
  afterAll(() => kafka?.end());

  test('plaintext', async () => {
    const { answer, output } = await invokeUnpacked(folder, {}, eventOf(plaintext(kafka), { kind: 'none' }));
    expect([answer.result?.verdict, answer.result?.stoppedAt, output]).toEqual(['reaches', null, '']);
  });

  test('SCRAM with the login of the payload', async () => {
    const input = scram(kafka);
    const { answer } = await invokeUnpacked(
      folder,
      {},
      eventOf(input, { kind: 'given', credentials: input.credentials }),
    );
    expect([answer.result?.verdict, answer.result?.stoppedAt]).toEqual(['reaches', null]);
  });

  test('IAM with the credentials of the function', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = kafka.key;
    const environment = {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken === null ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    };
    const login = { kind: 'role', region: iamRegion } as const;
    const { answer } = await invokeUnpacked(folder, environment, eventOf(iam(kafka, 'AWS_MSK_IAM'), login));
    expect([answer.result?.verdict, answer.result?.stoppedAt]).toEqual(['reaches', null]);
  });
});
