/** The short section that `--verify` adds to a mapping. */
import type { Verification } from './documents/verification.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

const words = { allowed: 'allows', explicitDeny: 'denies', implicitDeny: 'does not allow' } as const;

export function renderVerification(
  uuid: string,
  { role, asked, agreed, undecided, differences, notRead, limits }: Verification,
  columns: number,
): string {
  const item = (text: string) => wrap(`- ${visible(text)}`, { columns, indent: 2, hang: 2 });
  const head =
    notRead !== null && asked === 0
      ? `Could not use the IAM policy simulator for ${role}: ${notRead.replace(/\.$/, '')}`
      : `IAM policy simulator for ${role}, mapping ${uuid}: it agrees on ${agreed} of ${asked} permissions`;
  return [
    wrap(`${visible(head)}.`, { columns }),
    ...differences.map(({ action, resources, ours, iam, because }) =>
      item(
        `${action} on ${resources.join(', ')}: this program says ${ours}, the simulator ${words[iam]} it; ${because}`,
      ),
    ),
    ...undecided.map(({ action, iam, because }) =>
      item(`${action}: this program could not check it (${because}); the simulator ${words[iam]} it`),
    ),
    ...(asked === 0 ? [] : limits.map((limit) => wrap(`Note: ${limit}.`, { columns, hang: 6 }))),
  ].join('\n');
}
