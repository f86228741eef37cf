import type { LoggedErrorId } from '../../catalogue/poller-log.js';
import { aclLines } from '../../access/policies/acls.js';
import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, fail, skip } from '../define.js';
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
  title: 'Kafka ACLs refuse the principal',
  severity: 'error',
  stage: 'authorization',
  indicator:
    'the text says “failed to authorize”, and the login is not by IAM: `kafka-acls --list` shows what the principal may do',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-acls.html',
    'https://kafka.apache.org/documentation/#security_authz',
  ],
  needs: ['eventSource', 'observedError', 'auth', 'kafkaPrincipal', 'topic', 'consumerGroup'],
  mayUse: ['loggedError', 'aclConfiguration', 'broker', 'secretProfile'],
  restsOn: ['cluster.state', ...authPremises, missingTopic],
  judge(facts) {
    const { eventSource, observedError, auth, kafkaPrincipal, topic, consumerGroup } = facts;
    if (auth.method === 'iam') return skip('with IAM access control Kafka ACLs play no part');
    const refused =
      observedError === 'cluster-failed-to-authorize' || loggedRefusals.includes(valueOrNull(facts.loggedError));
    if (!refused) return skip('no text says that the cluster refused the principal; AWS shows no ACLs');
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
    title: `Kafka ACLs refuse ${principal ?? 'the principal of the secret'} the topic ${topic} or the group ${group}`,
    evidence: [
      {
        resource: cluster,
        fact: 'the brokers accepted the login and refused the topic or the group; without IAM only Kafka ACLs do that',
      },
      {
        resource: cluster,
        fact: `Kafka sees the pollers as ${principal ?? `the user that the secret names, which ${withheld ? 'is not shown because it could be the password' : 'could not be read'}`}`,
      },
      { resource: cluster, fact: withoutAcl(allowEveryone) },
    ],
  }),
  fixes({ principal, topic, group, broker }) {
    return [
      {
        title: 'Let the principal read the topic and use the group',
        safety: 'by-hand',
        changes: [],
        commands: aclLines({ principal, topic, group, broker }),
      },
    ];
  },
});
