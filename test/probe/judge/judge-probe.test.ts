/** Each fault becomes a failing finding of the responsible check, with the text that Lambda would show. */
import { describe, expect, test } from 'vitest';
import type { AuthMethod } from '../../../src/aws/msk.js';
import type { Finding } from '../../../src/checks/run.js';
import { judgeProbe } from '../../../src/probe/judge/judge-probe.js';
import type { ProbeSecret } from '../../../src/probe/judge/probe-context.js';
import type { ProbeStep } from '../../../src/probe/probe-result.js';
import { profileSecret } from '../../../src/secrets/profile.js';
import { blocked, broker, clusterArn, context, reaching } from './results.js';

const connection = /^PROBLEM: Connection error\./;
const authorize = /^PROBLEM: Cluster failed to authorize Lambda\.$/;
const sasl = /^PROBLEM: SASL authentication failed\.$/;
const server = /^PROBLEM: Lambda failed to authenticate server\.$/;
const client = /^PROBLEM: Server failed to authenticate Lambda\.$/;

/** Step, code, name, check, text of Lambda. */
type Row = [AuthMethod, ProbeStep, number | undefined, string, string, RegExp | null];

const rows: Row[] = [
  ['scram', 'dns', undefined, 'ENOTFOUND', 'cluster.broker', connection],
  ['scram', 'dns', undefined, 'EAI_AGAIN', 'cluster.broker', connection],
  ['scram', 'tcp', undefined, 'ECONNREFUSED', 'cluster.broker', connection],
  ['scram', 'tcp', undefined, 'TIMEOUT', 'cluster.broker', connection],
  ['iam', 'tcp', undefined, 'EHOSTUNREACH', 'cluster.broker', connection],
  ['scram', 'tls', undefined, 'SELF_SIGNED_CERT_IN_CHAIN', 'cluster.broker', server],
  ['tls', 'tls', undefined, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'cluster.broker', server],
  ['mtls', 'tls', undefined, 'ERR_TLS_CERT_ALTNAME_INVALID', 'cluster.broker', server],
  ['iam', 'tls', undefined, 'CERT_HAS_EXPIRED', 'cluster.broker', server],
  ['scram', 'tls', undefined, 'NOT_KAFKA', 'cluster.broker', connection],
  ['scram', 'tls', undefined, 'TIMEOUT', 'cluster.broker', connection],
  ['plaintext', 'api-versions', undefined, 'NOT_KAFKA', 'cluster.broker', connection],
  ['plaintext', 'api-versions', undefined, 'CLOSED', 'cluster.broker', connection],
  ['plaintext', 'api-versions', undefined, 'TIMEOUT', 'cluster.broker', connection],
  ['tls', 'api-versions', undefined, 'MALFORMED', 'cluster.broker', connection],
  ['scram', 'api-versions', 35, 'UNSUPPORTED_VERSION', 'cluster.broker', connection],
  [
    'tls',
    'client-certificate',
    undefined,
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'mapping.source-access',
    client,
  ],
  ['scram', 'client-certificate', undefined, 'CLOSED', 'cluster.auth', client],
  ['mtls', 'client-certificate', undefined, 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'secret.certificate', client],
  ['mtls', 'client-certificate', undefined, 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'secret.certificate', client],
  [
    'mtls',
    'client-certificate',
    undefined,
    'ERR_OSSL_X509_KEY_VALUES_MISMATCH',
    'secret.private-key',
    /Provided certificate/,
  ],
  ['scram', 'sasl', 33, 'UNSUPPORTED_SASL_MECHANISM', 'cluster.auth', sasl],
  ['scram', 'sasl', 34, 'ILLEGAL_SASL_STATE', 'cluster.auth', sasl],
  ['iam', 'sasl', 33, 'UNSUPPORTED_SASL_MECHANISM', 'cluster.auth', sasl],
  ['scram', 'sasl', 58, 'SASL_AUTHENTICATION_FAILED', 'secret.scram', sasl],
  ['iam', 'sasl', 58, 'SASL_AUTHENTICATION_FAILED', 'access.kafka-connect', sasl],
  ['scram', 'sasl', undefined, 'MISSING_USER', 'secret.scram', sasl],
  ['scram', 'sasl', undefined, 'CLOSED', 'cluster.broker', connection],
  ['iam', 'sasl', undefined, 'TIMEOUT', 'cluster.broker', connection],
  ['scram', 'topic', 3, 'UNKNOWN_TOPIC_OR_PARTITION', 'cluster.topic', connection],
  ['iam', 'topic', 3, 'UNKNOWN_TOPIC_OR_PARTITION', 'cluster.topic', connection],
  ['mtls', 'topic', 5, 'LEADER_NOT_AVAILABLE', 'cluster.topic', connection],
  ['plaintext', 'topic', 17, 'INVALID_TOPIC_EXCEPTION', 'cluster.topic', null],
  ['scram', 'topic', 29, 'TOPIC_AUTHORIZATION_FAILED', 'cluster.acl', authorize],
  ['mtls', 'fetch', 29, 'TOPIC_AUTHORIZATION_FAILED', 'cluster.acl', authorize],
  ['iam', 'topic', 29, 'TOPIC_AUTHORIZATION_FAILED', 'access.kafka-topic', authorize],
  ['iam', 'fetch', 29, 'TOPIC_AUTHORIZATION_FAILED', 'access.kafka-topic', authorize],
  ['scram', 'coordinator', 30, 'GROUP_AUTHORIZATION_FAILED', 'cluster.acl', authorize],
  ['tls', 'group-join', 30, 'GROUP_AUTHORIZATION_FAILED', 'cluster.acl', authorize],
  ['iam', 'coordinator', 30, 'GROUP_AUTHORIZATION_FAILED', 'access.kafka-group', authorize],
  ['iam', 'group-join', 30, 'GROUP_AUTHORIZATION_FAILED', 'access.kafka-group', authorize],
  ['scram', 'metadata', 31, 'CLUSTER_AUTHORIZATION_FAILED', 'cluster.acl', authorize],
  ['iam', 'metadata', 31, 'CLUSTER_AUTHORIZATION_FAILED', 'access.kafka-cluster', authorize],
  ['scram', 'coordinator', 15, 'COORDINATOR_NOT_AVAILABLE', 'cluster.broker', connection],
  ['scram', 'group-join', 23, 'INCONSISTENT_GROUP_PROTOCOL', 'mapping.consumer-group', null],
  ['scram', 'group-join', 81, 'GROUP_MAX_SIZE_REACHED', 'mapping.consumer-group', null],
  ['scram', 'fetch', undefined, 'TIMEOUT', 'cluster.broker', connection],
];

