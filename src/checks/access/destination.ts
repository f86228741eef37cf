import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, skip, undecided } from '../define.js';
import { fixRefusals } from './support/access-fixes.js';
import { accessNeeds, describeRefusals, judgeGroups } from './support/access.js';
import { destinationGroups, destinationOf, logsInByIam } from './support/destination-calls.js';

export default defineCheck({
  id: 'access.destination',
  title: 'The execution role may not use the on-failure destination or the schema registry',
  severity: 'error',
  stage: 'flow',
  indicator: 'the role’s policies lack the action that writes to the destination or reads the registry',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/services-consume-kafka-events.html',
  ],
  needs: [...accessNeeds, 'mapping', 'clusterIdentity', 'resourcePolicies', 'otherKeys', 'registrySecrets', 'works'],
  mayUse: ['cluster'],
  judge(facts) {
    const toKafka = destinationOf(facts.mapping).startsWith('kafka://');
    const byIam = logsInByIam(facts.mapping, valueOrNull(facts.cluster));
    const groups = destinationGroups(facts, { byIam: byIam === true, idempotent: !facts.works });
    if (toKafka && byIam === null)
      return undecided(
        'whether Kafka asks an IAM right for the topic of the destination: the cluster could not be read',
      );
    if (groups.length === 0)
      return skip(
        toKafka
          ? 'without IAM authentication Kafka’s own access control guards the topic of the destination'
          : 'the mapping has no on-failure destination and no schema registry that asks a right of the role',
      );
    return judgeGroups(groups, facts);
  },
  describe: (refused) => describeRefusals(refused, 'on the on-failure destination or the schema registry'),
  fixes: (refused) => fixRefusals(refused, 'destination'),
});
