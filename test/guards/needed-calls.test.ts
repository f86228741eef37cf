/**
 * One list of the calls of a mapping's role: what the checks of rights ask, what `policy` grants, what `--check` compares
 * and what `doctor --verify` asks IAM are the same, in every account.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Refusal } from '../../src/access/evaluate-call.js';
import type { CallOfCheck, CallRequest } from '../../src/access/needed-calls.js';
import { statementFor, type Policy } from '../../src/access/policy.js';
import { createClients, type Answerer } from '../../src/account/clients.js';
import { checks } from '../../src/checks/index.js';
import type { AnyCheck } from '../../src/checks/define.js';
import { inputOf } from '../../src/checks/run.js';
import { verifyRights } from '../../src/cli/commands/doctor/compare-with-iam.js';
import type { PolicyCheckDocument } from '../../src/report/documents/policy.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { formatSnapshot } from '../../src/snapshot/file.js';
import { isOk, ok } from '../../src/snapshot/read.js';
import type { Mapping } from '../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { subjectOf, type Subject } from '../../src/subject/subject.js';
import {
  account,
  accountWith,
  keyArn,
  region,
  roleArn,
  secretArn,
  uuid,
  value,
  type HealthyOptions,
} from '../accounts/account.js';
import { runInProcess } from '../cli/in-process.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-calls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const textOf = ({ action, resources }: CallRequest): string => `${action} on ${resources.join(' ')}`;
const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();

/** What differs between lists of calls, by the name of the list. */
function differences(lists: Record<string, readonly string[]>): string[] {
  const all = sorted(Object.values(lists).flat());
  return Object.entries(lists).flatMap(([name, list]) =>
    all.filter((call) => !list.includes(call)).map((call) => `${name} lacks ${call}`),
  );
}

/** A mapping whose text proves nothing: one that reads is not asked for what AWS only advises. */
function withoutProof(snapshot: Snapshot): Snapshot {
  for (const read of Object.values(snapshot.mappings)) if (isOk(read)) delete read.value.LastProcessingResult;
  return snapshot;
}

/** A role that is denied everything: then every call that is asked for is refused, and named. */
function denyAll(snapshot: Snapshot, roleArn: string): Snapshot {
  snapshot.inlinePolicyNames[roleArn] = ok(['deny']);
  snapshot.inlinePolicies[`${roleArn}#deny`] = ok(
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] }),
  );
  return snapshot;
}

/** What a check asks of a role that is denied everything; null where the resource of its calls is gone. */
function askedBy(check: AnyCheck, subject: Subject): CallOfCheck[] | null {
  const input = inputOf(check, subject);
  if (input.is !== 'known') return [];
  const judgement = check.judge(input.value);
  if (judgement.status === 'skip') return /does not exist|is gone/.test(judgement.because) ? null : [];
  if (judgement.status !== 'fail' && judgement.status !== 'warn') return [];
  const { refusals = [], advised = [] } = judgement.evidence as { refusals?: Refusal[]; advised?: Refusal[] };
  return [...refusals, ...advised].map(({ needed }) => needed as CallOfCheck);
}

async function outputOf(snapshot: Snapshot, ...words: string[]): Promise<unknown> {
  const file = join(folder, 'account.json');
  writeFileSync(file, formatSnapshot(snapshot));
  const { stdout } = await runInProcess(['policy', '--snapshot', file, '--output', 'json', ...words]);
  return stdout === '' ? null : JSON.parse(stdout);
}

/** What IAM's simulation is asked. */
async function verified(snapshot: Snapshot): Promise<string[]> {
  const questions: string[] = [];
  const answerer: Answerer = ({ input }) => {
    const { ActionNames: actions, ResourceArns: resources } = input as {
      ActionNames: string[];
      ResourceArns: string[];
    };
    for (const action of actions) questions.push(textOf({ action, resources }));
    return Promise.resolve({
      EvaluationResults: actions.map((EvalActionName) => ({ EvalActionName, EvalDecision: 'allowed' })),
    });
  };
  await verifyRights(createClients({ region, answerer }), snapshot);
  return questions;
}

const accessChecks = checks.filter(({ id }) => id.startsWith('access.'));

/** What each reader of the list asks of one mapping; null where its calls cannot be told. */
async function listsOf(built: Snapshot, target: string): Promise<Record<string, string[]> | null> {
  const policy = (await outputOf(built, target)) as Policy | null;
  const { rolePolicies } = subjectOf(built, target);
  if (policy === null || rolePolicies.is !== 'known') return null;
  const { roleArn } = rolePolicies.value;
  const snapshot = denyAll(built, roleArn);
  const subject = subjectOf(snapshot, target);
  const { missing } = (await outputOf(snapshot, target, '--check', roleArn)) as PolicyCheckDocument;
  const asked = accessChecks.map((check) => [check.id, askedBy(check, subject)] as const);
  for (const [id, calls] of asked) for (const call of calls ?? []) expect(call.check).toBe(id);
  const calls = asked.flatMap(([, of]) => of ?? []);
  // Lambda asks for a secret that is gone all the same; another check names that it is gone, and this one does not judge.
  const unjudged = asked.some(([id, of]) => id === 'access.secret' && of === null)
    ? missing.filter(({ action }) => action === 'secretsmanager:GetSecretValue')
    : [];
  const requests = [...calls.map(({ anyOf: [request] }) => request), ...unjudged];
  expect(sorted(missing.filter(({ needed }) => !needed).map(textOf))).toEqual(
    sorted(calls.flatMap(({ weight, anyOf: [request] }) => (weight === 'advised' ? [textOf(request)] : []))),
  );
  // EC2 and Glue take `*` for some actions, and a function without a log group yet makes its own.
  const grants = requests.map((request) => ({ ...request, resources: [statementFor(request).Resource].flat() }));
  const granted = policy.Statement.flatMap(({ Action, Resource }) =>
    Action.map((action) => ({ action, resources: [Resource].flat() })),
  ).filter(({ action }) => action !== 'logs:CreateLogGroup');
  expect(differences({ checks: grants.map(textOf), policy: granted.map(textOf) })).toEqual([]);
  return {
    checks: requests.map(textOf),
    '--check': missing.map(textOf),
    '--verify': await verified({ ...snapshot, targets: [target] }),
  };
}