test.each(rows)('%s, %s, %s %s: %s', (auth, step, code, name, check, text) => {
  const result = blocked(auth, { step, name, ...(code === undefined ? {} : { code }) });
  const { findings, wouldShow } = judgeProbe(result, context());
  expect(findings.map((finding) => [finding.check, finding.status])).toEqual([[check, 'fail']]);
  const [finding] = findings as [Finding];
  expect(finding.evidence[0]).toMatchObject({ resource: broker, fact: expect.stringContaining(name) as string });
  expect(finding.evidence.map(({ fact }) => fact)).toContain('probed from this machine');
  expect(finding.fixes.length).toBeGreaterThan(0);
  if (text === null) expect(wouldShow).toBeNull();
  else expect(wouldShow).toMatch(text);
});

const commandsOf = (findings: readonly Finding[]): string =>
  findings.flatMap(({ fixes }) => fixes.flatMap(({ commands = [] }) => commands)).join('\n');
const wordsOf = (findings: readonly Finding[]): string =>
  findings.flatMap(({ title, evidence }) => [title, ...evidence.map(({ fact }) => fact)]).join('\n');

describe('access', () => {
  test('an ACL command has the principal as Kafka knows it and the operation that was denied', () => {
    const principal = 'User:CN=client,OU=Orders\\, EU,O=Example';
    const { findings } = judgeProbe(
      blocked('mtls', { step: 'group-join', code: 30, name: 'GROUP_AUTHORIZATION_FAILED' }, { principal }),
      context(),
    );
    expect(commandsOf(findings)).toBe(
      `kafka-acls --bootstrap-server ${broker} --command-config client.properties --add --allow-principal '${principal}' --operation Read --group orders-group`,
    );
    expect(findings[0]!.title).toContain('the operation Read on consumer group orders-group');
  });

  test('a topic that may not be described may not exist', () => {
    const { findings } = judgeProbe(
      blocked('scram', { step: 'topic', code: 29, name: 'TOPIC_AUTHORIZATION_FAILED' }),
      context(),
    );
    expect(wordsOf(findings)).toContain('orders may not exist');
    expect(commandsOf(findings)).toContain('--operation Describe --operation Read --topic orders');
  });

  test('a group with IAM names AlterGroup, and says whose permissions they are', () => {
    const denied = blocked('iam', { step: 'coordinator', code: 30, name: 'GROUP_AUTHORIZATION_FAILED' });
    const caller = judgeProbe(
      denied,
      context({ identity: { arn: 'arn:aws:iam::111122223333:user/bob', isExecutionRole: false } }),
    ).findings;
    expect(caller[0]!.title).toContain('Your credentials (arn:aws:iam::111122223333:user/bob)');
    expect(wordsOf(caller)).toContain('kafka-cluster:AlterGroup');
    expect(wordsOf(caller)).toContain('Lambda uses those of the execution role');
    expect(JSON.stringify(caller[0]!.fixes)).toContain(
      ':group/orders/0f9e8d7c-1111-2222-3333-444455556666-2/orders-group',
    );
    const role = judgeProbe(
      denied,
      context({ identity: { arn: 'arn:aws:iam::111122223333:role/order-role', isExecutionRole: true } }),
    ).findings;
    expect(role[0]!.title).toContain('The execution role order-role');
    expect(wordsOf(role)).not.toContain('Your credentials');
  });
});

