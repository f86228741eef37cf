import { defineCheck, fail, skip } from '../define.js';
import { authPremises } from '../support.js';

interface Evidence {
  cluster: string;
  principal: string | null;
  topic: string;
  group: string;
  /** `allow.everyone.if.no.acl.found`; null where the configuration is MSK's default. */
  allowEveryone: string | null;
  broker: string;
}

export default defineCheck({
  id: 'cluster.acl',
  title: 'Kafka ACLs refuse the principal',
  severity: 'error',
  stage: 'authorization',
  needs: ['eventSource', 'observedError', 'auth', 'kafkaPrincipal', 'topic', 'consumerGroup', 'aclConfiguration', 'broker'],
  restsOn: ['cluster.state', ...authPremises],
  judge({ eventSource, observedError, auth, kafkaPrincipal, topic, consumerGroup, aclConfiguration, broker }) {
    if (auth.method === 'iam') return skip('with IAM access control Kafka ACLs play no part');
    if (observedError !== 'cluster-failed-to-authorize') return skip('no text says that the cluster refused the principal; AWS shows no ACLs');
    return fail<Evidence>({
      cluster: eventSource.arn, principal: kafkaPrincipal, topic, group: consumerGroup.id,
      allowEveryone: aclConfiguration, broker: broker.hosts[0] ?? 'BROKER:PORT',
    });
  },
  describe: ({ cluster, principal, topic, group, allowEveryone }) => ({
    title: `Kafka ACLs refuse ${principal ?? 'the principal of the secret'} the topic ${topic} or the group ${group}`,
    evidence: [
      { resource: cluster, fact: 'the brokers accepted the login and refused the topic or the group; without IAM only Kafka ACLs do that' },
      { resource: cluster, fact: `Kafka sees the pollers as ${principal ?? 'the user that the secret names, which could not be read'}` },
      { resource: cluster, fact: allowEveryone === null ? 'its configuration does not set allow.everyone.if.no.acl.found, or could not be read; MSK’s default is true' : `its configuration sets allow.everyone.if.no.acl.found=${allowEveryone}` },
    ],
  }),
  fixes: ({ principal, topic, group, broker }) => {
    const acl = (what: string) =>
      `kafka-acls --bootstrap-server ${broker} --command-config client.properties --add --allow-principal "${principal ?? 'User:NAME'}" ${what}`;
    return [
      {
        title: 'Let the principal read the topic and use the group',
        safety: 'by-hand',
        changes: [],
        commands: [acl(`--operation Describe --operation Read --topic ${topic}`), acl(`--operation Describe --operation Read --group ${group}`), acl('--operation DescribeConfigs --cluster')],
      },
    ];
  },
});
