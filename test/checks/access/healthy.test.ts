import { describe, expect, test } from 'vitest';
import { checks } from '../../../src/checks/index.js';
import { runCheck } from '../../../src/checks/run.js';
import { subjectOf } from '../../../src/subject/subject.js';
import { healthyAccount, uuid } from '../../accounts/account.js';

const accessChecks = checks.filter(({ id }) => id.startsWith('access.') || id === 'cluster.policy');

describe.each(['iam', 'scram', 'mtls', 'tls', 'plaintext'] as const)('a healthy account by %s', (auth) => {
  test.each(accessChecks.map((check) => [check.id, check] as const))('%s passes or does not apply', (_, check) => {
    const finding = runCheck(check, subjectOf(healthyAccount({ auth }), uuid));
    expect(['pass', 'skip'], JSON.stringify(finding)).toContain(finding.status);
  });
});