const change =
  (members: Partial<Mapping>) =>
  (snapshot: Snapshot): void =>
    void Object.assign(value(snapshot.mappings, uuid), members);
const otherKey = `arn:aws:kms:${region}:${account}:key/ffffffff-12ab-34cd-56ef-1234567890ab`;
const foreign = '444455556666';
const addKey = (snapshot: Snapshot): void => {
  snapshot.keys[otherKey] = ok({ KeyId: otherKey.split('/')[1]!, Arn: otherKey, KeyManager: 'CUSTOMER' });
  snapshot.keyPolicies[otherKey] = ok('{"Version":"2012-10-17","Statement":[]}');
};
const sendsTo =
  (arn: string, more: object = {}) =>
  (snapshot: Snapshot): void => {
    change({ DestinationConfig: { OnFailure: { Destination: arn } } })(snapshot);
    if (arn.startsWith('arn:')) snapshot.destinations[arn] = ok({ arn, kind: arn.split(':')[2]!, ...more });
    addKey(snapshot);
  };
const registry = (uri: string, secret?: string) =>
  change({
    AmazonManagedKafkaEventSourceConfig: {
      SchemaRegistryConfig: {
        SchemaRegistryURI: uri,
        AccessConfigs: secret === undefined ? [] : [{ Type: 'BASIC_AUTH', URI: secret }],
        SchemaValidationConfigs: [],
      },
    },
  });
const variants: Record<string, (snapshot: Snapshot) => void> = {
  'as it is': () => {},
  'a queue': sendsTo(`arn:aws:sqs:${region}:${account}:dead`),
  'a queue under a key': sendsTo(`arn:aws:sqs:${region}:${account}:dead`, { kmsKeyId: otherKey }),
  'a topic of SNS': sendsTo(`arn:aws:sns:${region}:${account}:dead`, { policy: '' }),
  'a bucket under a key': sendsTo('arn:aws:s3:::dead', { kmsKeyId: otherKey, policy: '' }),
  'a topic of Kafka': sendsTo('kafka://dead'),
  'a Glue registry': registry(`arn:aws:glue:${region}:${account}:registry/orders`),
  'a registry with a secret': registry('https://registry.example.com', secretArn),
  'a filter under a key': (snapshot) => {
    addKey(snapshot);
    change({ KMSKeyArn: otherKey })(snapshot);
  },
  'a custom group': change({ AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'orders-group' } }),
  'another account’s secret': (snapshot) => {
    const read = value(snapshot.mappings, uuid);
    const uri = secretArn.replace(account, foreign);
    const key = keyArn.replace(account, foreign);
    read.SourceAccessConfigurations = read.SourceAccessConfigurations.map((access) => ({ ...access, URI: uri }));
    snapshot.secrets[uri] = ok({ ARN: uri, KmsKeyId: key });
    snapshot.keys[key] = ok({ KeyId: key.split('/')[1]!, Arn: key, KeyManager: 'CUSTOMER' });
  },
};

describe.each(['iam', 'scram', 'mtls', 'tls', 'plaintext'] as const)('a healthy mapping by %s', (auth) => {
  test.each(Object.entries(variants))('%s', async (_, change) => {
    const options: HealthyOptions = { auth };
    const snapshot = withoutProof(accountWith(change, options));
    const lists = await listsOf(snapshot, uuid);
    expect(lists).not.toBeNull();
    expect(differences(lists!)).toEqual([]);
  });
});

test.each(sandboxAccounts.map((account) => [account.name, account] as const))('%s', async (_, { build }) => {
  const snapshot = withoutProof(build());
  for (const target of snapshot.targets) {
    const lists = await listsOf(snapshot, target);
    if (lists !== null) expect(differences(lists)).toEqual([]);
  }
});

test('a list that lacks a call is seen', async () => {
  const lists = await listsOf(withoutProof(accountWith(() => {}, { auth: 'scram' })), uuid);
  const [call, ...rest] = lists!['checks']!;
  expect(differences({ ...lists, checks: rest })).toEqual([`checks lacks ${call}`]);
});

test('every check of rights but the one of the trust policy asks for calls', () => {
  const accounts = [accountWith(variants['a queue']!, { auth: 'iam' }), accountWith(() => {}, { auth: 'scram' })].map(
    (snapshot) => subjectOf(denyAll(snapshot, roleArn), uuid),
  );
  const asking = accessChecks.filter((check) => accounts.some((subject) => (askedBy(check, subject) ?? []).length > 0));
  expect(asking.map(({ id }) => id)).toEqual(accessChecks.map(({ id }) => id).filter((id) => id !== 'access.trust'));
});
