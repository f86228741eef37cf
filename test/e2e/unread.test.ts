/** The built program while AWS refuses, throttles, breaks off or keeps silent, one read at a time. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import pLimit from 'p-limit';
import { describe, expect, test } from 'vitest';
import doctorSchema from '../../schema/doctor.v1.json' with { type: 'json' };
import type { Answerer } from '../../src/account/clients.js';
import type { DoctorDocument } from '../../src/report/documents/doctor.js';
import { openAccount } from '../../src/sandbox/index.js';
import { uuid } from '../accounts/account.js';
import { startDouble, type Fault } from '../wire/double.js';
import { withEnoughTime } from '../wire/enough-time.js';
import { looksLikeTrace, run } from './program.js';

const validate = new Ajv2020().compile(doctorSchema);

async function diagnose(account: string, faultOf: (name: string) => Fault | undefined, words: string[]) {
  const double = await startDouble(openAccount(account)!.answer as Answerer, faultOf);
  const ran = await run(['doctor', uuid, ...words], { env: { AWS_ENDPOINT_URL: double.url } });
  await double.close();
  return { ...ran, trace: looksLikeTrace(ran), requests: double.requests };
}

async function doctor(account: string, faultOf: (name: string) => Fault | undefined, words: string[] = []) {
  const ran = await diagnose(account, faultOf, [...words, '--output', 'json']);
  const document = JSON.parse(ran.stdout) as DoctorDocument;
  return { ...ran, document, mapping: document.mappings[0]!, valid: validate(document) };
}

const outcomes: Partial<Record<Fault, string[]>> = {
  denied: ['denied'],
  throttled: ['throttled', 'timed-out'],
  cut: ['failed'],
  hung: ['timed-out'],
};
const mappingRead = 'lambda GetEventSourceMapping';

/** The diagnosis where one read has a fault; whatever the time limit, nobody is blamed for it. */
async function withFault(name: string, fault: Fault, limit: number | null) {
  const ran = await doctor(
    'scram',
    (called) => (called === name ? fault : undefined),
    limit === null ? [] : ['--timeout', String(limit)],
  );
  const reads = ran.document.reads.map(({ service, operation, outcome }) => ({
    name: `${service} ${operation}`,
    outcome,
  }));
  expect(
    {
      valid: ran.valid,
      trace: ran.trace,
      stderr: ran.stderr,
      blamed: ran.mapping.findings.filter(({ status }) => status === 'fail').map(({ check }) => check),
      uuid: ran.mapping.uuid,
    },
    name,
  ).toEqual({ valid: true, trace: false, stderr: '', blamed: [], uuid });
  return {
    ...ran,
    outcomesOfRead: reads.filter((read) => read.name === name).map(({ outcome }) => outcome),
    othersInTime: reads.every((read) => read.name === name || read.outcome !== 'timed-out'),
  };
}

describe('each read of a working mapping', () => {
  // One fault after another, a few reads at a time: program and double share a process, and a busy one answers late.
  test.each(Object.keys(outcomes) as Fault[])(
    '%s in turn: the rest is reported, and nobody is blamed',
    async (fault) => {
      const operations = [...new Set((await doctor('scram', () => undefined)).requests)];
      expect(operations.length).toBeGreaterThan(25);
      const waits = fault === 'hung' || fault === 'throttled';
      await pLimit(waits ? 8 : 2).map(operations, async (name) => {
        const [verdict, exitCode] = name === mappingRead ? ['unknown', 3] : ['healthy', 0];
        const ran = waits
          ? await withEnoughTime(
              [5, 40, 300],
              (limit) => withFault(name, fault, limit),
              ({ outcomesOfRead, mapping, othersInTime }) =>
                outcomesOfRead.length > 0 && (mapping.verdict === verdict || othersInTime),
            )
          : await withFault(name, fault, null);
        expect([ran.mapping.verdict, ran.exitCode], name).toEqual([verdict, exitCode]);
        expect(ran.outcomesOfRead.length, name).toBeGreaterThan(0);
        expect(
          ran.outcomesOfRead.filter((outcome) => !outcomes[fault]!.includes(outcome)),
          name,
        ).toEqual([]);
        if (fault === 'denied' && ran.document.coverage.unknown > 0)
          expect(ran.document.coverage.missingActions, name).not.toEqual([]);
      });
    },
  );
});

describe('everything at once', () => {
  test.concurrent.each(['denied', 'cut', 'hung'] as Fault[])('%s: exit 3, a document, no blame', async (fault) => {
    const ran = await doctor('endpoints', () => fault, ['--timeout', '2']);
    expect([ran.exitCode, ran.mapping.verdict, ran.valid, ran.trace]).toEqual([3, 'unknown', true, false]);
    expect(ran.mapping).toMatchObject({
      uuid,
      functionArn: null,
      observed: { state: null, lastProcessingResult: null },
      causes: [],
    });
  });

  test('all but the mapping denied: what is broken is not explained by what was not read', async () => {
    const ran = await doctor('nat-blackhole', (name) => (name === mappingRead ? undefined : 'denied'));
    expect([ran.exitCode, ran.mapping.verdict, ran.valid]).toEqual([3, 'unknown', true]);
    expect(ran.mapping.causes).toEqual([]);
    expect(ran.document.coverage.missingActions).toContain('kafka:DescribeClusterV2');
  });
});

test('in text, a refused read is reported with the action that is missing', async () => {
  const ran = await diagnose(
    'no-self-reference',
    (name) => (name === 'ec2 DescribeSecurityGroups' ? 'denied' : undefined),
    [],
  );
  expect(ran.stdout).toContain('ec2:DescribeSecurityGroups');
  expect([ran.exitCode, ran.trace]).toEqual([3, false]);
});
