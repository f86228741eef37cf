/** Faults in the settings of a schema registry, as sentences. */
import { eventRecordFormats, isListed, registryAccessTypes, schemaAttributes } from '../../../aws/mapping-api.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
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

export const accessFaults = (type: string | undefined, secret: string): string[] => [
  ...(type === undefined ? ['an entry of AccessConfigs has no Type'] : []),
  ...(isSecretArn(secret) ? [] : [`the URI of ${type ?? 'AccessConfigs'}, “${secret}”, is no ARN of a secret`]),
];
