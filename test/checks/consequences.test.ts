/** One fault, one cause: what follows from it is reported under it, without a fix, and is not a cause. */
import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../src/catalogue/check-ids.js';
import { checks } from '../../src/checks/index.js';
import { diagnoseMapping } from '../../src/diagnosis/diagnose.js';
import { value as sandboxValue } from '../../src/sandbox/account.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { functionMetrics } from '../../src/snapshot/metrics.js';
import { ok } from '../../src/snapshot/read.js';
import {
  accountWith,
  clusterArn,
  functionArn,
  functionName,
  notFound,
  secretArn,
  topic,
  uuid,
  value,
  type HealthyOptions,
} from '../accounts/account.js';
import { all, mapping, measured, shows, type Change } from './judging.js';

const text = shows('PROBLEM: Connection error. Your event source VPC must be able to connect to Lambda and STS.');
const refused = shows('PROBLEM: Cluster failed to authorize Lambda.');
const disabled = mapping({ State: 'Disabled', StateTransitionReason: 'USER_INITIATED' });
const source = (Type: string, URI: string): Change =>
  mapping({ SourceAccessConfigurations: [{ Type: Type as never, URI }] });
const gone =
  (collection: 'clusters' | 'functions' | 'secrets', key: string, service: string, operation: string): Change =>
  (snapshot) =>
    void (snapshot[collection][key] = notFound(service, operation));
const clusterGone = gone('clusters', clusterArn, 'kafka', 'DescribeClusterV2');
const authentication =
  (sasl: { iam?: boolean; scram?: boolean }, tls = false): Change =>
  (snapshot) =>
    void (value(snapshot.clusters, clusterArn).Provisioned!.ClientAuthentication = {
      Sasl: { Iam: { Enabled: sasl.iam === true }, Scram: { Enabled: sasl.scram === true } },
      Tls: { Enabled: tls, CertificateAuthorityArnList: [] },
      Unauthenticated: { Enabled: false },
    });
/** The execution role has no permission at all. */
const noPermissions: Change = (snapshot) => {
  for (const key of Object.keys(snapshot.attachedPolicies)) snapshot.attachedPolicies[key] = ok([]);
  for (const key of Object.keys(snapshot.inlinePolicyNames)) snapshot.inlinePolicyNames[key] = ok([]);
};
const unassociated: Change = (snapshot) => void (snapshot.scramSecrets[clusterArn] = ok([]));
const defaultKey: Change = (snapshot) => void delete value(snapshot.secrets, secretArn).KmsKeyId;

interface Case {
  name: string;
  change: Change;
  options?: HealthyOptions;
  /** Causes, in their order; others may follow. */
  causes: CheckId[];
  /** Checks that follow, with the check that they follow from and whether its fix resolves them. */
  follow: Partial<Record<CheckId, [CheckId, boolean]>>;
}

