/** Which principals a statement of a resource or trust policy applies to. */
import { lastSegment, parseArn } from '../aws/arn.js';
import type { AccessRequest } from './access-question.js';
import type { PrincipalElement } from './policy-document.js';
import { negate, no, some, unknown, yes, type TriStateAnswer } from './tri-state.js';

/** How the principal is named: itself, or by its account, which delegates to the account's own IAM policies. */
export interface PrincipalMatch {
  direct: TriStateAnswer;
  account: TriStateAnswer;
  /** A session of the role, named or as one of all principals. */
  session: TriStateAnswer;
}

type Caller = AccessRequest['principal'];

/** Whether an Allow statement applies to the caller. */
export function matchPrincipal(element: PrincipalElement, caller: Caller): PrincipalMatch {
  const otherwise = 'it names other principals';
  if (!element.listed) {
    const direct = negate(coveredByException(element, caller), 'it excludes this principal');
    return { direct, account: no(otherwise), session: direct };
  }
  const matches = element.values.map((value) => matchValue(value, caller));
  return {
    direct: some(
      matches.map((match) => match.direct),
      otherwise,
    ),
    account: some(
      matches.map((match) => match.account),
      otherwise,
    ),
    session: some(
      matches.map((match) => match.session),
      otherwise,
    ),
  };
}

/** Whether a Deny statement applies to the caller: naming the account means everybody in it. */
export function isDenied(element: PrincipalElement, caller: Caller): TriStateAnswer {
  const { direct, account } = matchPrincipal(element, caller);
  return some([direct, account], direct.because);
}

const never = no('it names another principal');
const neither: PrincipalMatch = { direct: never, account: never, session: never };
const named = (direct: TriStateAnswer): PrincipalMatch => ({ ...neither, direct });

function matchValue({ type, value }: { type: string; value: string }, caller: Caller): PrincipalMatch {
  if (value === '*' && type === 'AWS') return { direct: yes(), account: never, session: yes() };
  if ('service' in caller) return type === 'Service' ? named(matchService(value, caller.service)) : neither;
  if (type !== 'AWS') return neither;
  const { partition, account } = parseArn(caller.aws) ?? {};
  if (value === account || value === `arn:${partition}:iam::${account}:root`) return { ...neither, account: yes() };
  if (value === caller.aws) return named(yes());
  const roleName = lastSegment(caller.aws);
  // The pollers choose their session name, and AWS does not document it.
  if (value.startsWith(`arn:${partition}:sts::${account}:assumed-role/${roleName}/`)) {
    const direct = unknown('it names one session of the role, and the name of the pollers’ session is unknown');
    return { ...named(direct), session: direct };
  }
  return neither;
}

/** `lambda.amazonaws.com`, in China also with `.cn`; AWS does not document which regional forms are accepted. */
function matchService(named: string, service: string): TriStateAnswer {
  const spelt = named.toLowerCase();
  if (spelt === '*' || spelt === service) return yes();
  if (spelt === `${service}.cn`)
    return unknown('AWS does not document where the service principal of the China regions is used');
  const [prefix = ''] = service.split('.');
  const regional = spelt.startsWith(`${prefix}.`) && /\.amazonaws\.com(\.cn)?$/.test(spelt);
  return regional ? unknown('it names a regional service principal, and AWS does not document which one calls') : never;
}

/**
 * NotPrincipal excludes a role session only where account, role and session are all named; AWS does not document for
 * every service which of them are required.
 */
function coveredByException(element: PrincipalElement, caller: Caller): TriStateAnswer {
  const matches = element.values.map((value) => matchValue(value, caller));
  if (matches.some(({ direct }) => direct.is === 'yes') && 'service' in caller) return yes();
  if (element.values.some(({ value }) => value === '*'))
    return unknown('AWS does not document NotPrincipal with everyone');
  const touched = matches.some(({ direct, account }) => direct.is !== 'no' || account.is !== 'no');
  return touched
    ? unknown('NotPrincipal names the role or its account, but it is unknown whether it covers the session')
    : no('it is not excluded');
}