describe('secrets', () => {
  const secretOf = (content: object, findings: Partial<Finding>[]): ProbeSecret => ({
    use: { secret: 'secret.json', arn: null, uuid: null, key: null, clusterArn: null, username: null },
    profile: profileSecret({ text: JSON.stringify(content) }),
    findings: findings.map((finding) => ({
      check: 'secret.scram',
      status: 'fail',
      severity: 'error',
      stage: 'login',
      title: 'the content is wrong',
      evidence: [],
      fixes: [],
      missingActions: [],
      ...finding,
    })),
  });

  test('a key that Lambda cannot use blocks, although the probe could use it', () => {
    const secret = secretOf({}, [{ check: 'secret.private-key' }]);
    const { result, findings, wouldShow } = judgeProbe(reaching('mtls'), context({ secret }));
    expect(result).toMatchObject({ verdict: 'blocked', stoppedAt: { broker, step: 'client-certificate', code: null } });
    expect(findings.map(({ check, status }) => [check, status])).toEqual([['secret.private-key', 'fail']]);
    expect(wouldShow).toContain('Provided certificate or private key is invalid');
  });

  test('a certificate that looks wrong and that the brokers accept is only a warning', () => {
    const secret = secretOf({}, [{ check: 'secret.certificate' }]);
    const { result, findings } = judgeProbe(reaching('mtls'), context({ secret }));
    expect(result.verdict).toBe('reaches');
    expect(findings.map(({ status }) => status)).toEqual(['warn']);
  });

  test('what is wrong with the content is said instead of what follows from it', () => {
    const secret = secretOf({ username: 'alice' }, [{ check: 'secret.scram', title: 'secret.json has no “password”' }]);
    const stopped = blocked('scram', { step: 'sasl', name: 'MISSING_PASSWORD' });
    expect(judgeProbe(stopped, context({ secret })).findings.map(({ title }) => title)).toEqual([
      'secret.json has no “password”',
    ]);
  });

  test('a risk in the content that the brokers accepted is not mentioned', () => {
    const secret = secretOf({ username: 'alice', password: 'a b ' }, [{ status: 'warn' }]);
    expect(judgeProbe(reaching('scram'), context({ secret })).findings).toEqual([]);
  });
});

