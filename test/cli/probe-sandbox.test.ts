/** `probe --sandbox`: the brokers of every account that ships with the tool, over sockets on loopback. */
import { describe, expect, test } from 'vitest';
import type { DoctorDocument } from '../../src/report/documents/doctor.js';
import type { ProbeDocument } from '../../src/report/documents/probe.js';
import { roleArn, uuid } from '../../src/sandbox/healthy.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { runInProcess } from './in-process.js';

async function probe(name: string, ...words: string[]) {
  const outcome = await runInProcess(['probe', '--sandbox', name, ...words, '--output', 'json']);
  return { ...outcome, document: (outcome.stdout === '' ? null : JSON.parse(outcome.stdout)) as ProbeDocument | null };
}

interface Expected {
  exitCode: number;
  step?: string;
  code?: number | null;
  check?: string;
}

/** Accounts whose brokers do not answer a complete exchange, and why not. All others reach. */
const stops: Record<string, Expected> = {
  'no-self-reference': { exitCode: 1, step: 'tcp', code: null, check: 'cluster.broker' },
  'broker-egress': { exitCode: 1, step: 'tcp', code: null, check: 'cluster.broker' },
  'acl-without-answers': { exitCode: 1, step: 'tcp', code: null, check: 'cluster.broker' },
  'wrong-port': { exitCode: 1, step: 'tcp', code: null, check: 'cluster.broker' },
  'cluster-failed': { exitCode: 1, step: 'tcp', code: null, check: 'cluster.broker' },
  'secret-not-associated': { exitCode: 1, step: 'sasl', code: 58, check: 'secret.scram' },
  'secret-default-key': { exitCode: 1, step: 'sasl', code: 58, check: 'secret.scram' },
  'scram-password-changed': { exitCode: 1, step: 'sasl', code: 58, check: 'secret.scram' },
  'scram-user-unknown': { exitCode: 1, step: 'sasl', code: 58, check: 'secret.scram' },
  'secret-misspelt': { exitCode: 1, step: 'sasl', code: null, check: 'secret.scram' },
  'key-of-another': { exitCode: 1, step: 'client-certificate', code: null, check: 'secret.private-key' },
  'certificate-expired': { exitCode: 1, step: 'client-certificate', code: null, check: 'secret.certificate' },
  'certificate-untrusted': { exitCode: 1, step: 'client-certificate', code: null, check: 'secret.certificate' },
  'topic-misspelt': { exitCode: 1, step: 'topic', code: 3, check: 'cluster.topic' },
  'partition-without-leader': { exitCode: 1, step: 'topic', code: 5, check: 'cluster.topic' },
  'kafka-acl': { exitCode: 1, step: 'topic', code: 29, check: 'cluster.acl' },
  'kafka-acl-group': { exitCode: 1, step: 'group-join', code: 30, check: 'cluster.acl' },
  'group-of-connect': { exitCode: 1, step: 'group-describe', code: 23, check: 'mapping.consumer-group' },
  // The cluster has no address for the method of the mapping.
  'scram-not-enabled': { exitCode: 1, check: 'cluster.auth' },
  'no-secret-named': { exitCode: 1, check: 'mapping.source-access' },
  // What the probe needs cannot be read.
  'secret-deleted': { exitCode: 3 },
  'key-disabled': { exitCode: 3 },
  'secret-gone': { exitCode: 3 },
  'cross-account': { exitCode: 3 },
  'connection-rejected': { exitCode: 3 },
  'connection-ports': { exitCode: 3 },
  'connection-for-scram': { exitCode: 3 },
  'cluster-replaced': { exitCode: 3 },
  // Several mappings, and none is named.
  several: { exitCode: 2 },
};

describe('every account', () => {
  test.each(sandboxAccounts.map(({ name }) => name))('%s', async (name) => {
    const { exitCode, document, stderr } = await probe(name);
    const { exitCode: wanted, step, code, check }: Expected = stops[name] ?? { exitCode: 0 };
    expect(exitCode, stderr).toBe(wanted);
    expect(document?.stoppedAt?.step).toBe(step);
    if (step !== undefined) expect(document?.stoppedAt?.code).toBe(code);
    const failing = document?.findings.filter(({ status }) => status === 'fail') ?? [];
    expect(failing.map((finding) => finding.check)).toEqual(check === undefined ? [] : [check]);
    expect(failing.every(({ fixes }) => fixes.length > 0)).toBe(true);
  });
});

