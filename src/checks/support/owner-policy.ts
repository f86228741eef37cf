/** What the policy of another account's cluster says of the execution role's rights inside Kafka. */
import { evaluateDocument } from '../../access/evaluate.js';
import { kafkaConnectCalls, kafkaGroupCalls, kafkaTopicCalls, type ClusterIdentity } from '../../access/needed-calls.js';
import { resourceContext, roleContext } from '../../access/request-context.js';
import type { Role } from '../../snapshot/resources/index.js';

export interface OwnerPolicyQuestion {
  /** The policy's text. */
  policy: string;
  cluster: ClusterIdentity;
  topic: string;
  group: string;
  role: Role;
  at: Date;
}

/** Actions with their resources that the policy surely does not allow, and those of which it cannot be told. */
export interface OwnerPolicyAnswer {
  refused: string[];
  open: string[];
}

/** Across accounts both sides must allow: the role's own policies, and the cluster's (AWS: cross-account access to MSK by IAM). */
export function askOwnerPolicy({ policy, cluster, topic, group, role, at }: OwnerPolicyQuestion): OwnerPolicyAnswer {
  const context = roleContext({ roleArn: role.Arn, role, region: cluster.region, at });
  const calls = [...kafkaConnectCalls(cluster), ...kafkaTopicCalls(cluster, topic), ...kafkaGroupCalls(cluster, group)].flatMap(({ anyOf: [{ action, resources }] }) => resources.map((resource) => ({ action, resource })));
  const answers = calls.map(({ action, resource }) => ({
    call: `${action} on ${resource}`,
    ...evaluateDocument(policy, { action, resource, principal: { aws: role.Arn }, context: { ...context, ...resourceContext(resource) } }, { layer: 'resource', policy: 'the cluster’s policy' }),
  }));
  const of = (wanted: 'denied' | 'cannot-tell') => answers.flatMap(({ answer, call }) => (answer === wanted ? [call] : []));
  return { refused: of('denied'), open: of('cannot-tell') };
}
