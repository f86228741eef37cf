/** template.refused: what CreateEventSourceMapping rejects, where no other check says so (Lambda API: CreateEventSourceMapping). */
import { hasProvisionedPollers } from '../../snapshot/provisioned.js';
import { isSymbol } from '../../snapshot/symbols.js';
import { snakeCase } from '../terraform/positions.js';
import { booleanOf, listOf, memberOf, numberOf, textOf, textsOf } from '../deploy/deploying.js';
import { propertyName, propertyWith } from '../property-names.js';
import type { TemplateResource } from '../resource.js';
import type { JudgeTemplate, TemplateFault } from './template-check.js';
import { judgeTwins } from './twins.js';

export const judgeRefusals: JudgeTemplate = (planned, input) => {
  const { resource, mapping } = planned;
  const { deployment } = input;
  const { properties, address } = resource;
  const fault = (property: string, fact: string, fix: string): TemplateFault => ({
    check: 'template.refused',
    status: 'fail',
    title: `Lambda will reject ${address}: ${inLanguage(resource, fact)}`,
    evidence: [],
    location: resource.locate(properties[property] === undefined ? [] : ['Properties', property]),
    related: [],
    fix: inLanguage(resource, fix),
  });
  const named = (name: string) => propertyName(name, resource.format);
  const topics = listOf(properties['Topics']);
  const given = (name: string) => properties[name] !== undefined && properties[name] !== null;
  return [
    ...(given('FunctionName')
      ? []
      : [fault('FunctionName', `it has no ${named('FunctionName')}`, `Add ${named('FunctionName')}.`)]),
    ...(given('EventSourceArn') || given('SelfManagedEventSource')
      ? []
      : [
          fault(
            'EventSourceArn',
            `it has no ${named('EventSourceArn')}`,
            `Add the ARN of the cluster as ${named('EventSourceArn')}.`,
          ),
        ]),
    ...(topics.length === 0 ? [fault('Topics', 'it names no topic', `Add ${named('Topics')} with one topic.`)] : []),
    ...(topics.length > 1
      ? [fault('Topics', `it names ${topics.length} topics, and Lambda accepts one`, 'Write a mapping for each topic.')]
      : []),
    ...(given('StartingPosition')
      ? textOf(properties['StartingPosition']) === 'AT_TIMESTAMP' && !given('StartingPositionTimestamp')
        ? [
            fault(
              'StartingPosition',
              `AT_TIMESTAMP needs ${named('StartingPositionTimestamp')}`,
              `Add ${named('StartingPositionTimestamp')}.`,
            ),
          ]
        : wrongPosition(resource, fault)
      : [
          fault(
            'StartingPosition',
            `it has no ${named('StartingPosition')}, which Kafka sources need`,
            `Add ${propertyWith('StartingPosition', 'TRIM_HORIZON', resource.format)} (from the oldest record), or LATEST (only new records).`,
          ),
        ]),
    ...(hasProvisionedPollers(mapping) || isSymbol(properties['ProvisionedPollerConfig'])
      ? []
      : needPollers
          .filter(([, , isAsked]) => isAsked(resource))
          .map(([property, name]) =>
            fault(
              property,
              `${name === property ? named(name) : name} needs provisioned mode`,
              `Add ${named('ProvisionedPollerConfig')} (billed per event poller hour), or remove the setting.`,
            ),
          )),
    ...judgeTwins(planned, input),
    ...secretListFaults(textOf(properties['EventSourceArn']), deployment.all('AWS::MSK::BatchScramSecret')),
  ];
};

/** Properties under the names that Terraform has for them. */
function inLanguage({ format }: TemplateResource, text: string): string {
  return format === 'terraform'
    ? text
        .replaceAll('Add StartingPosition: TRIM_HORIZON', 'Add starting_position = "TRIM_HORIZON"')
        .replaceAll('or LATEST (', 'or "LATEST" (')
        .replaceAll(propertyNames, (name) => snakeCase(name))
    : text;
}

const propertyNames =
  /\b(?:StartingPositionTimestamp|StartingPosition|EventSourceArn|FunctionName|Topics|MaximumRetryAttempts|MaximumRecordAgeInSeconds|BisectBatchOnFunctionError|ProvisionedPollerConfig|SchemaRegistryConfig)\b/g;

function wrongPosition(
  { properties, format }: TemplateResource,
  fault: (property: string, fact: string, fix: string) => TemplateFault,
): TemplateFault[] {
  const position = textOf(properties['StartingPosition'])!;
  return isSymbol(position) || ['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'].includes(position)
    ? []
    : [
        fault(
          'StartingPosition',
          `the ${propertyName('StartingPosition', format)} “${position}” does not exist`,
          'Write TRIM_HORIZON, LATEST or AT_TIMESTAMP.',
        ),
      ];
}

/** Settings of Kafka mappings that Lambda accepts only in provisioned mode (Lambda: Kafka retry configurations, schema registries, logging). */
const needPollers: readonly [property: string, name: string, isAsked: (mapping: TemplateResource) => boolean][] = [
  [
    'MaximumRetryAttempts',
    'MaximumRetryAttempts',
    ({ properties }) => (numberOf(properties['MaximumRetryAttempts']) ?? -1) !== -1,
  ],
  [
    'MaximumRecordAgeInSeconds',
    'MaximumRecordAgeInSeconds',
    ({ properties }) => (numberOf(properties['MaximumRecordAgeInSeconds']) ?? -1) !== -1,
  ],
  [
    'BisectBatchOnFunctionError',
    'BisectBatchOnFunctionError',
    ({ properties }) => booleanOf(properties['BisectBatchOnFunctionError']) === true,
  ],
  [
    'FunctionResponseTypes',
    'ReportBatchItemFailures',
    ({ properties }) => textsOf(properties['FunctionResponseTypes']).includes('ReportBatchItemFailures'),
  ],
  [
    'DestinationConfig',
    'a Kafka topic as on-failure destination',
    ({ properties }) =>
      textOf(memberOf(properties, 'DestinationConfig', 'OnFailure', 'Destination'))?.startsWith('kafka://') === true,
  ],
  [
    'AmazonManagedKafkaEventSourceConfig',
    'SchemaRegistryConfig',
    ({ properties }) =>
      memberOf(properties, 'AmazonManagedKafkaEventSourceConfig', 'SchemaRegistryConfig') !== undefined,
  ],
];

/** Each of these resources owns the cluster's whole list: the last one that is deployed removes the secrets of the others. */
function secretListFaults(clusterArn: string | undefined, associations: readonly TemplateResource[]): TemplateFault[] {
  const owners = associations.filter(
    ({ properties }) => textOf(properties['ClusterArn']) === clusterArn && properties['IsSingle'] !== true,
  );
  const [first, second] = owners;
  if (clusterArn === undefined || first === undefined || second === undefined) return [];
  return [
    {
      check: 'template.refused',
      status: 'warn',
      title: `${owners.map(({ address }) => address).join(' and ')} both own the list of SCRAM secrets of one cluster`,
      evidence: [],
      location: second.locate([]),
      related: [first.locate([])],
      fix: 'Name all secrets of the cluster in one resource.',
    },
  ];
}
