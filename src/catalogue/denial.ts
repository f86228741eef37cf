/**
 * AWS's general form of a refused permission: `User: ARN is not authorized to perform: ACTION on resource:
 * RESOURCE`, with the policy that decided where AWS names it (IAM user guide: troubleshoot access denied error
 * messages).
 */
import { parseArn } from '../aws/arn.js';
import { parsePrincipal } from '../aws/principal-arn.js';
import { plainText } from './normalize.js';

export const deciderKinds = [
  'identity-based policy',
  'resource-based policy',
  'VPC endpoint policy',
  'permissions boundary',
  'service control policy',
  'resource control policy',
  'session policy',
] as const;
export type DeciderKind = (typeof deciderKinds)[number];

export interface Denial {
  /** As in the text: the ARN of a user or of a role session, or a service's name. */
  principal: string;
  action: string;
  /** An ARN, `*` or a name; null where the text names none. */
  resource: string | null;
  /** Null where AWS does not say which policy decided. */
  decider: DeciderKind | null;
  /** An explicit Deny; otherwise nothing allows the action. */
  explicit: boolean;
}

const phrase = 'isnotauthorizedtoperform';
/** Longer than any ARN, action and reason together; anything further away belongs to another sentence. */
const reach = 3000;

/** The first refused permission in a text; null where there is none. */
export function findDenial(text: string): Denial | null {
  const spread = plainText(text).replace(/\s+/g, ' ');
  // A text in capitals has lost its case; AWS's ARNs and action prefixes are in lower case.
  const plain = spread === spread.toUpperCase() ? spread.toLowerCase() : spread;
  const { squeezed, positions } = withPositions(plain);
  const lower = squeezed.toLowerCase();
  const at = lower.indexOf(phrase);
  if (at < 0) return null;
  const before = squeezed.slice(Math.max(0, at - reach), at);
  const user = before.toLowerCase().lastIndexOf('user:');
  const start = user < 0 ? before.search(/arn:[^:]{1,20}:(?:iam|sts)::/) : user + 'user:'.length;
  const principal = start < 0 ? '' : trimmed(before.slice(start));
  const end = at + phrase.length;
  const after = squeezed.slice(end, end + reach);
  const spaced = plain.slice(positions[end] ?? plain.length, (positions[end] ?? plain.length) + 2 * reach);
  const action = actionOf(spaced, after);
  if (principal === '' || action === null) return null;
  return { principal, action, resource: resourceOf(spaced, after), ...deciderOf(after.toLowerCase()) };
}

/** The text without white space, and the original position of each character. */
function withPositions(plain: string): { squeezed: string; positions: number[] } {
  const positions: number[] = [];
  let squeezed = '';
  for (let index = 0; index < plain.length; index++)
    if (plain[index] !== ' ') {
      positions.push(index);
      squeezed += plain[index];
    }
  return { squeezed, positions };
}

/** A word without quotes, without what follows them in JSON, and without punctuation. */
const trimmed = (word: string): string =>
  word
    .replace(/^["'`:;,([<]{1,5}/, '')
    .split(/["'`<>]/, 1)[0]!
    .replace(/[:;,)\].]{1,5}$/, '');

/** What follows an action in AWS's sentence: then the action is complete. */
const follows = /^["'`]?(?:onresource:|because|withanexplicit|[.,;:()]|$)/i;

function actionOf(spaced: string, squeezed: string): string | null {
  const words = /^ ?:? ?["'`]?([a-z0-9-]{1,40}:[A-Za-z0-9*]{1,80})/.exec(spaced);
  if (words !== null && follows.test(spaced.slice(words[0].length).replaceAll(' ', ''))) return words[1]!;
  const joined =
    /^:?["'`]?([a-z0-9-]{1,40}:[A-Za-z0-9*]{1,80}?)["'`]?(?:onresource:|becauseno|becausethe|withanexplicit)/;
  return joined.exec(squeezed)?.[1] ?? words?.[1] ?? null;
}

function resourceOf(spaced: string, squeezed: string): string | null {
  const named = /\bon resource ?: ?/i.exec(spaced);
  // A terminal broke the line inside “on resource”: continues to AWS's next words.
  if (named === null)
    return (
      trimmed(/onresource:(\S{1,2000}?)(?:becauseno|becausethe|withanexplicit|$)/i.exec(squeezed)?.[1] ?? '') || null
    );
  const [first = '', ...rest] = spaced.slice(named.index + named[0].length).split(' ', 8);
  let resource = first;
  // An ARN that is cut before its account continues in the next word.
  while (/^["'`]?arn:/.test(resource) && parseArn(trimmed(resource)) === null && rest.length > 0)
    resource += rest.shift()!;
  return trimmed(resource) || null;
}

function deciderOf(squeezed: string): Pick<Denial, 'decider' | 'explicit'> {
  const found = /because(?:no|the)|withanexplicitdeny/.exec(squeezed);
  if (found === null) return { decider: null, explicit: false };
  const explicit = found[0] === 'withanexplicitdeny';
  // The kind of policy is in the next words; KMS names the key's policy later, in a separate sentence.
  const reason = squeezed.slice(found.index, found.index + 200);
  const decider = deciderKinds
    .map((kind) => ({ kind, index: reason.indexOf(kind.replaceAll(' ', '').toLowerCase()) }))
    .filter(({ index }) => index >= 0)
    .toSorted((a, b) => a.index - b.index)[0]?.kind;
  return { decider: decider ?? null, explicit };
}

/** Whose permission is missing. */
export interface Whose {
  kind: 'caller' | 'role' | 'service';
  /** The user, the role or the service by name. */
  name: string;
  isRole: boolean;
  account: string | null;
  session: string | null;
}

/** Session names of tools and people; Lambda's pollers use none of them. */
const callerSessions =
  /^(?:aws-go-sdk-|aws-sdk-|botocore-session-|terraform|pulumi|AWSCloudFormation|AWSCLI|aws-cli|GitHubActions|gitlab|jenkins|cdk|serverless|i-[0-9a-f]{8,17}$)|@/i;
/** Roles of people and tools: IAM Identity Center, CDK's bootstrap roles. */
const callerRoles = /^(?:AWSReservedSSO_|cdk-[a-z0-9]{1,20}-)/;

/**
 * Whose permission it is, by the ARN in the text. `role`: possibly the execution role; the text alone does not prove
 * it.
 */
export function whoseDenial({ principal, action }: Pick<Denial, 'principal' | 'action'>): Whose {
  const parts = parsePrincipal(principal);
  if (parts === null) return { kind: 'service', name: principal, isRole: false, account: null, session: null };
  const { type, name, session, account } = parts;
  const isRole = type === 'assumed-role' || type === 'role';
  const kind = !isRole
    ? 'caller'
    : name.startsWith('AWSServiceRoleFor')
      ? 'service'
      : callerRoles.test(name) || callerSessions.test(session ?? '') || isOfCaller(action)
        ? 'caller'
        : 'role';
  return { kind, name, isRole, account, session };
}

/** Calls of whoever manages a mapping, never of the pollers. */
const isOfCaller = (action: string): boolean =>
  /^(?:iam|cloudformation):/i.test(action) ||
  /^lambda:(?!InvokeFunction$)/i.test(action) ||
  /^kafka:(?!Describe(?:Cluster|ClusterV2|VpcConnection)$|GetBootstrapBrokers$)/i.test(action);
