/** `doctor --probe`: what the brokers answered decides checks; what this machine could not reach decides none. */
import { describe, expect, test } from 'vitest';
import { checks } from '../../../src/checks/index.js';
import { diagnose, diagnoseEach } from '../../../src/diagnosis/diagnose.js';
import type { MappingDiagnosis } from '../../../src/diagnosis/diagnosis.js';
import { judgeProbe } from '../../../src/probe/judge/judge-probe.js';
import { proofOfProbe, type ProofContext } from '../../../src/probe/proof/proof-of-probe.js';
import { besidesWarnings, checksWithProof, withProof } from '../../../src/probe/proof/with-proof.js';
import type { ProbeResult } from '../../../src/probe/probe-result.js';
import { accountWith, uuid, type HealthyOptions } from '../../accounts/account.js';
import { mapping, shows, type Change } from '../../checks/judging.js';
import { blocked, context, reaching } from '../judge/results.js';

const machine = { kind: 'here', subnet: null } as const;

/** The diagnosis of the account's mapping with the proof of a probe. */
function doctor(
  result: ProbeResult,
  change: Change,
  options: HealthyOptions,
  proofContext: Partial<ProofContext> = {},
): MappingDiagnosis {
  const snapshot = accountWith(change, options);
  const { identity = null, from = machine } = proofContext;
  const judgement = judgeProbe(result, context({ identity, from }));
  const proof = proofOfProbe(judgement, { uuid, from, identity, processes: false, ...proofContext });
  const proofs = new Map([[uuid, proof]]);
  const diagnosis = diagnoseEach(snapshot, checks, (target) => checksWithProof(checks, proofs.get(target)));
  return withProof(diagnosis, proofs).mappings[0]!;
}

const statusOf = ({ findings }: MappingDiagnosis, id: string): string | undefined =>
  findings.find(({ check }) => check === id)?.status;
const failed = shows('PROBLEM: Connection error. Please check your event source connection configuration.');
const idle = shows('No records processed');
const works = shows('OK');

