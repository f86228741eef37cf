import { isOk } from '../../snapshot/read.js';
import type { OrganizationPolicies } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { awsError, type Answers } from '../answers.js';

/** Answers only if the account holds its organization's policies; most callers may not read them. */
export const organizations: Answers = {
  ListParents: ({ ChildId: child }, snapshot) => {
    const chain = levelsOf(snapshot).map(({ target }) => target);
    const parent = chain[chain.indexOf(String(child)) - 1];
    return {
      Parents:
        parent === undefined ? [] : [{ Id: parent, Type: parent.startsWith('r-') ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }],
    };
  },
  ListPoliciesForTarget: ({ TargetId: target, Filter: kind }, snapshot) => {
    const level = levelsOf(snapshot, kind === 'SERVICE_CONTROL_POLICY').find(
      (candidate) => candidate.target === target,
    );
    return {
      Policies: (level?.policies ?? []).map(({ id, name }) => ({
        Id: id,
        Name: name,
        Type: kind,
        Arn: `arn:${snapshot.partition}:organizations::999900001111:policy/o-example/${String(kind).toLowerCase()}/${id}`,
      })),
    };
  },
  DescribePolicy: ({ PolicyId: id }, snapshot) => {
    const all = [...levelsOf(snapshot), ...levelsOf(snapshot, false)].flatMap(({ policies }) => policies);
    return { Policy: { Content: all.find((policy) => policy.id === id)?.document } };
  },
};

function levelsOf(snapshot: Snapshot, serviceControl = true): OrganizationPolicies['levels'] {
  const read = snapshot.serviceControlPolicies[snapshot.account ?? ''];
  if (read === undefined)
    throw awsError('AccessDeniedException', 'You don’t have permissions to access this resource.', 400);
  const policies = serviceControl ? read : snapshot.resourceControlPolicies[snapshot.account ?? ''];
  return policies !== undefined && isOk(policies) ? policies.value.levels : [];
}
