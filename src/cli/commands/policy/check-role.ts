/** What a role lacks of a trigger's calls, and what it may beyond them. */
import type { CallGroup } from '../../../checks/access/support/access.js';
import { findOverlyPermissive } from '../../../access/overly-permissive.js';
import { evaluateCall } from '../../../access/evaluate-call.js';
import { roleContext } from '../../../access/request-context.js';
import type { RolePolicies } from '../../../access/role-policies.js';
import { describeRefusals } from '../../../checks/access/support/access.js';
import type { PolicyCheckDocument } from '../../../report/documents/others.js';
import type { Facts } from '../../../subject/subject.js';

interface RoleQuestion {
  role: RolePolicies;
  groups: readonly CallGroup[];
  organization: Facts['organizationPolicies'];
  region: string;
  at: Date;
}

export function checkRole({ role, groups, organization, region, at }: RoleQuestion): PolicyCheckDocument {
  const context = roleContext({ roleArn: role.roleArn, role: role.role, region, at });
  const judged = groups.flatMap(({ calls, resource = null }) =>
    calls.map((needed) => ({ needed, ...evaluateCall(needed, { role, organization, resource }, context) })),
  );
  return {
    role: role.roleArn,
    missing: judged.flatMap((one) => {
      if (one.answer !== 'denied') return [];
      const { request } = one.refusal;
      const { evidence } = describeRefusals({ role, refusals: [one.refusal] }, '');
      return [
        {
          action: request.action,
          resources: request.resources,
          needed: one.needed.weight === 'needed',
          because: evidence.map(({ fact }) => fact),
        },
      ];
    }),
    undecided: judged.flatMap((one) =>
      one.answer === 'cannot-tell'
        ? [{ action: one.needed.anyOf[0].action, resources: one.needed.anyOf[0].resources, because: one.because }]
        : [],
    ),
    beyond: findOverlyPermissive(
      role,
      groups.flatMap(({ calls }) => calls),
    ),
  };
}
