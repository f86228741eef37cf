import { callsOfCheck, callsToJudge } from '../../access/needed-calls.js';
import { connectionOf, destinationsOf } from '../../subject/policy-subject-of-mapping.js';
import { defineCheck, skip, undecided } from '../define.js';
import { destinationPremises } from '../support/premises.js';
import { fixRefusals } from './support/access-fixes.js';
import { accessNeeds, judgeCalls, methodOf, type RefusedCalls } from './support/access.js';
import { describeRefusals } from './support/describe-refusals.js';

export default defineCheck({
  id: 'access.destination',
  title: 'The execution role may not use the on-failure destination or the schema registry',
  severity: 'error',
  stage: 'flow',
  indicator: 'the role’s policies do not allow the action that writes to the destination or reads the registry',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/services-consume-kafka-events.html',
  ],
  needs: [...accessNeeds, 'mapping', 'clusterIdentity', 'otherKeys', 'registrySecrets', 'works'],
  mayUse: ['auth', 'destination'],
  restsOn: destinationPremises,
  judge(facts) {
    const { mapping, clusterIdentity: cluster, eventSource, otherKeys, works } = facts;
    const destinations = destinationsOf(mapping, facts.destination, otherKeys, facts.registrySecrets);
    const isTopic = destinations.destination.startsWith('kafka://');
    const auth = methodOf(mapping, facts.auth);
    if (isTopic && auth === null)
      return undecided(
        'the cluster could not be read, so it is unknown whether the destination topic needs an IAM permission',
      );
    const calls = callsOfCheck('access.destination', {
      cluster,
      connectionArn: connectionOf(eventSource),
      auth,
      ...destinations,
    });
    if (calls.length === 0)
      return skip(
        isTopic
          ? 'without IAM authentication, Kafka ACLs protect the destination topic'
          : 'the mapping has no on-failure destination or schema registry that needs a permission of the role',
      );
    const judged = judgeCalls(callsToJudge(calls, works), facts);
    const unread = facts.registrySecrets.flatMap(({ key }) => (key.is === 'unread' ? key.missing : []));
    return judged.status === 'pass' && unread.length > 0 && !works
      ? undecided('the KMS key of the schema registry’s secret could not be read', unread)
      : judged;
  },
  describe: (refused: RefusedCalls) => describeRefusals(refused, purposes[partOf(refused.refusals) ?? 'both']),
  kind: ({ refusals }) => partOf(refusals),
  fixes: (refused) => fixRefusals(refused, 'destination'),
});

const purposes = {
  'destination-only': 'for the on-failure destination',
  'registry-only': 'for the schema registry',
  both: 'for the on-failure destination and the schema registry',
};

/** Which of the two the refused calls concern; undefined for both. */
function partOf(refusals: RefusedCalls['refusals']): 'destination-only' | 'registry-only' | undefined {
  const ofRegistry = refusals.filter(
    ({ request: { action, resources } }) =>
      /^(glue|secretsmanager):/.test(action) ||
      // A destination also needs GenerateDataKey with its key.
      (action === 'kms:Decrypt' &&
        !refusals.some(
          ({ request }) => request.action === 'kms:GenerateDataKey' && request.resources[0] === resources[0],
        )),
  );
  return ofRegistry.length === 0
    ? 'destination-only'
    : ofRegistry.length === refusals.length
      ? 'registry-only'
      : undefined;
}
