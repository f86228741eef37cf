import { describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import { checks } from '../../src/checks/index.js';
import { changedMapping } from '../../src/mapping/change-of.js';
import { plannedMapping, plannedUuid, settingsOf } from '../../src/mapping/mapping-of.js';
import { judgeChanged, judgePlanned, type Preflight } from '../../src/mapping/preflight.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { sandboxAccounts, type SandboxAccount } from '../../src/sandbox/index.js';
import { isOk } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { accountWith, capturedAt, functionArn, keyArn, secretArn, uuid, value } from '../accounts/account.js';
import { readThrough } from '../account/support/read.js';
import { least } from './support/settings.js';

/** The account without its mapping that is broken, and that mapping's settings with its group: what a user would ask for. */
async function plannedIn(account: SandboxAccount): Promise<Preflight[]> {
  const uuids = account.build().targets;
  return Promise.all(uuids.map((id) => plannedAnew(account, id)));
}

async function plannedAnew(account: SandboxAccount, id: string): Promise<Preflight> {
  const sandbox = createSandbox(account.build(), {
    ...(account.contents === undefined ? {} : { contents: account.contents() }),
    now: () => new Date(capturedAt),
  });
  const mapping = value(sandbox.snapshot().mappings, id);
  const settings = {
    ...settingsOf(mapping),
    consumerGroup: mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? mapping.UUID,
  };
  delete settings.enabled;
  const ask = (service: string, operation: string, input: object) =>
    sandbox.answer({ service, operation, input }).catch(() => ({}));
  await ask('lambda', 'DeleteEventSourceMapping', { UUID: id });
  for (let looks = 0; looks < 3; looks++) await ask('lambda', 'GetEventSourceMapping', { UUID: id });
  expect(sandbox.snapshot().mappings[id]).toBeUndefined();
  const planned = plannedMapping(settings);
  const { snapshot } = await readThrough(sandbox.answer as Answerer, { planned: [planned] });
  return judgePlanned(snapshot, planned);
}

/** What only a mapping that is there can show: its state, its filter’s error, its text, what happened before. */
const afterwards = new Set([
  'mapping.state',
  'cluster.acl',
  'function.errors',
  'lag.traffic',
  'lag.trend',
  'lag.consumers',
  'records.polling',
  null,
]);

/** Only Lambda's text excludes that a Resolver rule leads the names to the endpoints. */
const byItsText = new Set(['central-endpoints-no-zone']);

const broken = sandboxAccounts.filter(
  (account) => !account.healthy && !afterwards.has(account.firstCause) && !byItsText.has(account.name),
);
const healthy = sandboxAccounts.filter((account) => account.healthy);

describe('before it is made', () => {
  test.each(broken.map((account) => [account.name, account] as const))(
    '%s is stopped by the check that explains it',
    async (_, account) => {
      const first = (await plannedIn(account)).map(({ blockers: [blocker] }) => blocker?.check);
      expect(first).toContain(account.firstCause);
    },
  );

  test.each(healthy.map((account) => [account.name, account] as const))('%s is not stopped', async (_, account) => {
    const blockers = (await plannedIn(account)).flatMap((preflight) => preflight.blockers);
    expect(blockers.map(({ check, title }) => `${check}: ${title}`)).toEqual([]);
  });
});

const findings = (snapshot: Snapshot, more: object = {}, auth?: 'iam' | 'scram' | 'mtls' | 'tls' | 'plaintext') =>
  judgePlanned(snapshot, plannedMapping({ ...least, ...more }), auth);
const listed = (snapshot: Snapshot) => {
  snapshot.targets = [];
};

describe('a mapping that has no UUID yet', () => {
  const { blockers } = findings(accountWith(listed), { topic: 'payments' });
  const group = blockers.find(({ check }) => check === 'access.kafka-group')!;

  test('needs the right on any group, or a group of its own', () => {
    expect(JSON.stringify(group.fixes)).toContain('group/orders-cluster/8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2/*');
    expect(
      findings(accountWith(listed), { topic: 'payments', consumerGroup: uuid }).blockers.map(({ check }) => check),
    ).not.toContain('access.kafka-group');
  });

  test('is named nowhere by what stands for its UUID', () => {
    expect(JSON.stringify(blockers)).not.toContain(plannedUuid);
  });
});

describe('conflicts', () => {
  test('the same cluster, function and topic', () => {
    expect(findings(accountWith(listed)).blockers.map(({ check }) => check)).toContain('mapping.conflict');
  });

  test('none with a mapping that is being deleted', () => {
    const leaving = accountWith((snapshot) => {
      listed(snapshot);
      value(snapshot.mappings, uuid).State = 'Deleting';
    });
    expect(findings(leaving, { consumerGroup: uuid }).blockers).toEqual([]);
  });

  test('a consumer group that another mapping uses, custom or its UUID', () => {
    expect(
      findings(accountWith(listed), { topic: 'payments', consumerGroup: uuid }).blockers.map(({ check }) => check),
    ).toContain('mapping.consumer-group');
  });
});

test('a warning that is information only is none before a mapping is made', () => {
  const slow = accountWith((snapshot) => {
    listed(snapshot);
    value(snapshot.functions, functionArn).Timeout = 900;
  });
  const warnings = () => findings(slow).warnings.map(({ check }) => check);
  expect(warnings()).toContain('function.timeout');
  const check = checks.find(({ id }) => id === 'function.timeout')!;
  const { severity } = check;
  try {
    check.severity = 'info';
    expect(warnings()).not.toContain('function.timeout');
  } finally {
    check.severity = severity;
  }
});

describe('an asserted authentication', () => {
  const snapshot = accountWith(listed);
  test('that Lambda would pick is no matter', () => {
    expect(findings(snapshot, {}, 'iam').otherAuth).toBeNull();
  });
  test('that it would not pick is said, with why', () => {
    expect(findings(snapshot, {}, 'scram').otherAuth).toMatch(
      /would select iam, not scram: the mapping has no secret, and IAM authentication is enabled.*--secret/,
    );
    expect(
      findings(snapshot, { sourceAccess: [{ type: 'SASL_SCRAM_512_AUTH', uri: secretArn }] }, 'iam').otherAuth,
    ).toMatch(/would select scram, not iam.*Omit the secret/);
    expect(findings(snapshot, {}, 'tls').otherAuth).toMatch(/would select iam, not tls/);
  });
  test('on a cluster that could not be read is not decided', () => {
    const unread = accountWith((account) => {
      const denied = {
        outcome: 'denied',
        service: 'kafka',
        operation: 'DescribeClusterV2',
        action: 'kafka:DescribeClusterV2',
        error: 'AccessDeniedException',
      } as const;
      for (const arn of Object.keys(account.clusters)) account.clusters[arn] = denied;
      for (const arn of Object.keys(account.bootstrapBrokers))
        account.bootstrapBrokers[arn] = { ...denied, operation: 'GetBootstrapBrokers' };
    });
    expect(findings(unread, {}, 'iam')).toMatchObject({ otherAuth: null, authUnknown: true });
  });
});

describe('a change', () => {
  const judge = (snapshot: Snapshot, changes: object) => {
    const before = value(snapshot.mappings, uuid);
    return judgeChanged(snapshot, { before, after: changedMapping(before, changes) });
  };

  test('is stopped by what it brings about', () => {
    expect(
      judge(
        accountWith(() => {}, { auth: 'scram' }),
        { sourceAccess: null },
      ).blockers.map(({ check }) => check),
    ).toContain('mapping.source-access');
  });

  test('is not stopped by what stood wrong before', () => {
    const snapshot = accountWith((account) => {
      const group = Object.values(account.securityGroups)[0];
      if (group !== undefined && isOk(group)) for (const securityGroup of group.value) securityGroup.IpPermissions = [];
    });
    const judged = judge(snapshot, { batchSize: 10 });
    expect(judged.blockers).toEqual([]);
    expect(judged.warnings.map(({ check }) => check)).toContain('network.broker-ingress');
  });

  test('of nothing that matters is not stopped', () => {
    expect(
      judge(
        accountWith(() => {}),
        { batchSize: 10, kmsKey: keyArn, metrics: ['EventCount'] },
      ).blockers.filter(({ check }) => check !== 'access.kms'),
    ).toEqual([]);
  });
});

test.each([...byItsText])('%s is not decided before it is made', async (name) => {
  const account = sandboxAccounts.find((candidate) => candidate.name === name)!;
  for (const { blockers } of await plannedIn(account)) expect(blockers).toEqual([]);
});
