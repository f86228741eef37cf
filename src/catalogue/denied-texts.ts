/** Entries for refused permissions in AWS's general form; `explain` prints the statement that allows the action. */
import { findDenial, whoseDenial, type DeciderKind, type Denial, type Whose } from './denial.js';
import { judgingCheck } from './judging-check.js';
import type { KnownText } from './known-text.js';

export const callerDenied: KnownText = {
  id: 'request-denied',
  fragments: [],
  text: 'User: arn:aws:iam::111122223333:user/NAME is not authorized to perform: lambda:CreateEventSourceMapping',
  meaning:
    'The credentials of whoever made the call may not do this: a person, a deployment tool or a pipeline. The execution role plays no part.',
  causes: [],
  remedy: 'Have the action that the text names allowed to that user or role.',
};

export const roleDenied: KnownText = {
  id: 'access-denied',
  fragments: [],
  text: 'User: arn:aws:sts::111122223333:assumed-role/ROLE/SESSION is not authorized to perform: kafka:DescribeClusterV2 on resource: ARN',
  meaning:
    'A role, or an AWS service with a role of its own, may not do this. If it is the function’s execution role, Lambda’s pollers made the call.',
  causes: [],
  remedy: 'Have the action that the text names allowed to that role.',
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
    whose.kind === 'role' && check === undefined ? `A mapping on Kafka does not need ${denial.action}.` : '';
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
      ? `${principal} ${may} These are the credentials of whoever made the call; the execution role plays no part.`
      : `The role ${name}${of} (session ${session}) ${may} A person or a tool uses it, so these are the credentials of whoever made the call; the execution role plays no part.`;
  return `The role ${name}${of}${session === null ? '' : ` (session ${session})`} ${may} If it is the execution role of the function, Lambda’s pollers or the function’s code made the call; otherwise whoever uses this role did.`;
}

const allows: Record<DeciderKind, string> = {
  'identity-based policy': 'No policy of that user or role allows the action.',
  'resource-based policy':
    'The policy of the resource itself does not allow it. From another account both policies must allow it; for a KMS key, its key policy always counts.',
  'VPC endpoint policy': 'The call went through a VPC endpoint whose policy does not allow it.',
  'permissions boundary':
    'The permissions boundary of that user or role does not contain the action: its other policies cannot give more.',
  'service control policy':
    'A service control policy of the AWS organization does not allow it in this account: no policy in the account can give more.',
  'resource control policy': 'A resource control policy of the AWS organization does not allow it on this resource.',
  'session policy': 'The policy that was passed when the role was assumed does not contain the action.',
};

function reasonOf({ decider, explicit }: Denial): string {
  if (explicit)
    return decider === null
      ? 'A policy denies it explicitly: no Allow helps against a Deny.'
      : `A Deny statement in ${/^[aeiou]/i.test(decider) ? 'an' : 'a'} ${decider} matches: no Allow helps against it.`;
  return decider === null ? '' : allows[decider];
}

/** Where to make the fix; the statement itself is printed with it. */
function remedyOf(whose: Whose, { decider, explicit, action, resource }: Denial, text: string): string {
  const encoded = /encoded authorization failure message/i.test(text)
    ? ' The encoded message names the statement: `aws sts decode-authorization-message --encoded-message TEXT`.'
    : '';
  const who = holderOf(whose);
  const where = explicit
    ? `Find the Deny statement that matches ${action}${decider === null ? '' : ` in the ${decider}`} and narrow it, by its resources or with a condition.`
    : placeOf(decider, action, who);
  const byName =
    action.startsWith('kafka:') && resource !== null && resource !== '*' && !resource.startsWith('arn:')
      ? `First pass the cluster’s ARN in the call: “${resource}” is a name where MSK expects the ARN, and no policy that grants on ARNs matches a name. \`aws kafka list-clusters-v2\` shows the ARN. If the call is refused with the ARN too: `
      : '';
  return `${byName}${where}${encoded}`;
}

function holderOf({ kind, name, isRole }: Whose): string {
  return isRole ? `the role ${name}` : kind === 'service' ? `the service ${name}` : `the user ${name}`;
}

function placeOf(decider: DeciderKind | null, action: string, who: string): string {
  switch (decider) {
    case 'resource-based policy':
      return `Add the statement with ${who} as Principal to the policy of the resource.`;
    case 'VPC endpoint policy':
      return `Allow ${action} in the policy of the VPC endpoint (check network.endpoint-policy for the pollers).`;
    case 'permissions boundary':
      return `Add the statement to the permissions boundary of ${who}, and see that another policy of it allows the action too.`;
    case 'service control policy':
    case 'resource control policy':
      return `Ask the administrator of the AWS organization to allow ${action} in the ${decider}.`;
    case 'session policy':
      return `Allow ${action} in the policy that is passed to AssumeRole, or assume the role without one.`;
    default:
      return `Attach the statement to ${who}.`;
  }
}
