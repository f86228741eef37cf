/** Judged in src/checks/mapping/support/registry-faults.ts. */
import { serviceOf } from '../../aws/arn.js';
import { defineCheck, fail, pass, skip, undecided, type Judgement } from '../define.js';
import { failUnlessItWorks } from '../support/warn-where-it-works.js';
import { judgeRegistryErrors, type RegistryErrors } from './support/registry-errors.js';
import { fixRegistry, secretFaults } from './support/registry-fixes.js';
import type { Fix } from '../../fixes/fix.js';
import { manual } from '../support/secret-use.js';
import { accessFaults, unknownValues } from './support/registry-faults.js';
import { hasProvisionedPollers } from '../../snapshot/provisioned.js';

interface Evidence extends Partial<RegistryErrors> {
  uuid: string;
  facts: string[];
  fixes?: Fix[];
}

export default defineCheck({
  id: 'mapping.schema-registry',
  title: 'The schema registry’s settings contradict each other, or it is not there',
  severity: 'error',
  stage: 'flow',
  indicator: 'SchemaRegistryConfig stands without provisioned pollers, or its registry is not there',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/services-consume-kafka-events.html'],
  needs: ['mapping', 'registrySecrets', 'works', 'capturedAt'],
  mayUse: ['registry', 'mappingMetrics'],
  judge({ mapping, registry: glueRegistry, registrySecrets, works, mappingMetrics, capturedAt }): Judgement<Evidence> {
    const registry = mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig;
    const uri = registry?.SchemaRegistryURI ?? '';
    if (registry === undefined || uri === '') return skip('the mapping has no schema registry');
    const glue = serviceOf(uri) === 'glue';
    const { SchemaValidationConfigs: validated, AccessConfigs: access } = registry;
    const accesses = glue ? [] : access.flatMap(({ Type: type, URI: secret = '' }) => accessFaults(type, secret));
    // AWS: using schema registries with Kafka event sources.
    const facts = [
      ...(!hasProvisionedPollers(mapping) ? ['a schema registry needs provisioned pollers'] : []),
      ...(validated.length > 0 ? [] : ['SchemaValidationConfigs names neither KEY nor VALUE']),
      ...(glue && access.length > 0 ? ['an AWS Glue registry takes no AccessConfigs'] : []),
      ...(!glue && !/^https?:\/\//.test(uri) ? [`“${uri}” is neither a Glue registry’s ARN nor an address`] : []),
      ...accesses,
      ...(glueRegistry.is === 'known' && glueRegistry.value === null
        ? ['AWS Glue answers that the registry does not exist']
        : []),
      ...(glueRegistry.is === 'known' && glueRegistry.value?.Status === 'DELETING'
        ? ['the registry is being deleted']
        : []),
    ];
    const missing = glue ? [] : registrySecrets.flatMap(secretFaults);
    const gone = registrySecrets.some(({ secret }) => secret.is === 'known' && secret.value === null);
    const fixes = fixRegistry(mapping, glueRegistry, registrySecrets, gone || accesses.length > 0);
    if (facts.length > 0) return fail({ uuid: mapping.UUID, facts: [...facts, ...missing], fixes });
    if (missing.length > 0) return failUnlessItWorks<Evidence>(works, { uuid: mapping.UUID, facts: missing, fixes });
    const counted = judgeRegistryErrors(mapping, mappingMetrics, capturedAt);
    if (counted !== null) return counted;
    const strange = unknownValues(registry);
    if (strange.length > 0) return undecided(`${strange.join(' and ')} is not known to this version`);
    return glueRegistry.is === 'unread' ? undecided('the registry could not be read', glueRegistry.missing) : pass;
  },
  describe: ({ uuid, facts, title }) => ({
    title: title ?? `The schema registry does not work: ${facts[0]!}`,
    evidence: facts.map((fact) => ({ resource: uuid, fact })),
  }),
  fixes: ({ fix, fixes = [] }) => (fix === undefined ? fixes : [manual(fix)]),
});