test('no socket stays open', async () => {
  const sockets = () => process.getActiveResourcesInfo().filter((kind) => /TCP|TLS/.test(kind));
  const before = sockets();
  await probe('scram');
  await probe('kafka-acl-group');
  // Node reports a closed socket until the next turn of its loop.
  await new Promise((resolve) => setImmediate(resolve));
  expect(sockets()).toEqual(before);
});

describe('IAM as the execution role: its policies decide', () => {
  test.each([
    ['endpoints', 0, undefined, undefined],
    ['rights-by-wildcard', 0, undefined, undefined],
    ['serverless', 0, undefined, undefined],
    ['managed-policy-only', 1, 'sasl', 'access.kafka-connect'],
    ['permissions-boundary', 1, 'sasl', 'access.kafka-connect'],
    ['deny-wildcard', 1, 'sasl', 'access.kafka-connect'],
    ['topic-on-cluster-arn', 1, 'topic', 'access.kafka-topic'],
    ['explicit-deny', 1, 'fetch', 'access.kafka-topic'],
    ['group-forgotten', 1, 'coordinator', 'access.kafka-group'],
  ])('%s', async (name, exitCode, step, check) => {
    const outcome = await probe(name, '--assume-role', roleArn);
    expect(outcome.exitCode, outcome.stderr).toBe(exitCode);
    expect(outcome.document?.stoppedAt?.step).toBe(step);
    expect(outcome.document?.findings.find(({ status }) => status === 'fail')?.check).toBe(check);
  });

  test('a role that does not exist cannot be assumed', async () => {
    const { exitCode, stderr } = await probe('role-gone', '--assume-role', roleArn);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('could not be assumed');
  });
});

test('the sandbox knows only the names of its account', async () => {
  const { document, exitCode } = await probe('plaintext', '--bootstrap', 'localhost:9092');
  expect(exitCode).toBe(1);
  expect(document?.stoppedAt).toMatchObject({ step: 'dns', name: 'ENOTFOUND' });
});

test('a mapping of an account with several is named', async () => {
  const { document, exitCode } = await probe('several', '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b23');
  expect(exitCode).toBe(1);
  expect(document?.stoppedAt).toMatchObject({ step: 'topic', code: 3 });
});

test('where one mapping is meant, every command lists the same candidates', async () => {
  const ofFunction = ['11 (order-handler ← orders)', '25 (order-handler ← audit-trail)'].map(
    (end) => `5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b${end}`,
  );
  for (const words of [
    ['probe', '--auth', 'iam'],
    ['lag'],
    ['alarms'],
    ['update', '--batch-size', '3', '--yes'],
    ['delete', '--yes'],
  ]) {
    const { exitCode, stderr } = await runInProcess([...words, 'order-handler', '--sandbox', 'several']);
    expect([words[0], exitCode, stderr]).toEqual([
      words[0],
      2,
      `error: “order-handler” matches 2 mappings; choose one by UUID:\n  ${ofFunction.join(', ')}\n`,
    ]);
  }
  expect((await probe('several')).stderr).toMatch(
    /^error: the sandbox account has 6 mappings; choose one by UUID:\n {2}5f1c\S+ \(order-handler ← orders\), /,
  );
});

test('the manual commands of a fix lead to the same account', async () => {
  const { stdout } = await runInProcess(['probe', '--sandbox', 'certificate-untrusted']);
  const commands = stdout.split('\n').filter((line) => /^ +msk-lambda (?:secret create|update) /.test(line));
  expect(commands.length).toBeGreaterThan(1);
  for (const command of commands) expect(command).toMatch(/ --sandbox certificate-untrusted$/);
});

test('a refused client certificate ends with the alert of a broker on Java', async () => {
  const steps = async (...words: string[]) =>
    (await probe(...(words as [string]))).document!.brokers.map(({ steps: each }) => each.at(-1)!.name);
  const alert = (name: string) => Array.from({ length: 3 }, () => `ERR_SSL_SSLV3_ALERT_${name}`);
  expect(await steps('certificate-untrusted')).toEqual(alert('CERTIFICATE_UNKNOWN'));
  expect(await steps('mtls', '--auth', 'tls')).toEqual(alert('BAD_CERTIFICATE'));
});

