/** Permissions that a role lacks for its mappings, and those that it does not need. */
import { findOverlyPermissive } from '../../../access/overly-permissive.js';
import { evaluateCall } from '../../../access/evaluate-call.js';
import { roleContext } from '../../../access/request-context.js';
import type { RolePolicies } from '../../../access/role-policies.js';
import { describeRefusals } from '../../../checks/access/support/describe-refusals.js';
import type { GuardedCall } from '../../../checks/access/support/guarded-calls.js';
import type { PolicyCheckDocument } from '../../../report/documents/policy.js';
import type { Facts } from '../../../subject/subject.js';

interface RoleQuestion {
  role: RolePolicies;
  calls: readonly GuardedCall[];
  organization: Facts['organizationPolicies'];
  region: string;
  at: Date;
}

export function checkRole({ role, calls, organization, region, at }: RoleQuestion): PolicyCheckDocument {
  const context = roleContext({ roleArn: role.roleArn, role: role.role, region, at });
  const evaluated = calls.map(({ needed, resource }) => ({
    needed,
    ...evaluateCall(needed, { role, organization, resource }, context),
  }));
  return {
    role: role.roleArn,
    missing: evaluated.flatMap((call) => {
      if (call.answer !== 'denied') return [];
      const { request } = call.refusal;
      const { evidence } = describeRefusals({ role, refusals: [call.refusal] });
      return [
        {
          action: request.action,
          resources: request.resources,
          needed: call.needed.weight === 'needed',
          because: evidence.map(({ fact }) => fact),
        },
      ];
    }),
    undecided: evaluated.flatMap((call) =>
      call.answer === 'cannot-tell'
        ? [{ action: call.needed.anyOf[0].action, resources: call.needed.anyOf[0].resources, because: call.because }]
        : [],
    ),
    beyond: findOverlyPermissive(
      role,
      calls.map(({ needed }) => needed),
    ),
  };
}
