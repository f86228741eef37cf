/** Where in the templates a finding is written. */
import type { Finding } from '../checks/run.js';
import type { CheckId } from '../catalogue/check-ids.js';
import { parseDocument } from '../access/policy-document.js';
import type { PlannedMapping } from './deploy/lambda.js';
import type { LintFinding } from './lint-result.js';
import type { DocumentPath, Location } from './location.js';
import { propertyWith } from './property-names.js';
import type { TemplateResource } from './resource.js';
import { repairStatementsOf } from './repair-statement.js';
import { policiesOf, roleOf, statementPath, type Resources } from './role-policies.js';

export type Locate = (finding: Finding, mapping: PlannedMapping) => LintFinding;

/** The property of the mapping that a check is about. */
const properties: Partial<Record<CheckId, string>> = {
  'mapping.starting-position': 'StartingPosition',
  'mapping.consumer-group': 'AmazonManagedKafkaEventSourceConfig',
  'mapping.batch': 'BatchSize',
  'mapping.filter': 'FilterCriteria',
  'mapping.destination': 'DestinationConfig',
  'mapping.source-access': 'SourceAccessConfigurations',
  'mapping.provisioned-pollers': 'ProvisionedPollerConfig',
  'mapping.poller-group': 'ProvisionedPollerConfig',
  'mapping.schema-registry': 'AmazonManagedKafkaEventSourceConfig',
  'cluster.topic': 'Topics',
};

/** The property of another resource. */
const elsewhere: Partial<Record<CheckId, string>> = {
  'access.trust': 'AssumeRolePolicyDocument',
  'function.timeout': 'Timeout',
  'function.concurrency': 'ReservedConcurrentExecutions',
  'function.tenancy': 'TenancyConfig',
  'cluster.auth': 'ClientAuthentication',
  'secret.name-prefix': 'Name',
  'secret.kms': 'KmsKeyId',
  'network.endpoint-policy': 'PolicyDocument',
  'network.endpoint-private-dns': 'PrivateDnsEnabled',
};

/** A finding is located at the first resource of its evidence that the templates create, otherwise at the mapping. */
export const locatorOf =
  (resources: Resources): Locate =>
  (finding, { resource: mapping }) => {
    const property = batchProperty(finding) ?? properties[finding.check];
    const location =
      property === undefined
        ? (locationOfEvidence(finding, resources, mapping) ?? mapping.locate([]))
        : mapping.locate(inProperties(mapping, property));
    return {
      ...finding,
      fixes: fixesOf(finding, mapping),
      location,
      related: relatedOf(finding, resources, location),
      repair: repairStatementsOf(finding, mapping, resources),
    };
  };

/** The check of the batch is about two properties; its evidence names the one that is out of range. */
const batchProperty = ({ check, evidence }: Finding): string | undefined =>
  check === 'mapping.batch'
    ? ['BatchSize', 'MaximumBatchingWindowInSeconds'].find((name) =>
        evidence.some(({ fact }) => fact.startsWith(`${name} is `)),
      )
    : undefined;

/** A position can be changed freely before the mapping exists. */
const fixesOf = ({ check, fixes }: Finding, { format }: TemplateResource): Finding['fixes'] =>
  check === 'mapping.starting-position' && fixes.length > 0
    ? [
        {
          title: `Write ${propertyWith('StartingPosition', 'TRIM_HORIZON', format)} to read from the oldest record. It cannot be changed after the deployment.`,
          safety: 'by-hand',
          changes: [],
        },
      ]
    : fixes;

/** More would hide the first. */
const mostRelated = 3;

/** The other resources of the evidence, of a failure or warning. */
function relatedOf({ status, evidence }: Finding, resources: Resources, location: Location): Location[] {
  if (status !== 'fail' && status !== 'warn') return [];
  const found = [...new Set(evidence.map(({ resource }) => resources.find(resource)))]
    .flatMap((resource) => resource?.locate([]) ?? [])
    .filter(
      ({ file, path, line }) =>
        file !== location.file || (line !== location.line && !location.path.startsWith(`${path}.`)),
    );
  return found.slice(0, mostRelated);
}

const inProperties = ({ properties: given }: TemplateResource, name: string): DocumentPath =>
  given[name] === undefined ? [] : ['Properties', name];

function locationOfEvidence(finding: Finding, resources: Resources, mapping: TemplateResource): Location | undefined {
  if (finding.check.startsWith('access.') && finding.check !== 'access.trust') {
    const role = roleOf(mapping, resources);
    return role === undefined ? undefined : (statementOf(finding, role, resources) ?? role.locate([]));
  }
  for (const { resource: reference } of finding.evidence) {
    const resource = resources.find(reference) ?? secretNamed(reference, resources);
    if (resource !== undefined) return resource.locate(inProperties(resource, elsewhere[finding.check] ?? ''));
  }
  return undefined;
}

/** Findings about a secret give its name. */
const secretNamed = (name: string, resources: Resources): TemplateResource | undefined =>
  resources.all('AWS::SecretsManager::Secret').find(({ properties }) => properties['Name'] === name);

/**
 * The statement that is nearest to what is missing: the first that names a similar action, otherwise the first that names
 * one of the same service.
 */
function statementOf({ check }: Finding, role: TemplateResource, resources: Resources): Location | undefined {
  const service = serviceOf[check];
  if (service === undefined) return undefined;
  const places = policiesOf(role, resources).flatMap((policy) => {
    const parsed = parseDocument(policy.text);
    if ('unparsable' in parsed) return [];
    return parsed.statements.flatMap((statement, index) =>
      statement.effect === 'unreadable'
        ? []
        : [
            {
              actions: statement.action.values,
              locate: () => policy.owner.locate([...statementPath(policy, index), 'Action']),
            },
          ],
    );
  });
  const similar = similarActions[check];
  const statement =
    (similar === undefined
      ? undefined
      : places.find(({ actions }) => actions.some((action) => similar.test(action)))) ??
    places.find(({ actions }) => actions.some((action) => action.startsWith(`${service}:`)));
  return statement?.locate();
}

const similarActions: Partial<Record<CheckId, RegExp>> = {
  'access.kafka-connect': /^kafka-cluster:\w*(?:Connect|Cluster)/i,
  'access.kafka-topic': /^kafka-cluster:\w*(?:Topic|Data)/i,
  'access.kafka-group': /^kafka-cluster:\w*Group/i,
};

const serviceOf: Partial<Record<CheckId, string>> = {
  'access.msk-api': 'kafka',
  'access.network-interfaces': 'ec2',
  'access.logs': 'logs',
  'access.kafka-connect': 'kafka-cluster',
  'access.kafka-cluster': 'kafka-cluster',
  'access.kafka-topic': 'kafka-cluster',
  'access.kafka-group': 'kafka-cluster',
  'access.secret': 'secretsmanager',
  'access.kms': 'kms',
};
