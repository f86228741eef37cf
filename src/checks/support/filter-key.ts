/** The key that encrypts a mapping's filter, which the Lambda service opens as itself (AWS: encryption of filter criteria). */
import { lambdaPrincipal } from '../../aws/partitions.js';
import { evaluateServiceCall } from '../../access/service-call.js';
import type { Fix } from '../../fixes/fix.js';
import type { KeyReads } from '../../subject/facts/key.js';
import type { Facts } from '../../subject/subject.js';
import { withStatement } from './with-statement.js';

/** The key's policy does not let Lambda decrypt. */
export interface FilterKeyRefusal {
  keyArn: string;
  /** The key's policy as it stands. */
  document: string;
  because: string;
  /** A statement denies: one more that allows would not help. */
  denied: boolean;
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
      ? `no statement of its policy lets lambda.amazonaws.com call ${action}`
      : `statement ${denial.statement} of its policy denies ${action} to lambda.amazonaws.com`;
  return { keyArn, document: policy.value, because, denied: denial !== undefined };
}

/** One more statement in the key's policy; by hand where a statement denies, or the policy cannot be parsed. */
export function fixFilterKey({ keyArn, document, denied }: FilterKeyRefusal): Fix[] {
  const changed = denied
    ? null
    : withStatement(document, {
        Sid: 'LambdaFilter',
        Effect: 'Allow',
        Principal: { Service: lambdaPrincipal },
        Action: action,
        Resource: '*',
      });
  if (changed === null)
    return [
      { title: `Let lambda.amazonaws.com call ${action} in the policy of ${keyArn}`, safety: 'by-hand', changes: [] },
    ];
  const change = (Policy: string) => ({
    service: 'kms',
    operation: 'PutKeyPolicy',
    input: { KeyId: keyArn, PolicyName: 'default', Policy },
  });
  return [
    {
      title: `Let lambda.amazonaws.com call ${action} by a statement in the policy of the filter’s key`,
      safety: 'care',
      changes: [{ ...change(changed), undo: change(document) }],
    },
  ];
}
