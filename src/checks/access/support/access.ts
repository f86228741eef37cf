/** Shared by the checks of permissions: judges a list of calls and names the ones that the role may not make. */
import { evaluateCall, type CallEvaluation, type Refusal } from '../../../access/evaluate-call.js';
import type { CallOfCheck, NeededCall, SubjectOf } from '../../../access/needed-calls.js';
import type { PolicySubject } from '../../../access/policy-subject.js';
import type { Context } from '../../../access/context.js';
import { roleContext } from '../../../access/request-context.js';
import type { RolePolicies } from '../../../access/role-policies.js';
import { fail, pass, skip, undecided, warn, type Judgement } from '../../define.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import { methodOfSecret } from '../../../subject/auth.js';
import type { Fact } from '../../../subject/fact.js';
import { connectionOf } from '../../../subject/policy-subject-of-mapping.js';
import type { Facts } from '../../../subject/subject.js';
import { guardedCalls } from './guarded-calls.js';

/** The facts that every judgement of the role's permissions needs. */
export const accessNeeds = [
  'capturedAt',
  'rolePolicies',
  'organizationPolicies',
  'resourcePolicies',
  'eventSource',
] as const;
export type AccessFacts = Pick<Facts, (typeof accessNeeds)[number]>;

export interface RefusedCalls {
  role: RolePolicies;
  partition: string;
  refusals: Refusal[];
  /** Other refused calls that are only recommended; a fix grants them too. */
  advised: Refusal[];
  /** The known context of every call that AWS makes with the role. */
  context: Context;
}

type Evaluated = { needed: NeededCall } & CallEvaluation;

/**
 * Fails if a required call is refused; warns if only recommended ones are. A required call that cannot be decided
 * gives unknown. A recommended call that cannot be decided counts only where all calls are recommended.
 */
export function judgeCalls(calls: readonly CallOfCheck[], facts: AccessFacts): Judgement<RefusedCalls> {
  const { rolePolicies: role, organizationPolicies: organization, eventSource } = facts;
  const context = roleContext({
    roleArn: role.roleArn,
    role: role.role,
    region: eventSource.region,
    at: facts.capturedAt,
  });
  const evaluated = guardedCalls(calls, facts.resourcePolicies).map(({ needed, resource }): Evaluated => ({
    needed,
    ...evaluateCall(needed, { role, organization, resource }, context),
  }));
  const refusedOf = (weight: NeededCall['weight']) =>
    evaluated.flatMap((call) => (call.answer === 'denied' && call.needed.weight === weight ? [call.refusal] : []));
  const [needed, advised] = [refusedOf('needed'), refusedOf('advised')];
  const partition = eventSource.partition;
  if (needed.length > 0) return fail({ role, partition, refusals: needed, advised, context });
  const doubtful = evaluated.flatMap((call) => (call.answer === 'cannot-tell' ? [call] : []));
  const counts =
    doubtful.some((call) => call.needed.weight === 'needed') || calls.every(({ weight }) => weight === 'advised');
  if (counts && doubtful.length > 0)
    return undecided(
      `it is unknown whether the execution role may call ${actionsOf(doubtful.map((call) => call.needed)).join(', ')}`,
      doubtful.flatMap(({ missing }) => missing),
      doubtful.map(({ because }) => ({ resource: role.roleArn, fact: because })),
    );
  return advised.length > 0 ? warn({ role, partition, refusals: advised, advised: [], context }) : pass;
}

/** Permissions inside Kafka (`kafka-cluster:*`), which only IAM logins need. */
export const judgeCallsInKafka = (
  calls: readonly CallOfCheck[],
  facts: AccessFacts & Pick<Facts, 'auth'>,
): Judgement<RefusedCalls> =>
  facts.auth.method === 'iam'
    ? judgeCalls(calls, facts)
    : skip('Lambda does not use IAM authentication for this mapping, so no kafka-cluster permission is needed');

/** How Lambda logs in to the cluster; only IAM needs permissions inside Kafka. */
export const loginOf = ({
  clusterIdentity: cluster,
  eventSource,
  auth,
}: Pick<Facts, 'clusterIdentity' | 'eventSource' | 'auth'>): SubjectOf<'access.kafka-connect'> => ({
  cluster,
  connectionArn: connectionOf(eventSource),
  auth: auth.method,
});

/**
 * The method by which Lambda logs in; null where unknown. If the mapping names a secret, that decides it, whether or
 * not the cluster was read.
 */
export const methodOf = (mapping: Mapping, auth: Fact<Facts['auth']>): PolicySubject['auth'] | null =>
  auth.is === 'known' ? auth.value.method : methodOfSecret(mapping);

const actionsOf = (calls: readonly NeededCall[]): string[] => calls.map(({ anyOf: [{ action }] }) => action);
