import { defineCheck, fail, pass, skip, undecided, type Judgement } from '../define.js';

interface Evidence {
  uuid: string;
  facts: string[];
}

export default defineCheck({
  id: 'mapping.schema-registry',
  title: 'The schema registry’s settings contradict each other, or it is not there',
  severity: 'error',
  stage: 'flow',
  needs: ['mapping', 'registryIfRead'],
  judge({ mapping, registryIfRead }): Judgement<Evidence> {
    const registry = mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig;
    const uri = registry?.SchemaRegistryURI ?? '';
    if (registry === undefined || uri === '') return skip('the mapping has no schema registry');
    const glue = /^arn:[^:]+:glue:/.test(uri);
    // AWS: using schema registries with Kafka event sources.
    const facts = [
      ...(mapping.ProvisionedPollerConfig === undefined ? ['a schema registry needs provisioned pollers'] : []),
      ...(registry.SchemaValidationConfigs.length === 0 ? ['SchemaValidationConfigs names neither KEY nor VALUE'] : []),
      ...(glue && registry.AccessConfigs.length > 0 ? ['an AWS Glue registry takes no AccessConfigs'] : []),
      ...(!glue && !/^https?:\/\//.test(uri) ? [`“${uri}” is neither a Glue registry’s ARN nor an address`] : []),
      ...(registryIfRead.is === 'known' && registryIfRead.value === null ? ['AWS Glue answers that the registry does not exist'] : []),
    ];
    if (facts.length > 0) return fail<Evidence>({ uuid: mapping.UUID, facts });
    return registryIfRead.is === 'unread' ? undecided('the registry could not be read', registryIfRead.missing) : pass;
  },
  describe: ({ uuid, facts }) => ({ title: 'The schema registry does not work', evidence: facts.map((fact) => ({ resource: uuid, fact })) }),
  fixes: () => [{ title: 'Correct SchemaRegistryConfig, or take it out of the mapping', safety: 'by-hand', changes: [] }],
});