const cases: Case[] = [
  {
    name: 'no secret where the cluster accepts secrets only',
    options: { auth: 'scram' },
    change: all(text, mapping({ SourceAccessConfigurations: [] })),
    causes: ['mapping.source-access'],
    follow: { 'cluster.auth': ['mapping.source-access', true], 'cluster.broker': ['mapping.source-access', false] },
  },
  {
    name: 'a secret of the wrong kind, named for the other method',
    options: { auth: 'mtls' },
    change: all(text, (snapshot) => {
      const [entry] = value(snapshot.mappings, uuid).SourceAccessConfigurations;
      entry!.Type = 'SASL_SCRAM_512_AUTH';
    }),
    causes: ['mapping.source-access'],
    follow: { 'cluster.auth': ['mapping.source-access', false] },
  },
  {
    name: 'a misspelt topic, and no permission on it',
    change: all(refused, mapping({ Topics: [topic.slice(0, -1)] }), noPermissions),
    causes: ['access.kafka-connect', 'access.kafka-group', 'cluster.topic'],
    follow: { 'access.kafka-topic': ['cluster.topic', false] },
  },
  {
    name: 'a misspelt topic, with SASL/SCRAM',
    options: { auth: 'scram' },
    change: all(refused, mapping({ Topics: [topic.slice(0, -1)] })),
    causes: ['cluster.topic'],
    follow: { 'cluster.acl': ['cluster.topic', false] },
  },
  {
    name: 'a secret whose key MSK refuses is not associated',
    options: { auth: 'scram' },
    change: all(text, unassociated, defaultKey),
    causes: ['secret.kms'],
    follow: { 'secret.association': ['secret.kms', true] },
  },
  {
    name: 'a secret that no longer exists',
    options: { auth: 'scram' },
    change: all(text, gone('secrets', secretArn, 'secretsmanager', 'DescribeSecret'), noPermissions),
    causes: ['secret.exists'],
    follow: {},
  },
  {
    name: 'a text that is not the ARN of a secret',
    options: { auth: 'scram' },
    change: all(
      shows('PROBLEM: Lambda could not access the secret.'),
      source('SASL_SCRAM_512_AUTH', 'order'),
      gone('secrets', 'order', 'secretsmanager', 'DescribeSecret'),
    ),
    causes: ['mapping.source-access'],
    follow: { 'secret.exists': ['mapping.source-access', false] },
  },
  {
    name: 'a cluster that no longer exists, and no permission on it',
    change: all(clusterGone, noPermissions),
    causes: ['cluster.state'],
    follow: { 'access.msk-api': ['cluster.state', false] },
  },
  {
    name: 'reserved concurrency 0 throttles every call',
    change: all(
      shows('PROBLEM: Function call failed.'),
      (snapshot) => void (snapshot.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 0 })),
      ...functionMetrics(functionName, null).map((metric) =>
        measured(metric, metric.name === 'Throttles' ? [10, 10] : metric.name === 'Invocations' ? [0, 0] : []),
      ),
    ),
    causes: ['function.concurrency'],
    follow: { 'function.errors': ['function.concurrency', true] },
  },
  {
    name: 'a function that no longer exists, whose calls failed before',
    change: all(
      shows('PROBLEM: Function call failed.'),
      gone('functions', functionArn, 'lambda', 'GetFunctionConfiguration'),
      ...functionMetrics(functionName, null).map((metric) =>
        measured(metric, ['Errors', 'Invocations'].includes(metric.name) ? [10, 10] : []),
      ),
    ),
    causes: ['function.state'],
    follow: { 'function.errors': ['function.state', false] },
  },
  {
    name: 'a secret with a certificate that is not JSON',
    options: { auth: 'mtls' },
    change: all(text, (snapshot) => {
      const { URI: uri = '' } = value(snapshot.mappings, uuid).SourceAccessConfigurations[0]!;
      snapshot.secretProfiles[uri] = ok({
        bytes: 10,
        form: 'not-json',
        members: [],
        misspelt: [],
        otherMembers: 0,
        notText: [],
      });
    }),
    causes: ['secret.certificate'],
    follow: { 'secret.private-key': ['secret.certificate', true] },
  },
];

test.each(cases)('$name', ({ change, options = {}, causes, follow }) => {
  const diagnosis = diagnoseMapping(accountWith(change, options), uuid);
  const ids = diagnosis.causes.map(({ check }) => check);
  expect(ids.slice(0, causes.length), JSON.stringify(diagnosis.causes)).toEqual(causes);
  for (const [check, [of, isResolved]] of Object.entries(follow)) {
    const finding = diagnosis.findings.find((candidate) => candidate.check === check)!;
    expect(finding, check).toMatchObject({ status: 'skip', fixes: [], consequence: { of, isResolved } });
    expect(ids).not.toContain(check);
  }
});

