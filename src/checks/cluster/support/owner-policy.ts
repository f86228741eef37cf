/** Whether the policy of another account's cluster allows what the pollers do with the execution role. */
import { evaluateDocument } from '../../../access/evaluate.js';
import type { Context } from '../../../access/context.js';
import { callsOfCheck, callsToJudge, type NeededCall } from '../../../access/needed-calls.js';
import { resourceContext, roleContext } from '../../../access/request-context.js';
import type { Role } from '../../../snapshot/resources/index.js';
import type { Facts, Subject } from '../../../subject/subject.js';

/** Actions with their resources that the policy does not allow, and those that cannot be decided. */
export interface OwnerPolicyAnswer {
  refused: string[];
  open: string[];
}

type OwnerFacts = Pick<
  Facts,
  'clusterIdentity' | 'consumerGroup' | 'resourcePolicies' | 'capturedAt' | 'works' | 'observedError'
> &
  Pick<Subject, 'role'>;

/** Texts that prove that MSK returned the brokers' addresses. */
const pastTheBrokers: readonly (string | null)[] = [
  'cluster-failed-to-authorize',
  'sasl-authentication-failed',
  'server-failed-to-authenticate-lambda',
  'function-call-failed',
];

/**
 * Only a policy that was read is judged; the other account seldom shows it. Only IAM needs permissions inside Kafka.
 * The permissions for MSK's API are documented, but not the ARN for which MSK checks them.
 */
export function judgeOwnerPolicy(
  mapping: Facts['mapping'],
  { clusterIdentity: cluster, consumerGroup, resourcePolicies, role, capturedAt: at, works, observedError }: OwnerFacts,
): OwnerPolicyAnswer {
  const [policy, topic] = [resourcePolicies.cluster, mapping.Topics[0]];
  if (
    topic === undefined ||
    policy.is !== 'known' ||
    policy.value === null ||
    role.is !== 'known' ||
    role.value === null
  )
    return { refused: [], open: [] };
  // The owner's policy names the cluster by its own ARN, whatever connection leads to it.
  const login = { cluster, connectionArn: null, auth: 'iam' } as const;
  const calls = [
    ...(mapping.SourceAccessConfigurations.length > 0
      ? []
      : [
          ...callsOfCheck('access.kafka-connect', login),
          ...callsOfCheck('access.kafka-topic', { ...login, topic }),
          ...callsOfCheck('access.kafka-group', { ...login, group: consumerGroup.id }),
        ]),
    ...(works || pastTheBrokers.includes(observedError) ? [] : callsOfCheck('access.msk-api', login)),
  ];
  return ask(
    policy.value,
    callsToJudge(calls, works),
    role.value,
    roleContext({ roleArn: role.value.Arn, role: role.value, region: cluster.region, at }),
  );
}

/** Across accounts both must allow: the role's own policies and the cluster's (AWS: cross-account access to MSK). */
function ask(policy: string, calls: readonly NeededCall[], role: Role, context: Context): OwnerPolicyAnswer {
  const judge = (action: string, resource: string, itsContext: Context = {}) =>
    evaluateDocument(
      policy,
      {
        action,
        resource,
        principal: { aws: role.Arn },
        context: { ...context, ...resourceContext(resource), ...itsContext },
      },
      { layer: 'resource', policy: 'the cluster’s policy' },
    ).answer;
  const answers = calls.map(({ anyOf, context: itsContext }) => {
    const each = anyOf.map(({ action, resources }) => judge(action, resources[0]!, itsContext));
    const [{ action, resources }] = anyOf;
    return {
      call: `${action} on ${resources[0]}`,
      answer: (['allowed', 'cannot-tell'] as const).find((wanted) => each.includes(wanted)) ?? 'denied',
    };
  });
  const of = (wanted: 'denied' | 'cannot-tell') =>
    answers.flatMap(({ answer, call }) => (answer === wanted ? [call] : []));
  return { refused: of('denied'), open: of('cannot-tell') };
}