describe('a working probe', () => {
  test('has no finding and no text', () =>
    expect(judgeProbe(reaching('scram'), context())).toMatchObject({ findings: [], wouldShow: null }));

  test('one address of several that fails is a warning', () => {
    const result = reaching('scram');
    const other = blocked('scram', { step: 'tcp', name: 'ECONNREFUSED' }).brokers[0]!;
    const brokers = [...result.brokers, { ...other, address: 'b-2:9096' }];
    const { findings, wouldShow } = judgeProbe({ ...result, brokers }, context());
    expect(findings.map(({ check, status }) => [check, status])).toEqual([['cluster.broker', 'warn']]);
    expect(findings[0]!.evidence[0]!.resource).toBe('b-2:9096');
    expect(wouldShow).toBeNull();
  });

  test('members of the group are the pollers of an enabled mapping, otherwise other clients', () => {
    const result = {
      ...reaching('scram'),
      group: { id: 'orders-group', state: 'Stable', members: 2, protocol: 'range' },
    };
    expect(judgeProbe(result, context({ hasPollers: true })).findings).toEqual([]);
    expect(judgeProbe(result, context()).findings.map(({ check, status }) => [check, status])).toEqual([
      ['mapping.consumer-group', 'warn'],
    ]);
  });

  test('a record above the payload of an invocation is a warning', () => {
    const result = reaching('scram');
    const record = {
      partition: 0,
      offset: 3,
      timestamp: 0,
      keyBytes: null,
      valueBytes: 5_000_000,
      headers: 0,
      opened: true,
      codec: 'none',
      batchBytes: 5_000_100,
    };
    const { findings } = judgeProbe({ ...result, facts: { ...result.facts, record } }, context());
    expect(findings.map(({ check, status }) => [check, status])).toEqual([['mapping.batch', 'warn']]);
  });
});

describe('servers', () => {
  const untrusted = blocked('tls', { step: 'tls', name: 'SELF_SIGNED_CERT_IN_CHAIN' });
  test('an untrusted certificate names --ca-file, once', () => {
    expect(wordsOf(judgeProbe(untrusted, context()).findings)).toContain('--ca-file');
    expect(wordsOf(judgeProbe(untrusted, context({ hasAuthority: true })).findings)).not.toContain('--ca-file');
  });
  test('a mechanism that is not offered: the offered ones are named', () => {
    const result = blocked(
      'scram',
      { step: 'sasl', code: 33, name: 'UNSUPPORTED_SASL_MECHANISM' },
      { offeredMechanisms: ['AWS_MSK_IAM', 'OAUTHBEARER'] },
    );
    expect(judgeProbe(result, context()).findings[0]!.title).toContain('AWS_MSK_IAM and OAUTHBEARER');
  });
  test('in a subnet, a resolver that does not answer is the VPC’s', () => {
    const from = { kind: 'subnet', subnet: 'subnet-0a1b2c3d4e5f60718' } as const;
    const check = (name: string): string | undefined =>
      judgeProbe(blocked('scram', { step: 'dns', name }), context({ from })).findings[0]?.check;
    expect([check('EAI_AGAIN'), check('ENOTFOUND')]).toEqual(['network.vpc-dns', 'cluster.broker']);
  });
  test('what could not run has no finding', () =>
    expect(judgeProbe({ ...reaching('tls'), verdict: 'unknown' }, context({ clusterArn }))).toMatchObject({
      findings: [],
      wouldShow: null,
    }));
});
