import { describe, expect, test } from 'vitest';
import { checks } from '../../../src/checks/index.js';
import { runCheck } from '../../../src/checks/run.js';
import { policyAllowing } from '../../../src/access/policy.js';
import { callsOfMapping } from '../../../src/checks/access/support/mapping-calls.js';
import { ok } from '../../../src/snapshot/read.js';
import { subjectOf } from '../../../src/subject/subject.js';
import { healthyAccount, roleArn, uuid } from '../../accounts/account.js';

describe.each(['iam', 'scram', 'mtls', 'tls', 'plaintext'] as const)('the least policy of a mapping by %s', (auth) => {
  const account = healthyAccount({ auth });
  const calls = callsOfMapping(subjectOf(account, uuid));

  test('is all that the checks of rights ask for', () => {
    if (calls.is !== 'known') throw new Error('the calls are not known');
    account.attachedPolicies[roleArn] = ok([]);
    account.inlinePolicyNames[roleArn] = ok(['least']);
    account.inlinePolicies[`${roleArn}#least`] = ok(
      JSON.stringify(
        policyAllowing(calls.value.flatMap((group) => group.calls.map(({ anyOf: [request] }) => request))),
      ),
    );
    const subject = subjectOf(account, uuid);
    for (const check of checks.filter(({ id }) => id.startsWith('access.')))
      expect(['pass', 'skip'], check.id).toContain(runCheck(check, subject).status);
  });
});
