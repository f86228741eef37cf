/** Why the role, or Lambda itself, cannot use a key, and the fixes. */
import type { Fix } from '../../../fixes/fix.js';
import type { Evidence } from '../../define.js';
import { fixFilterKey, type FilterKeyRefusal } from '../../support/filter-key.js';
import { fixRefusals } from './access-fixes.js';
import { describeRefusals, type RefusedCalls } from './access.js';

/** A secret of another account that is encrypted with that account's AWS managed key. */
export interface ForeignDefaultKey {
  foreignSecret: string;
  account: string;
}

/** The secret's key, otherwise the key of the mapping's filter. */
export type KeyFault = RefusedCalls | FilterKeyRefusal | ForeignDefaultKey;

export function describeKeyFault(fault: KeyFault): { title: string; evidence: Evidence[] } {
  if ('foreignSecret' in fault) {
    const fact = `only its own account may use that key, and the role is of account ${fault.account}`;
    return {
      title: 'The secret is another account’s, under the default key of Secrets Manager',
      evidence: [{ resource: fault.foreignSecret, fact }],
    };
  }
  return 'keyArn' in fault
    ? {
        title: `Lambda may not decrypt the mapping’s filter with key ${fault.keyArn}`,
        evidence: [{ resource: fault.keyArn, fact: fault.because }],
      }
    : describeRefusals(fault, 'with the key of the secret');
}

export function fixKeyFault(fault: KeyFault): Fix[] {
  if ('foreignSecret' in fault)
    return [
      {
        title: 'Put the secret under a key of one’s own, whose policy lets the role call kms:Decrypt',
        safety: 'by-hand',
        changes: [],
      },
    ];
  return 'keyArn' in fault ? fixFilterKey(fault) : fixRefusals(fault, 'kms');
}
