/** The sandbox accounts written as templates: `lint` finds first what `doctor` finds first. */
import { describe, expect, test } from 'vitest';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { lintTemplate, problems } from './support/healthy.js';
import { toTemplate } from './support/of-snapshot.js';

/** Accounts whose fault no template has, and why. */
const notInTemplates: Record<string, string> = {
  'nat-blackhole': 'a NAT gateway that was deleted',
  'subnet-gone': 'a subnet that was deleted',
  'no-addresses': 'free addresses of a subnet',
  'unused-interface': 'network interfaces that Lambda left',
  'role-gone': 'a role that was deleted',
  'no-network-interfaces': 'another content of a policy that AWS manages',
  'secret-deleted': 'a secret that is scheduled for deletion',
  'secret-gone': 'a secret that was deleted',
  'secret-misspelt': 'the content of a secret',
  'key-of-another': 'the content of a secret',
  'certificate-expired': 'the content of a secret',
  'cross-account': 'a cluster in another account',
  'connection-rejected': 'a cluster in another account',
  'connection-ports': 'a cluster in another account',
  'connection-for-scram': 'a cluster in another account',
  'topic-misspelt': 'topics that exist',
  'cluster-failed': 'the state of a cluster',
  'cluster-replaced': 'a cluster that was deleted',
  'kafka-acl': 'ACLs inside Kafka',
  'kafka-acl-group': 'ACLs inside Kafka',
  'scram-password-changed': 'users inside Kafka',
  'scram-user-unknown': 'users inside Kafka',
  'certificate-untrusted': 'certificate authorities of a cluster',
  'group-of-connect': 'consumer groups inside Kafka',
  'partition-without-leader': 'partitions of a topic',
  'poison-pill': 'metrics',
  'function-gone': 'a function that was deleted',
  'function-not-published': 'the state of a function',
  'function-deactivated': 'the state of a function',
  'polls-fail': 'metrics',
  'registry-login': 'the content of a secret',
  'private-zone-empty': 'records of a private zone, which are not read from templates',
  'private-zone-other-endpoint': 'records of a private zone, which are not read from templates',
  disabled: 'a mapping that its author disables is not broken',
  several: 'topics that exist; its other mappings are those of other accounts',
  'central-endpoints-no-zone': 'a transit gateway and the zones of another account',
};

describe.each(
  sandboxAccounts
    .filter(({ name }) => notInTemplates[name] === undefined)
    .map((account) => [account.name, account] as const),
)('%s', (_, account) => {
  test('the same first cause', () => {
    const snapshot = account.build();
    const result = lintTemplate(toTemplate(snapshot), { account: snapshot.account!, region: snapshot.region });
    const causes = result.mappings.map(({ causes: [first] }) => first?.check ?? null);
    if (account.firstCause === null || account.healthy)
      expect(
        causes.filter((cause) => cause !== null),
        problems(result).join(', '),
      ).toEqual([]);
    else expect(causes, problems(result).join(', ')).toContain(account.firstCause);
  });
});
