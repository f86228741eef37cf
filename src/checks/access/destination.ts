import { destinationCalls, registryCalls } from '../../access/needed-calls.js';
import { defineCheck, skip } from '../define.js';
import { fixRefusals } from '../support/access-fixes.js';
import { accessNeeds, describeRefusals, destinationPolicy, judgeCalls } from '../support/access.js';

export default defineCheck({
  id: 'access.destination',
  title: 'The execution role may not use the on-failure destination or the schema registry',
  severity: 'error',
  stage: 'flow',
  needs: [...accessNeeds, 'mapping', 'clusterIdentity', 'resourcePolicies'],
  judge(facts) {
    const destination = facts.mapping.DestinationConfig?.OnFailure?.Destination ?? '';
    const registry = facts.mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig?.SchemaRegistryURI ?? '';
    const calls = [...destinationCalls(destination, facts.clusterIdentity), ...(/^arn:[^:]+:glue:/.test(registry) ? registryCalls(registry) : [])];
    if (calls.length === 0) return skip('the mapping has no on-failure destination and no schema registry of AWS Glue');
    return judgeCalls(calls, facts, destinationPolicy(destination, facts.resourcePolicies.destination));
  },
  describe: (refused) => describeRefusals(refused, 'on the on-failure destination or the schema registry'),
  fixes: (refused) => fixRefusals(refused, 'destination'),
});
