/** ARNs of who makes a call: `arn:aws:iam::ACCOUNT:user/PATH/NAME`, `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` (IAM user guide: principals). */
import { parseArn } from './arn.js';

export interface CallingPrincipal {
  /** `user`, `role`, `assumed-role`, `federated-user` or `root`. */
  type: string;
  /** Without its path; `root` for the account's root user. */
  name: string;
  /** Of an assumed role only. */
  session: string | null;
  account: string | null;
}

/** Null for what is no ARN, such as the name of a service. */
export function parsePrincipal(arn: string): CallingPrincipal | null {
  const parts = parseArn(arn);
  if (parts === null) return null;
  const [type = '', ...path] = parts.resource.split('/');
  const account = parts.account || null;
  if (type === 'assumed-role')
    return { type, name: path[0] ?? '', session: path.length > 1 ? path.at(-1)! : null, account };
  return { type, name: path.at(-1) ?? type, session: null, account };
}
