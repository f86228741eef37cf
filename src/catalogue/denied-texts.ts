/** Entries for refused permissions in AWS's general form; `explain` prints the statement that allows the action. */
import { findDenial, whoseDenial, type DeciderKind, type Denial, type Whose } from './denial.js';
import { judgingCheck } from './judging-check.js';
import type { KnownText } from './known-text.js';

export const callerDenied: KnownText = {
  id: 'request-denied',
  fragments: [],
  text: 'User: arn:aws:iam::111122223333:user/NAME is not authorized to perform: lambda:CreateEventSourceMapping',
  meaning:
    'The caller’s credentials may not perform this action. The caller is a person, a deployment tool or a pipeline, not the execution role.',
  causes: [],
  remedy: 'Allow the action in the message for that user or role.',
};

export const roleDenied: KnownText = {
  id: 'access-denied',
  fragments: [],
  text: 'User: arn:aws:sts::111122223333:assumed-role/ROLE/SESSION is not authorized to perform: kafka:DescribeClusterV2 on resource: ARN',
  meaning:
    'A role, or an AWS service with its own role, may not perform this action. If it is the function’s execution role, Lambda’s pollers made the call.',
  causes: [],
  remedy: 'Allow the action in the message for that role.',
};

/** The entry for a text about a refused permission, with its principal, the action and the policy that decided. */
export function deniedEntry(text: string): KnownText | undefined {
  const denial = findDenial(text);
  if (denial === null) return undefined;
  const whose = whoseDenial(denial);
  const entry = whose.kind === 'caller' ? callerDenied : roleDenied;
  const [service = '', action = ''] = denial.action.split(':');
  const check = whose.kind === 'role' ? judgingCheck(service, action) : undefined;
  const unneeded =
    whose.kind === 'role' && check === undefined ? `A Kafka event source mapping does not need ${denial.action}.` : '';
  return {
    ...entry,
    meaning: [inWords(whose, denial), reasonOf(denial), unneeded].filter((sentence) => sentence !== '').join(' '),
    causes:
      check === undefined
        ? []
        : [{ check, because: `if ${whose.name} is the function’s execution role, it lacks ${denial.action}` }],
    remedy: remedyOf(whose, denial, text),
  };
}

function inWords({ kind, name, account, session }: Whose, { principal, action, resource }: Denial): string {
  const may = `may not perform ${action}${resource === null || resource === '*' ? '' : ` on ${resource}`}.`;
  const of = account === null ? '' : ` of account ${account}`;
  if (kind === 'service')
    return `${account === null ? name : `The service-linked role ${name}${of}`} ${may} An AWS service made the call, not your credentials.`;
  if (kind === 'caller')
    return session === null
      ? `${principal} ${may} These are the caller’s credentials, not the execution role.`
      : `The role ${name}${of} (session ${session}) ${may} A person or a tool uses this role; it is not the execution role.`;
  return `The role ${name}${of}${session === null ? '' : ` (session ${session})`} ${may} If it is the function’s execution role, Lambda’s pollers or the function’s code made the call; otherwise another user of this role did.`;
}

const allows: Record<DeciderKind, string> = {
  'identity-based policy': 'No policy of that user or role allows the action.',
  'resource-based policy':
    'The resource-based policy does not allow it. Across accounts, both policies must allow the action; for a KMS key, the key policy must always allow it.',
  'VPC endpoint policy': 'The call went through a VPC endpoint whose policy does not allow it.',
  'permissions boundary':
    'The permissions boundary of that user or role does not allow the action, so its other policies cannot allow it either.',
  'service control policy':
    'A service control policy of the AWS organization does not allow it in this account, so no policy in the account can allow it.',
  'resource control policy': 'A resource control policy of the AWS organization does not allow it on this resource.',
  'session policy': 'The session policy that was passed to AssumeRole does not allow the action.',
};

function reasonOf({ decider, explicit }: Denial): string {
  if (explicit)
    return decider === null
      ? 'A policy denies it explicitly. A Deny always overrides an Allow.'
      : `A Deny statement in ${/^[aeiou]/i.test(decider) ? 'an' : 'a'} ${decider} matches. A Deny always overrides an Allow.`;
  return decider === null ? '' : allows[decider];
}

/** Where to make the fix; the statement itself is printed with it. */
function remedyOf(whose: Whose, { decider, explicit, action, resource }: Denial, text: string): string {
  const encoded = /encoded authorization failure message/i.test(text)
    ? ' The encoded message names the statement: `aws sts decode-authorization-message --encoded-message TEXT`.'
    : '';
  const who = holderOf(whose);
  const where = explicit
    ? `Find the Deny statement that matches ${action}${decider === null ? '' : ` in the ${decider}`}, and narrow its resources or add a condition.`
    : placeOf(decider, action, who);
  const byName =
    action.startsWith('kafka:') && resource !== null && resource !== '*' && !resource.startsWith('arn:')
      ? `First pass the cluster’s ARN in the call: “${resource}” is a name, but MSK expects the ARN, and policies match ARNs only. \`aws kafka list-clusters-v2\` shows the ARN. If the call is denied with the ARN too: `
      : '';
  return `${byName}${where}${encoded}`;
}

function holderOf({ kind, name, isRole }: Whose): string {
  return isRole ? `the role ${name}` : kind === 'service' ? `the service ${name}` : `the user ${name}`;
}

function placeOf(decider: DeciderKind | null, action: string, who: string): string {
  switch (decider) {
    case 'resource-based policy':
      return `Add the statement with ${who} as Principal to the resource-based policy.`;
    case 'VPC endpoint policy':
      return `Allow ${action} in the policy of the VPC endpoint (check network.endpoint-policy for the pollers).`;
    case 'permissions boundary':
      return `Add the statement to the permissions boundary of ${who}, and check that another of its policies allows the action too.`;
    case 'service control policy':
    case 'resource control policy':
      return `Ask the administrator of the AWS organization to allow ${action} in the ${decider}.`;
    case 'session policy':
      return `Allow ${action} in the policy that is passed to AssumeRole, or assume the role without one.`;
    default:
      return `Attach the statement to ${who}.`;
  }
}
