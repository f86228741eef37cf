import { judgeTrust, type TrustRefusal } from '../../access/trust.js';
import type { Fix } from '../../fixes/fix.js';
import { quote } from '../../fixes/render-cli.js';
import { defineCheck, fail, pass, undecided, warn } from '../define.js';
import { fixTrust } from '../support/trust-fixes.js';

type Evidence = TrustRefusal | { kind: 'gone'; roleArn: string } | { kind: 'elsewhere'; roleArn: string; found: string; functionArn: string } | { kind: 'renewed'; roleArn: string; made: string; updated: string; functionArn: string };

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
    if (verdict.answer === 'allowed') {
      // IAM finds a role by its name alone, STS by its whole ARN: one made again under another path is not the function’s.
      const elsewhere = observedError === 'cannot-assume-role' && role.Arn !== roleArn;
      if (elsewhere) return fail<Evidence>({ kind: 'elsewhere', roleArn, found: role.Arn, functionArn: configuration?.FunctionArn ?? 'FUNCTION' });
      // A role made again under its old name is another one to Lambda, until the function is updated.
      const [made, updated] = [role.CreateDate, configuration?.LastModified];
      const renewed = observedError === 'cannot-assume-role' && made !== undefined && updated !== undefined && Date.parse(made) > Date.parse(updated);
      return renewed ? warn<Evidence>({ kind: 'renewed', roleArn, made, updated, functionArn: configuration!.FunctionArn }) : pass;
    }
    if (verdict.answer === 'denied') return fail<Evidence>(verdict.refusal);
    // Conditions on the source are documented as a cause of the very text that says so.
    if (observedError === 'cannot-assume-role' && verdict.conditional !== null) return fail<Evidence>(verdict.conditional);
    return undecided(verdict.because, [], [{ resource: roleArn, fact: verdict.because }]);
  },
  describe(evidence: Evidence) {
    const { roleArn: resource } = evidence;
    if (evidence.kind === 'gone') return { title: `The execution role ${resource} is gone`, evidence: [{ resource, fact: 'IAM has no role of this name, and the function still names it' }] };
    if (evidence.kind === 'elsewhere') return { title: `There is no role ${resource}, which the function names`, evidence: [{ resource, fact: `the role of this name has another path: it is ${evidence.found}` }] };
    if (evidence.kind === 'renewed')
      return { title: `The execution role ${resource} is younger than the function’s last update`, evidence: [{ resource, fact: `it was made ${evidence.made}, the function last updated ${evidence.updated}: Lambda knows an earlier role of this name` }] };
    return { title: `The trust policy of role ${evidence.roleName} does not let lambda.amazonaws.com assume it`, evidence: evidence.reasons.map((fact) => ({ resource, fact })) };
  },
  fixes(evidence) {
    if (evidence.kind === 'gone') return [{ title: 'Make the role again, then update the function so that it takes the new one', safety: 'by-hand', changes: [] }];
    if (evidence.kind === 'renewed') return [updateFunction('Update the function, so that it takes the role as it is now', evidence.functionArn, evidence.roleArn)];
    if (evidence.kind === 'elsewhere') return [updateFunction('Give the function the role under the ARN that it has now', evidence.functionArn, evidence.found)];
    return fixTrust(evidence);
  },
});

const updateFunction = (title: string, functionArn: string, roleArn: string): Fix => ({
  title, safety: 'by-hand', changes: [],
  commands: [`aws lambda update-function-configuration --function-name ${quote(functionArn)} --role ${quote(roleArn)}`],
});