describe('what is not a consequence', () => {
  const causesOf = (change: Change, options: HealthyOptions = {}) =>
    diagnoseMapping(accountWith(change, options), uuid).causes.map(({ check }) => check);

  test('a setting for self-managed Kafka, and an authentication that the cluster does not have', () => {
    const change = all(text, authentication({ iam: true }), (snapshot) => {
      value(snapshot.mappings, uuid).SourceAccessConfigurations.push({ Type: 'VPC_SUBNET', URI: 'subnet:subnet-1' });
    });
    expect(causesOf(change, { auth: 'scram' })).toEqual(
      expect.arrayContaining(['mapping.source-access', 'cluster.auth']),
    );
  });

  test('a permission on a topic without partitions, which exists', () => {
    const change = all(
      refused,
      noPermissions,
      (snapshot) => void (value(snapshot.topics, clusterArn)[0]!.PartitionCount = 0),
    );
    expect(causesOf(change)).toEqual(expect.arrayContaining(['cluster.topic', 'access.kafka-topic']));
  });

  test('a secret that is not associated and has no user', () => {
    const change = all(
      text,
      unassociated,
      (snapshot) =>
        void Object.assign(value(snapshot.secretProfiles, secretArn), { members: ['password'], username: undefined }),
    );
    expect(causesOf(change, { auth: 'scram' })).toEqual(expect.arrayContaining(['secret.association', 'secret.scram']));
  });
});

describe('a mapping that a user disabled', () => {
  test.each([
    {
      name: 'whose cluster no longer exists',
      change: clusterGone,
      causes: ['cluster.state', 'mapping.state'],
      canEnable: false,
    },
    {
      name: 'whose function no longer exists',
      change: gone('functions', functionArn, 'lambda', 'GetFunctionConfiguration'),
      causes: ['function.state', 'mapping.state'],
      canEnable: true,
    },
    {
      name: 'whose secret no longer exists',
      options: { auth: 'scram' as const },
      change: gone('secrets', secretArn, 'secretsmanager', 'DescribeSecret'),
      causes: ['secret.exists', 'mapping.state'],
      canEnable: true,
    },
    { name: 'and whose role has no permission', change: noPermissions, causes: ['mapping.state'], canEnable: true },
  ])('$name', ({ change, causes, canEnable, options = {} }) => {
    const { verdict, ...diagnosis } = diagnoseMapping(accountWith(all(disabled, change), options), uuid);
    expect(diagnosis.causes.map(({ check }) => check).slice(0, causes.length)).toEqual(causes);
    expect(verdict).toBe('broken');
    const state = diagnosis.findings.find(({ check }) => check === 'mapping.state')!;
    expect([state.status, state.fixes.length > 0]).toEqual(['fail', canEnable]);
  });
});

describe('a VPC connection for another authentication than the mapping’s', () => {
  const byConnection = (name: string, change: Change = () => {}) => {
    const snapshot = sandboxAccounts.find((account) => account.name === name)!.build();
    change(snapshot);
    return diagnoseMapping(snapshot, uuid);
  };

  test.each(['SASL_SCRAM', 'TLS'])('%s, and the mapping names no secret', (Authentication) => {
    const diagnosis = byConnection('cross-account', (snapshot) => {
      const [arn] = Object.keys(snapshot.vpcConnections);
      sandboxValue(snapshot.vpcConnections, arn!).Authentication = Authentication;
      sandboxValue(snapshot.mappings, uuid).LastProcessingResult = 'PROBLEM: Connection error.';
    });
    expect(diagnosis.causes.map(({ check }) => check)).toEqual(['cluster.policy']);
    const words = JSON.stringify(diagnosis.findings);
    expect(words).toContain(Authentication);
    expect(words).not.toMatch(/without authentication is not enabled|TLS without authentication/);
    expect(diagnosis.findings.find(({ check }) => check === 'cluster.auth')!.status).toBe('skip');
    expect(diagnosis.findings.find(({ check }) => check === 'access.kafka-connect')!.status).toBe('skip');
  });

  test('the same authentication: nothing is wrong', () => expect(byConnection('cross-account').causes).toEqual([]));
});

test('no check depends on itself, and every check that another depends on exists', () => {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const follow = (id: CheckId, path: readonly CheckId[]): void => {
    expect(path, [...path, id].join(' → ')).not.toContain(id);
    expect(byId.has(id), id).toBe(true);
    for (const dependency of byId.get(id)!.restsOn ?? [])
      follow(typeof dependency === 'string' ? dependency : dependency.check, [...path, id]);
  };
  for (const { id } of checks) follow(id, []);
});
