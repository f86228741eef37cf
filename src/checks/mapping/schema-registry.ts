/** Judged in registry-faults.ts, registry-secret.ts and registry-errors.ts of src/checks/mapping/support. */
import { serviceOf } from '../../aws/arn.js';
import { defineCheck, fail, pass, skip, undecided, type Judgement } from '../define.js';
import { failUnlessItWorks } from '../support/warn-where-it-works.js';
import { judgeContents, withErrors, type ContentFact } from './support/registry-contents.js';
import { judgeRegistryErrors, type RegistryErrors } from './support/registry-errors.js';
import { fixRegistry, secretFaults } from './support/registry-fixes.js';
import type { Fix } from '../../fixes/fix.js';
import { manual } from '../support/secret-use.js';
import { accessFaults, glueFaults, settingFaults, unknownValues } from './support/registry-faults.js';

interface Evidence extends Partial<RegistryErrors> {
  uuid: string;
  facts: string[];
  /** Of the contents of its secrets. */
  contents?: ContentFact[];
  fixes?: Fix[];
  /** The mapping must name another registry or secret, or other settings of it. */
  isSettings?: boolean;
}

export default defineCheck({
  id: 'mapping.schema-registry',
  title: 'The schema registry or a secret for it does not exist or is not valid',
  severity: 'error',
  stage: 'flow',
  indicator:
    'SchemaRegistryConfig without provisioned mode, a registry that does not exist, or a secret without the fields of its access type',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/services-consume-kafka-events.html'],
  needs: ['mapping', 'registrySecrets', 'works', 'capturedAt'],
  mayUse: ['registry', 'mappingMetrics'],
  judge({ mapping, registry: glueRegistry, registrySecrets, works, mappingMetrics, capturedAt }): Judgement<Evidence> {
    const registry = mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig;
    const uri = registry?.SchemaRegistryURI ?? '';
    if (registry === undefined || uri === '') return skip('the mapping has no schema registry');
    const glue = serviceOf(uri) === 'glue';
    const accesses = glue ? [] : registry.AccessConfigs.flatMap(accessFaults);
    const facts = [...settingFaults(mapping, registry), ...accesses, ...glueFaults(glueRegistry)];
    const missing = glue ? [] : registrySecrets.flatMap(secretFaults);
    const gone = registrySecrets.some(({ secret }) => secret.is === 'known' && secret.value === null);
    const fixes = fixRegistry(mapping, glueRegistry, registrySecrets, gone || accesses.length > 0);
    const settings = { uuid: mapping.UUID, fixes, isSettings: true };
    if (facts.length > 0) return fail({ ...settings, facts: [...facts, ...missing] });
    if (missing.length > 0) return failUnlessItWorks<Evidence>(works, { ...settings, facts: missing });
    const counted = judgeRegistryErrors(mapping, mappingMetrics, capturedAt);
    const contents = judgeContents(glue ? [] : registrySecrets, capturedAt);
    const faulty = contents.faults.length > 0 ? fixRegistry(mapping, glueRegistry, registrySecrets, true) : [];
    const judged = withErrors(contents, counted, { uuid: mapping.UUID, works, fixes: faulty }) ?? counted;
    if (judged !== null) return judged;
    const strange = unknownValues(registry);
    if (strange.length > 0) return undecided(`this version of msk-lambda does not know ${strange.join(' and ')}`);
    if (contents.unread.length > 0)
      return undecided('the content of a secret for the schema registry could not be read', contents.unread);
    return glueRegistry.is === 'unread' ? undecided('the registry could not be read', glueRegistry.missing) : pass;
  },
  describe: ({ uuid, facts, title, contents = [] }) => ({
    title: title ?? contents[0]?.title ?? 'The mapping’s schema registry configuration is not valid',
    evidence: [
      ...contents.map(({ resource, fact }) => ({ resource, fact })),
      ...facts.map((fact) => ({ resource: uuid, fact })),
    ],
  }),
  kind: ({ isSettings }) => (isSettings === true ? 'registry-settings' : undefined),
  fixes: ({ fix, fixes = [] }) => (fix === undefined ? fixes : [manual(fix)]),
});