describe('a broker’s answer to the login of the mapping is proof', () => {
  test.each([
    ['scram', { step: 'sasl', code: 58, name: 'SASL_AUTHENTICATION_FAILED' }, 'secret.scram'],
    ['scram', { step: 'topic', code: 29, name: 'TOPIC_AUTHORIZATION_FAILED' }, 'cluster.acl'],
    ['mtls', { step: 'group-join', code: 30, name: 'GROUP_AUTHORIZATION_FAILED' }, 'cluster.acl'],
    ['mtls', { step: 'client-certificate', name: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA' }, 'secret.certificate'],
    ['tls', { step: 'topic', code: 3, name: 'UNKNOWN_TOPIC_OR_PARTITION' }, 'cluster.topic'],
    ['iam', { step: 'topic', code: 3, name: 'UNKNOWN_TOPIC_OR_PARTITION' }, 'cluster.topic'],
  ] as const)('%s, %o: %s', (auth, problem, check) => {
    for (const change of [failed, idle]) {
      const diagnosis = doctor(blocked(auth, problem), change, { auth });
      expect(statusOf(diagnosis, check)).toBe('fail');
      expect(diagnosis.verdict).toBe('broken');
      expect(diagnosis.causes[0]).toMatchObject({ check, confidence: 0.99 });
    }
  });

  test('what succeeded passes, whatever the configuration suggests', () => {
    const refused = shows('PROBLEM: Cluster failed to authorize Lambda.');
    expect(statusOf(diagnose(accountWith(refused, { auth: 'scram' })).mappings[0]!, 'cluster.acl')).toBe('fail');
    const proven = doctor(reaching('scram'), refused, { auth: 'scram' });
    expect(
      ['cluster.acl', 'secret.scram', 'cluster.topic', 'cluster.broker'].map((id) => statusOf(proven, id)),
    ).toEqual(['pass', 'pass', 'pass', 'pass']);
  });

  test('a group that was not joined does not prove its ACL', () => {
    const result = reaching('scram');
    const steps = result.brokers[0]!.steps.map((step) =>
      step.step === 'group-join' ? { ...step, status: 'skipped' as const } : step,
    );
    const refused = shows('PROBLEM: Cluster failed to authorize Lambda.');
    const diagnosis = doctor({ ...result, brokers: [{ ...result.brokers[0]!, steps }] }, refused, { auth: 'scram' });
    expect(statusOf(diagnosis, 'cluster.acl')).toBe('fail');
  });
});

describe('a mapping that works', () => {
  test('stays healthy after a probe that succeeded, and after one that could not reach the brokers', () => {
    const before = diagnose(accountWith(works, { auth: 'scram' })).mappings[0]!;
    expect(before.verdict).toBe('healthy');
    expect(doctor(reaching('scram'), works, { auth: 'scram' }, { processes: true }).verdict).toBe('healthy');
    const unreachable = blocked('scram', { step: 'tcp', name: 'TIMEOUT' });
    const after = doctor(unreachable, works, { auth: 'scram' }, { processes: true });
    expect(after.verdict).toBe('healthy');
    expect(after.findings).toEqual(before.findings);
  });

  test('is not blamed for ACLs that may be limited to hosts', () => {
    const denied = blocked('scram', { step: 'topic', code: 29, name: 'TOPIC_AUTHORIZATION_FAILED' });
    const diagnosis = doctor(denied, works, { auth: 'scram' }, { processes: true });
    expect([diagnosis.verdict, statusOf(diagnosis, 'cluster.acl')]).toEqual(['healthy', 'unknown']);
  });

  test('is at risk if the brokers refuse a new login', () => {
    const refused = blocked('scram', { step: 'sasl', code: 58, name: 'SASL_AUTHENTICATION_FAILED' });
    expect(doctor(refused, works, { auth: 'scram' }, { processes: true }).verdict).toBe('at-risk');
  });
});

describe('what this machine cannot reach', () => {
  test.each([
    { step: 'dns', name: 'ENOTFOUND' },
    { step: 'tcp', name: 'TIMEOUT' },
    { step: 'tcp', name: 'ECONNREFUSED' },
    { step: 'tls', name: 'SELF_SIGNED_CERT_IN_CHAIN' },
    { step: 'tls', name: 'NOT_KAFKA' },
    { step: 'client-certificate', name: 'CLOSED' },
    { step: 'api-versions', name: 'CLOSED' },
    { step: 'sasl', name: 'TIMEOUT' },
  ] as const)('$step $name changes no finding', (problem) => {
    for (const auth of ['scram', 'mtls'] as const) {
      const before = diagnose(accountWith(failed, { auth })).mappings[0]!;
      const after = doctor(blocked(auth, problem), failed, { auth });
      expect(after.findings).toEqual(before.findings);
      expect(after.causes).toEqual(before.causes);
      expect(after.hints.at(-1)).toContain('--from-vpc');
    }
  });

  test('in a subnet of the pollers the same is proof', () => {
    const from = { kind: 'subnet', subnet: 'subnet-0a1b2c3d4e5f60718' } as const;
    const unreachable = blocked('scram', { step: 'tcp', name: 'TIMEOUT' });
    expect(statusOf(doctor(unreachable, failed, { auth: 'scram' }, { from }), 'cluster.broker')).toBe('fail');
  });
});

describe('IAM', () => {
  const denied = blocked('iam', { step: 'group-join', code: 30, name: 'GROUP_AUTHORIZATION_FAILED' });
  test('your credentials prove nothing about the execution role', () => {
    const before = diagnose(accountWith(idle, { auth: 'iam' })).mappings[0]!;
    const identity = { arn: 'arn:aws:iam::111122223333:user/bob', isExecutionRole: false };
    const after = doctor(denied, idle, { auth: 'iam' }, { identity });
    expect(statusOf(after, 'access.kafka-group')).toBe(statusOf(before, 'access.kafka-group'));
    expect(after.hints.at(-1)).toContain('--assume-role');
    expect(doctor(reaching('iam'), idle, { auth: 'iam' }, { identity }).hints.at(-1)).toContain(
      'not those of the execution role',
    );
  });
  test('those of the role do', () => {
    const identity = { arn: 'arn:aws:iam::111122223333:role/order-handler-role', isExecutionRole: true };
    expect(statusOf(doctor(denied, idle, { auth: 'iam' }, { identity }), 'access.kafka-group')).toBe('fail');
  });
});

test('a success does not take a warning back', () => {
  const proof = proofOfProbe(judgeProbe(reaching('mtls'), context()), {
    uuid,
    from: machine,
    identity: null,
    processes: true,
  });
  const warned = {
    findings: [
      {
        ...diagnose(accountWith(works, { auth: 'mtls' })).mappings[0]!.findings[0]!,
        check: 'secret.certificate' as const,
        status: 'warn' as const,
      },
    ],
  };
  expect(proof.findings.get('secret.certificate')).toEqual({ status: 'pass' });
  expect(besidesWarnings(proof, warned).findings.has('secret.certificate')).toBe(false);
});

test('a probe that did not run changes nothing but the hints', () => {
  const before = diagnose(accountWith(mapping({}), { auth: 'scram' })).mappings[0]!;
  const after = doctor({ ...reaching('scram'), verdict: 'unknown' }, mapping({}), { auth: 'scram' });
  expect({ ...after, hints: [] }).toEqual({ ...before, hints: [] });
});