test('a secret whose KMS key is disabled cannot be read, as in Secrets Manager', async () => {
  const { stderr } = await probe('key-disabled');
  expect(stderr).toMatch(/could not be read: DecryptionFailure\n {2}KMS cannot decrypt it\. .*msk-lambda secret check/);
  const { stdout } = await runInProcess(['doctor', '--sandbox', 'key-disabled', '--output', 'json']);
  const [mapping] = (JSON.parse(stdout) as DoctorDocument).mappings;
  expect(mapping!.causes[0]!.check).toBe('secret.kms');
  expect(mapping!.findings.find(({ check }) => check === 'secret.scram')!.status).toBe('unknown');
});

test('the record that stops a function can be read', async () => {
  const { document } = await probe('poison-pill', '--show-record');
  expect(document?.topic?.partitions?.map(({ committed, lag }) => [committed, lag])).toEqual([
    [20, 0],
    [10, 10],
    [20, 0],
  ]);
});

describe('--from-vpc: the temporary functions run in the subnets of the account, with its execution role', () => {
  test.each([
    ['scram', 0, undefined, null],
    ['no-self-reference', 1, 'cluster.broker', 'tcp'],
    ['no-sts-endpoint', 1, 'network.aws-path', null],
    ['secret-right-missing', 1, 'access.secret', null],
    ['group-forgotten', 1, 'access.kafka-group', 'coordinator'],
    // Lambda does not start the function in the subnet, or does not accept it.
    ['no-addresses', 1, 'network.subnet-capacity', null],
    ['subnet-gone', 1, 'network.subnet-capacity', null],
  ])('%s', async (name, exitCode, check, step) => {
    const outcome = await probe(name, '--from-vpc', '--yes');
    expect(outcome.exitCode, outcome.stderr).toBe(exitCode);
    expect(outcome.document?.from.subnet).toMatch(/^subnet-/);
    expect(outcome.document?.findings.find(({ status }) => status === 'fail')?.check).toBe(check);
    expect(outcome.document?.stoppedAt?.step ?? null).toBe(step);
    expect(outcome.stderr).toContain('temporary functions are deleted');
  });
});

describe('doctor --probe', () => {
  test.each([
    ['scram-password-changed', 'secret.scram'],
    ['group-of-connect', undefined],
    ['partition-without-leader', 'cluster.topic'],
    ['kafka-acl-group', 'cluster.acl'],
  ])('%s: the answers of the brokers decide', async (name, check) => {
    const { stdout } = await runInProcess(['doctor', uuid, '--probe', '--sandbox', name, '--output', 'json']);
    const [mapping] = (JSON.parse(stdout) as { mappings: { causes: { check: string }[]; hints: string[] }[] }).mappings;
    expect(mapping?.causes[0]?.check).toBe(check);
    expect(mapping?.hints.join(' ')).toMatch(/probe/);
  });

  test('--assume-role: the brokers refuse the execution role, and its policies say why', async () => {
    const words = ['doctor', uuid, '--probe', '--assume-role', roleArn, '--sandbox', 'group-forgotten'];
    const { stdout } = await runInProcess([...words, '--output', 'json']);
    const [mapping] = (JSON.parse(stdout) as DoctorDocument).mappings;
    expect(mapping!.causes[0]!.check).toBe('access.kafka-group');
    const { evidence } = mapping!.findings.find(({ check }) => check === 'access.kafka-group')!;
    expect(evidence.map(({ fact }) => fact).join(' ')).toContain('GROUP_AUTHORIZATION_FAILED');
  });

  test.each([
    [['--via', 'socks5://127.0.0.1:1'], '--via goes with --probe'],
    [['--assume-role', roleArn], '--assume-role goes with --probe'],
    [['--ca-file', 'ca.pem'], '--ca-file goes with --probe'],
    [['--probe', '--assume-role', 'order-handler-role'], '“order-handler-role” is not the ARN of a role'],
    [['--probe', '--ca-file', 'package.json'], 'package.json has no PEM certificate'],
    [['--probe', '--from-vpc', '--yes', '--assume-role', roleArn], "cannot be used with option '--assume-role"],
  ])('%j is refused before anything is read', async (words, sentence) => {
    const { exitCode, stdout, stderr } = await runInProcess(['doctor', ...words, '--region', 'eu-west-1']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });

  test('a healthy account stays healthy', async () => {
    const { exitCode } = await runInProcess(['doctor', '--probe', '--sandbox', 'scram']);
    expect(exitCode).toBe(0);
  });
});
