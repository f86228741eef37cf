/** Lets Lambda assume a role by a change of its trust policy. */
import { evaluateDocument } from '../../../access/evaluate.js';
import { lambdaPrincipal } from '../../../aws/partitions.js';
import type { TrustedSource, TrustRefusal } from '../../../access/trust.js';
import { withoutDenial } from '../../../access/without-denial.js';
import type { Fix } from '../../../fixes/fix.js';
import { withStatement } from '../../support/with-statement.js';

const lambdaMayAssume = { Effect: 'Allow', Principal: { Service: lambdaPrincipal }, Action: 'sts:AssumeRole' };

/** The same, with the conditions that AWS recommends. */
const lambdaMayAssumeFor = ({ account, functionArn }: TrustedSource) => ({
  ...lambdaMayAssume,
  Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': functionArn } },
});

export function fixTrust({ roleName, document, denied, request, source: trusted }: TrustRefusal): Fix[] {
  const source = { layer: 'trust', policy: roleName } as const;
  const freed = denied ? withoutDenial({ document, source, requests: [request], exempt: 'by-principal' }) : document;
  const basis = freed === null ? JSON.stringify({ Version: '2012-10-17', Statement: [] }) : freed;
  const allows = basis !== undefined && evaluateDocument(basis, request, source).answer === 'allowed';
  const added = trusted === null ? lambdaMayAssume : lambdaMayAssumeFor(trusted);
  const changed = basis === undefined ? null : allows ? basis : withStatement(basis, added);
  if (changed === null)
    return [
      {
        title: `Allow lambda.amazonaws.com to call sts:AssumeRole in the trust policy of role ${roleName}`,
        safety: 'by-hand',
        changes: [],
        statements: [JSON.stringify(lambdaMayAssume)],
      },
    ];
  const change = (PolicyDocument: string) => ({
    service: 'iam',
    operation: 'UpdateAssumeRolePolicy',
    input: { RoleName: roleName, PolicyDocument },
  });
  return [
    {
      title: denied
        ? `Change the Deny statement in the trust policy of role ${roleName} so that lambda.amazonaws.com may assume it`
        : `Allow lambda.amazonaws.com to assume role ${roleName} in its trust policy${trusted === null ? '' : ' for this function only'}`,
      safety: 'care',
      changes: [{ ...change(changed), undo: change(document) }],
    },
  ];
}
