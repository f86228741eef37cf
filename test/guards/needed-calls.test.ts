/**
 * One list of the calls of a mapping's role: what the checks of rights ask, what `policy` grants, what `--check` compares
 * and what `doctor --verify` asks IAM are the same, in every account.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallOfCheck, CallRequest } from '../../src/access/needed-calls.js';
import { statementFor, type Policy } from '../../src/access/policy.js';
import { createClients, type Answerer } from '../../src/account/clients.js';
import { checks } from '../../src/checks/index.js';
import { runCheck, type Finding } from '../../src/checks/run.js';
import { verifyRights } from '../../src/cli/commands/doctor/verify.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { formatSnapshot } from '../../src/snapshot/file.js';
import { isOk, ok } from '../../src/snapshot/read.js';
import type { Mapping } from '../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { subjectOf } from '../../src/subject/subject.js';
import {
  account,
  accountWith,
  keyArn,
  region,
  secretArn,
  uuid,
  value,
  type HealthyOptions,
} from '../accounts/account.js';
import { runInProcess } from '../cli/in-process.js';

const evaluated = vi.hoisted(() => [] as unknown[]);
vi.mock('../../src/access/evaluate-call.js', async (original) => {
  const real = await original<typeof import('../../src/access/evaluate-call.js')>();
  return {
    ...real,
    evaluateCall: (...words: Parameters<typeof real.evaluateCall>) => {
      evaluated.push(words[0]);
      return real.evaluateCall(...words);
    },
  };
});
beforeEach(() => void (evaluated.length = 0));

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-calls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const textOf = ({ action, resources }: CallRequest): string => `${action} on ${resources.join(' ')}`;
const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();

/** The calls that were evaluated meanwhile, each with the check that it names. */
async function evaluatedBy(work: () => unknown): Promise<CallOfCheck[]> {
  evaluated.length = 0;
  await work();
  return [...evaluated] as CallOfCheck[];
}

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

async function granted(snapshot: Snapshot, target: string): Promise<Policy | null> {
  const file = join(folder, 'account.json');
  writeFileSync(file, formatSnapshot(snapshot));
  const { exitCode, stdout } = await runInProcess(['policy', target, '--snapshot', file]);
  return exitCode === 0 ? (JSON.parse(stdout) as Policy) : null;
}

async function comparedBy(snapshot: Snapshot, target: string, role: string): Promise<CallOfCheck[]> {
  const file = join(folder, 'account.json');
  writeFileSync(file, formatSnapshot(snapshot));
  return evaluatedBy(() => runInProcess(['policy', target, '--snapshot', file, '--check', role, '--output', 'json']));
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

/** What each consumer of the list asks of one mapping; null where its calls cannot be told. */
async function listsOf(snapshot: Snapshot, target: string): Promise<Record<string, string[]> | null> {
  const subject = subjectOf(snapshot, target);
  const policy = await granted(snapshot, target);
  if (policy === null || subject.rolePolicies.is !== 'known') return null;
  const compared = await comparedBy(snapshot, target, subject.rolePolicies.value.roleArn);
  const asked: CallOfCheck[] = [];
  for (const check of accessChecks) {
    let finding: Finding | undefined;
    const calls = await evaluatedBy(() => (finding = runCheck(check, subject)));
    // Lambda calls a secret that is gone all the same, and another check names that as the cause.
    if (finding?.status === 'skip' && finding.title.includes('is gone'))
      asked.push(...compared.filter((call) => call.check === check.id));
    expect(
      calls.filter((call) => call.check !== check.id),
      `asked by ${check.id}`,
    ).toEqual([]);
    asked.push(...calls);
  }
  const grants = policy.Statement.flatMap(({ Action, Resource }) =>
    Action.map((action) => textOf({ action, resources: [Resource].flat() })),
  );
  const wholly = (call: CallOfCheck) =>
    JSON.stringify([call.check, call.anyOf, call.weight, call.holder, call.context]);
  expect(differences({ checks: asked.map(wholly), '--check': compared.map(wholly) }), 'to the letter').toEqual([]);
  const first = (calls: readonly CallOfCheck[]) => calls.map(({ anyOf: [request] }) => request);
  const asGrants = (calls: readonly CallOfCheck[]) =>
    first(calls).map((request) => {
      const { Action, Resource } = statementFor(request);
      return textOf({ action: Action[0]!, resources: [Resource].flat() });
    });
  // A function without a log group yet makes its own, which its least policy allows and no check asks for.
  expect(
    differences({
      checks: asGrants(asked),
      policy: grants.filter((grant) => !grant.startsWith('logs:CreateLogGroup')),
    }),
  ).toEqual([]);
  return {
    checks: sorted(first(asked).map(textOf)),
    '--check': sorted(first(compared).map(textOf)),
    '--verify': sorted(await verified({ ...snapshot, targets: [target] })),
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

test('every check of rights but the one of the trust policy asks for calls', async () => {
  const destination = variants['a queue']!;
  const accounts = [accountWith(destination, { auth: 'iam' }), accountWith(() => {}, { auth: 'scram' })];
  const calls = await evaluatedBy(() =>
    accounts.forEach((snapshot) => accessChecks.forEach((check) => runCheck(check, subjectOf(snapshot, uuid)))),
  );
  expect(sorted(calls.map(({ check }) => check))).toEqual(
    sorted(accessChecks.map(({ id }) => id).filter((id) => id !== 'access.trust')),
  );
});
