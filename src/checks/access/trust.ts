import { evaluateTrust, organizationDenials, type TrustRefusal } from '../../access/trust.js';
import { defineCheck, fail, pass, undecided, warn } from '../define.js';
import { describeRoleFault, fixRoleFault, type RoleFault } from './support/role-faults.js';
import { sourcesOf } from './support/trust-sources.js';
import { fixTrust } from './support/trust-fixes.js';

/** `onlyFor`: it allows the call with the function as its source, and Lambda may have sent none. */
type Evidence = (TrustRefusal & { onlyFor?: true }) | RoleFault;

export default defineCheck({
  id: 'access.trust',
  title: 'Lambda cannot assume the execution role',
  severity: 'error',
  stage: 'role',
  indicator:
    'the role’s trust policy does not allow lambda.amazonaws.com, or has conditions that the pollers do not meet',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html',
  ],
  needs: ['role', 'function', 'mapping', 'capturedAt', 'observedError', 'works', 'eventSource', 'organizationPolicies'],
  judge({
    role,
    function: configuration,
    mapping,
    capturedAt,
    observedError,
    works,
    eventSource,
    organizationPolicies: organization,
  }) {
    const roleArn = configuration?.Role ?? role?.Arn ?? 'the execution role';
    if (role === null)
      return fail<Evidence>({ kind: 'gone', roleArn, functionArn: configuration?.FunctionArn ?? null });
    const assumption = { roleArn, region: eventSource.region, at: capturedAt, ...sourcesOf(mapping, eventSource) };
    const verdict = evaluateTrust(role, assumption);
    if (verdict.answer === 'denied')
      // AWS does not document which ARN Lambda sends. A working mapping proves that the conditions accept it.
      return works && verdict.byArn
        ? undecided('the mapping works, although the conditions in the trust policy do not match its function')
        : fail<Evidence>(verdict.refusal);
    const bound = organizationDenials(organization.resource, 'resource-control', assumption);
    if (bound.length > 0) return fail<Evidence>({ kind: 'barred', roleArn, by: bound, sure: true });
    if (verdict.answer === 'cannot-tell') {
      // AWS documents conditions on the source as a cause of this text.
      if (observedError === 'cannot-assume-role' && verdict.conditional !== null)
        return fail<Evidence>(verdict.conditional);
      return undecided(verdict.because, [], [{ resource: roleArn, fact: verdict.because }]);
    }
    if (observedError !== 'cannot-assume-role') return pass;
    // IAM finds a role by name, STS by its complete ARN: a role that was recreated under another path is not the
    // function’s.
    if (role.Arn !== roleArn)
      return fail<Evidence>({
        kind: 'elsewhere',
        roleArn,
        actualArn: role.Arn,
        functionArn: configuration?.FunctionArn ?? 'FUNCTION',
      });
    const guarded = organizationDenials(organization.service, 'service-control', assumption);
    if (guarded.length > 0) return warn<Evidence>({ kind: 'barred', roleArn, by: guarded, sure: false });
    // A role that was recreated under its old name is another role for Lambda, until the function is updated.
    const [made, updated] = [role.CreateDate, configuration?.LastModified];
    const renewed = made !== undefined && updated !== undefined && Date.parse(made) > Date.parse(updated);
    if (renewed)
      return warn<Evidence>({ kind: 'renewed', roleArn, made, updated, functionArn: configuration!.FunctionArn });
    return verdict.ifUnsent === null ? pass : warn<Evidence>({ ...verdict.ifUnsent, onlyFor: true });
  },
  describe: (evidence: Evidence) =>
    evidence.kind === 'untrusted'
      ? {
          title: `The trust policy of role ${evidence.roleName} ${evidence.onlyFor === true ? 'allows lambda.amazonaws.com only with conditions on the source' : 'does not allow lambda.amazonaws.com'}`,
          evidence: evidence.reasons
            .slice(evidence.onlyFor === true && !evidence.denied ? 1 : 0)
            .map((fact) => ({ resource: evidence.roleArn, fact })),
        }
      : describeRoleFault(evidence),
  fixes: (evidence) => (evidence.kind === 'untrusted' ? fixTrust(evidence) : fixRoleFault(evidence)),
});
