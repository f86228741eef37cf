import { judgeTrust, type TrustRefusal } from '../../access/trust.js';
import { defineCheck, fail, pass, undecided } from '../define.js';
import { fixTrust } from '../support/trust-fixes.js';

type Evidence = TrustRefusal | { kind: 'gone'; roleArn: string };

export default defineCheck({
  id: 'access.trust',
  title: 'Lambda cannot assume the execution role',
  severity: 'error',
  stage: 'role',
  needs: ['role', 'function', 'mapping', 'capturedAt', 'observedError', 'eventSource'],
  judge({ role, function: configuration, mapping, capturedAt, observedError, eventSource }) {
    const roleArn = configuration?.Role ?? role?.Arn ?? 'the execution role';
    if (role === null) return fail<Evidence>({ kind: 'gone', roleArn });
    const callers = [mapping.EventSourceMappingArn, configuration?.FunctionArn].filter((arn) => arn !== undefined);
    const verdict = judgeTrust(role, { roleArn, region: eventSource.region, at: capturedAt, callers });
    if (verdict.answer === 'allowed') return pass;
    if (verdict.answer === 'denied') return fail<Evidence>(verdict.refusal);
    // Conditions on the source are documented as a cause of the very text that says so.
    if (observedError === 'cannot-assume-role' && verdict.conditional !== null) return fail<Evidence>(verdict.conditional);
    return undecided(verdict.because, [], [{ resource: roleArn, fact: verdict.because }]);
  },
  describe: (evidence: Evidence) =>
    evidence.kind === 'gone'
      ? { title: `The execution role ${evidence.roleArn} is gone`, evidence: [{ resource: evidence.roleArn, fact: 'IAM has no role of this name, and the function still names it' }] }
      : {
          title: `The trust policy of role ${evidence.roleName} does not let lambda.amazonaws.com assume it`,
          evidence: evidence.reasons.map((fact) => ({ resource: evidence.roleArn, fact })),
        },
  fixes: (evidence) => (evidence.kind === 'gone' ? [{ title: 'Make the role again, then update the function so that it takes the new one', safety: 'by-hand', changes: [] }] : fixTrust(evidence)),
});
