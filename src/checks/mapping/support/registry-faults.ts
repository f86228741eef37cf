/** Faults in the settings of a schema registry, as sentences. */
import { eventRecordFormats, isListed, registryAccessTypes, schemaAttributes } from '../../../aws/mapping-api.js';
import { serviceOf } from '../../../aws/arn.js';
import { hasProvisionedPollers } from '../../../snapshot/provisioned.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import type { Subject } from '../../../subject/subject.js';
import { isSecretArn } from '../../support/source-access.js';

type Registry = NonNullable<NonNullable<Mapping['AmazonManagedKafkaEventSourceConfig']>['SchemaRegistryConfig']>;

/** Values that AWS added later are not a fault. */
export const unknownValues = ({
  EventRecordFormat: format,
  SchemaValidationConfigs: validated,
  AccessConfigs: access,
}: Registry): string[] => [
  ...(format === undefined || isListed(eventRecordFormats, format) ? [] : [`EventRecordFormat ${format}`]),
  ...validated.flatMap(({ Attribute: attribute }) =>
    attribute === undefined || isListed(schemaAttributes, attribute) ? [] : [`the attribute ${attribute}`],
  ),
  ...access.flatMap(({ Type: type }) =>
    type === undefined || isListed(registryAccessTypes, type) ? [] : [`the access type ${type}`],
  ),
];

export const accessFaults = ({ Type: type, URI: secret = '' }: Registry['AccessConfigs'][number]): string[] => [
  ...(type === undefined ? ['an entry of AccessConfigs has no Type'] : []),
  ...(isSecretArn(secret) ? [] : [`the URI of ${type ?? 'AccessConfigs'}, “${secret}”, is not the ARN of a secret`]),
];

/** Settings that contradict each other (AWS: using schema registries with Kafka event sources). */
export function settingFaults(mapping: Mapping, registry: Registry): string[] {
  const { SchemaRegistryURI: uri = '', SchemaValidationConfigs: validated, AccessConfigs: access } = registry;
  const glue = serviceOf(uri) === 'glue';
  return [
    ...(!hasProvisionedPollers(mapping) ? ['a schema registry requires provisioned mode'] : []),
    ...(validated.length > 0 ? [] : ['SchemaValidationConfigs names neither KEY nor VALUE']),
    ...(glue && access.length > 0 ? ['an AWS Glue registry does not support AccessConfigs'] : []),
    ...(!glue && !/^https?:\/\//.test(uri) ? [`“${uri}” is neither the ARN of an AWS Glue registry nor a URL`] : []),
  ];
}

/** A registry of AWS Glue that does not exist, or no longer will. */
export function glueFaults(registry: Subject['registry']): string[] {
  if (registry.is !== 'known') return [];
  if (registry.value === null) return ['the AWS Glue registry does not exist'];
  return registry.value.Status === 'DELETING' ? ['the registry is being deleted'] : [];
}
