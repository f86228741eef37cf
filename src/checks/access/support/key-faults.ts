/** Why the role, or Lambda itself, cannot use a key, and the fixes. */
import type { Fix } from '../../../fixes/fix.js';
import type { Evidence } from '../../define.js';
import { fixFilterKey, type FilterKeyRefusal } from '../../support/filter-key.js';
import { fixRefusals } from './access-fixes.js';
import { type RefusedCalls } from './access.js';
import { describeRefusals } from './describe-refusals.js';

/** A secret of another account that is encrypted with that account's AWS managed key. */
export interface ForeignDefaultKey {
  foreignSecret: string;
  account: string;
}

/** The secret's key, otherwise the key of the mapping's filter. */
export type KeyFault = RefusedCalls | FilterKeyRefusal | ForeignDefaultKey;

export function describeKeyFault(fault: KeyFault): { title: string; evidence: Evidence[] } {
  if ('foreignSecret' in fault) {
    const fact = `other accounts may not use that key, and the execution role belongs to account ${fault.account}`;
    return {
      title: 'The secret of another account is encrypted with the AWS managed key of that account',
      evidence: [{ resource: fault.foreignSecret, fact }],
    };
  }
  return 'keyArn' in fault
    ? {
        title: 'The Lambda service may not decrypt the mapping’s filter with its KMS key',
        evidence: [{ resource: fault.keyArn, fact: fault.because }],
      }
    : describeRefusals(fault);
}

export function fixKeyFault(fault: KeyFault): Fix[] {
  if ('foreignSecret' in fault)
    return [
      {
        title: 'Encrypt the secret with a customer managed key that allows kms:Decrypt for the execution role',
        safety: 'by-hand',
        changes: [],
      },
    ];
  return 'keyArn' in fault ? fixFilterKey(fault) : fixRefusals(fault, 'kms');
}
