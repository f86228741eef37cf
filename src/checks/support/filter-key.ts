/**
 * The KMS key of a mapping's filter, which the Lambda service decrypts with as itself (AWS: encryption of filter
 * criteria).
 */
import { lambdaPrincipal } from '../../aws/partitions.js';
import type { AccessRequest } from '../../access/access-question.js';
import { evaluateDocument } from '../../access/evaluate.js';
import { serviceContext } from '../../access/request-context.js';
import { evaluateServiceCall } from '../../access/service-call.js';
import { withoutDenial } from '../../access/without-denial.js';
import type { Fix } from '../../fixes/fix.js';
import type { KeyReads } from '../../subject/facts/key.js';
import type { Facts } from '../../subject/subject.js';
import { withStatement } from './with-statement.js';

/** The key's policy does not let Lambda decrypt. */
export interface FilterKeyRefusal {
  keyArn: string;
  /** The key's current policy. */
  document: string;
  because: string;
  /** A Deny statement refuses it: a further Allow would not help. */
  denied: boolean;
  /** The refused call. */
  request: AccessRequest;
}

const action = 'kms:Decrypt';

/** Null where the policy lets Lambda decrypt, or where that cannot be decided. */
export function judgeFilterKey(
  { id, key, policy }: KeyReads,
  { eventSource, capturedAt }: Pick<Facts, 'eventSource' | 'capturedAt'>,
): FilterKeyRefusal | null {
  if (policy.is !== 'known') return null;
  const keyArn = (key.is === 'known' ? key.value?.Arn : undefined) ?? id;
  const { answer, trace } = evaluateServiceCall(
    policy.value,
    { action, resource: keyArn, region: eventSource.region, at: capturedAt },
    `key ${id}`,
  );
  if (answer !== 'denied') return null;
  const denial = trace.find(({ effect }) => effect === 'deny');
  const because =
    denial === undefined
      ? `no statement of the key policy allows ${action} for lambda.amazonaws.com`
      : `statement ${denial.statement} of the key policy denies ${action} to lambda.amazonaws.com`;
  const request: AccessRequest = {
    action,
    resource: keyArn,
    principal: { service: lambdaPrincipal },
    context: serviceContext({ region: eventSource.region, at: capturedAt }),
  };
  return { keyArn, document: policy.value, because, denied: denial !== undefined, request };
}

/** An edit of the Deny statement, or a new Allow; by hand where the policy cannot be edited by a call. */
export function fixFilterKey({ keyArn, document, denied, request }: FilterKeyRefusal): Fix[] {
  const source = { layer: 'resource', policy: keyArn } as const;
  const basis = denied ? withoutDenial({ document, source, requests: [request], exempt: 'by-principal' }) : document;
  const allows = typeof basis === 'string' && evaluateDocument(basis, request, source).answer === 'allowed';
  const changed = allows
    ? basis
    : withStatement(basis ?? '', {
        Sid: 'LambdaFilter',
        Effect: 'Allow',
        Principal: { Service: lambdaPrincipal },
        Action: action,
        Resource: '*',
      });
  if (changed === null)
    return [
      {
        title: `Allow ${action} for lambda.amazonaws.com in the key policy of the filter’s KMS key`,
        safety: 'by-hand',
        changes: [],
      },
    ];
  const change = (Policy: string) => ({
    service: 'kms',
    operation: 'PutKeyPolicy',
    input: { KeyId: keyArn, PolicyName: 'default', Policy },
  });
  return [
    {
      title: denied
        ? `Change the Deny statement in the key policy of the filter’s KMS key so that lambda.amazonaws.com may call ${action}`
        : `Allow ${action} for lambda.amazonaws.com in the key policy of the filter’s KMS key`,
      safety: 'care',
      changes: [{ ...change(changed), undo: change(document) }],
    },
  ];
}
