/** Lets Lambda assume a role by one more statement of its trust policy. */
import { lambdaPrincipal } from '../../../aws/partitions.js';
import type { TrustRefusal } from '../../../access/trust.js';
import type { Fix } from '../../../fixes/fix.js';
import { withStatement } from '../../support/with-statement.js';

const lambdaMayAssume = { Effect: 'Allow', Principal: { Service: lambdaPrincipal }, Action: 'sts:AssumeRole' };

export function fixTrust({ roleName, document, denied }: TrustRefusal): Fix[] {
  const changed = denied ? null : withStatement(document, lambdaMayAssume);
  if (changed === null)
    return [
      {
        title: `Let lambda.amazonaws.com call sts:AssumeRole in the trust policy of ${roleName}`,
        safety: 'by-hand',
        changes: [],
      },
    ];
  const change = (PolicyDocument: string) => ({
    service: 'iam',
    operation: 'UpdateAssumeRolePolicy',
    input: { RoleName: roleName, PolicyDocument },
  });
  return [
    {
      title: `Add a statement to the trust policy of ${roleName} that lets lambda.amazonaws.com assume it`,
      safety: 'care',
      changes: [{ ...change(changed), undo: change(document) }],
    },
  ];
}
