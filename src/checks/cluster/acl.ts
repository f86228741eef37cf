import type { LoggedErrorId } from '../../catalogue/poller-log.js';
import { aclLines } from '../../access/policies/acls.js';
import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, fail, skip } from '../define.js';
import { manual } from '../support/secret-use.js';
import { authPremises, missingTopic } from '../support/premises.js';
import { withoutAcl } from './support/without-acl.js';

interface Evidence {
  cluster: string;
  /** The pollers' Kafka principal; null where the secret could not be read, or its user name is not shown. */
  principal: string | null;
  withheld: boolean;
  topic: string;
  group: string;
  /** `allow.everyone.if.no.acl.found`; null where the configuration does not set it, or could not be read. */
  allowEveryone: string | null;
  broker: string;
}

const loggedRefusals: readonly (LoggedErrorId | null)[] = [
  'log-topic-authorization',
  'log-group-authorization',
  'log-cluster-authorization',
];

export default defineCheck({
  id: 'cluster.acl',
  title: 'Kafka ACLs deny the principal access to the topic or consumer group',
  severity: 'error',
  stage: 'authorization',
  indicator:
    'Lambda reports “failed to authorize”, and authentication is not IAM: `kafka-acls --list` shows the permissions of the principal',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-acls.html',
    'https://kafka.apache.org/documentation/#security_authz',
  ],
  needs: ['eventSource', 'observedError', 'auth', 'kafkaPrincipal', 'topic', 'consumerGroup'],
  mayUse: ['loggedError', 'aclConfiguration', 'broker', 'secretProfile'],
  restsOn: ['cluster.state', ...authPremises, missingTopic],
  judge(facts) {
    const { eventSource, observedError, auth, kafkaPrincipal, topic, consumerGroup } = facts;
    if (auth.method === 'iam') return skip('Kafka ACLs do not apply to IAM authentication');
    const refused =
      observedError === 'cluster-failed-to-authorize' || loggedRefusals.includes(valueOrNull(facts.loggedError));
    if (!refused) return skip('no error says that the cluster denied the principal, and AWS does not show Kafka ACLs');
    return fail<Evidence>({
      cluster: eventSource.arn,
      principal: kafkaPrincipal,
      withheld: valueOrNull(facts.secretProfile)?.principalWithheld === true,
      topic,
      group: consumerGroup.id,
      allowEveryone: valueOrNull(facts.aclConfiguration),
      broker: valueOrNull(facts.broker)?.hosts[0] ?? 'BROKER:PORT',
    });
  },
  describe: ({ cluster, principal, withheld, topic, group, allowEveryone }) => ({
    title: `Kafka ACLs deny ${principal ?? 'the secret’s principal'} access to topic ${topic} or its consumer group`,
    evidence: [
      {
        resource: cluster,
        fact: 'authentication succeeded, authorization failed; without IAM only Kafka ACLs decide authorization',
      },
      {
        resource: cluster,
        fact: `Kafka principal of the pollers: ${principal ?? `the user in the secret (${withheld ? 'not shown because it could be the password' : 'could not be read'})`}`,
      },
      { resource: cluster, fact: `consumer group: ${group}` },
      { resource: cluster, fact: withoutAcl(allowEveryone) },
    ],
  }),
  fixes: ({ principal, topic, group, broker }) => [
    manual(
      `Allow Describe and Read on topic ${topic} and on the consumer group in the Kafka ACLs`,
      aclLines({ principal, topic, group, broker }),
    ),
  ],
});
