/** Fixes for the settings of a schema registry, by fault (AWS: using schema registries with Kafka event sources). */
import { lastSegment, serviceOf } from '../../../aws/arn.js';
import { secretNameOf } from '../../../aws/secret-arn.js';
import type { Fix } from '../../../fixes/fix.js';
import { ownCommand } from '../../../fixes/own-command.js';
import { hasProvisionedPollers } from '../../../snapshot/provisioned.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import type { Facts, Subject } from '../../../subject/subject.js';
import { shell } from '../../../text/shell.js';
import { provisionedMode } from '../../support/provisioned-mode.js';
import { manual } from '../../support/secret-use.js';
import { updateMapping } from '../../support/update-mapping.js';

type Registry = NonNullable<NonNullable<Mapping['AmazonManagedKafkaEventSourceConfig']>['SchemaRegistryConfig']>;

const settingsOf = (SchemaRegistryConfig: object) => ({
  AmazonManagedKafkaEventSourceConfig: { SchemaRegistryConfig },
});

/**
 * Removing the registry comes last: the function then gets the records as they are in Kafka. `accessFaulty`: its
 * access configuration has a wrong type or secret, or the secret does not exist.
 */
export function fixRegistry(
  mapping: Mapping,
  glueRegistry: Subject['registry'],
  registrySecrets: Facts['registrySecrets'],
  accessFaulty: boolean,
): Fix[] {
  const { UUID: uuid } = mapping;
  const before = mapping.AmazonManagedKafkaEventSourceConfig!.SchemaRegistryConfig!;
  const remove: Fix = {
    title: 'Remove the schema registry (the function then receives the records as they are in Kafka)',
    safety: 'risky',
    changes: [updateMapping(uuid, settingsOf({}), settingsOf(before))],
  };
  return [
    ...correctSettings(mapping, before),
    ...fixPlace(uuid, before, glueRegistry),
    ...(serviceOf(before.SchemaRegistryURI) === 'glue' ? [] : fixAccess(uuid, before, registrySecrets, accessFaulty)),
    remove,
  ];
}

/** Contradicting settings, changed in one call. */
function correctSettings(mapping: Mapping, before: Registry): Fix[] {
  const { UUID: uuid } = mapping;
  const { EventRecordFormat: format, SchemaValidationConfigs: validated, AccessConfigs: access } = before;
  const onDemand = !hasProvisionedPollers(mapping);
  const corrections = {
    ...(format === undefined || format === 'JSON' || format === 'SOURCE'
      ? {}
      : { EventRecordFormat: format.toUpperCase() === 'SOURCE' ? 'SOURCE' : 'JSON' }),
    ...(validated.some(({ Attribute: attribute }) => attribute === 'KEY' || attribute === 'VALUE')
      ? {}
      : { SchemaValidationConfigs: [{ Attribute: 'VALUE' }] }),
    ...(serviceOf(before.SchemaRegistryURI) === 'glue' && access.length > 0 ? { AccessConfigs: [] } : {}),
  };
  const names = Object.keys(corrections);
  const settings = settingsOf({ ...before, ...corrections });
  if (onDemand) return [provisionedMode(uuid, 'which a schema registry requires', names.length === 0 ? {} : settings)];
  return names.length === 0
    ? []
    : [
        {
          title: `Correct ${names.join(', ')} in the schema registry configuration`,
          safety: 'care',
          // Lambda does not accept the other format again, so there is no undo.
          changes: [updateMapping(uuid, settings, 'EventRecordFormat' in corrections ? null : settingsOf(before))],
        },
      ];
}

function fixPlace(uuid: string, { SchemaRegistryURI: uri = '' }: Registry, registry: Subject['registry']): Fix[] {
  const other = ownCommand('update', uuid, '--schema-registry', 'GLUE_REGISTRY_ARN_OR_ADDRESS');
  if (serviceOf(uri) !== 'glue')
    return /^https?:\/\//.test(uri)
      ? []
      : [manual('Use the ARN of an AWS Glue registry or the https URL of another registry', [other])];
  if (registry.is !== 'known' || (registry.value !== null && registry.value.Status !== 'DELETING')) return [];
  return [
    manual('Recreate the registry in AWS Glue, or use another one', [
      shell`aws glue create-registry --registry-name ${lastSegment(uri)}`,
      other,
    ]),
  ];
}

function fixAccess(
  uuid: string,
  { AccessConfigs: access }: Registry,
  secrets: Facts['registrySecrets'],
  accessFaulty: boolean,
): Fix[] {
  const restored = secrets.flatMap(({ secret }): Fix[] => {
    if (secret.is !== 'known' || secret.value?.DeletedDate === undefined) return [];
    const { ARN } = secret.value;
    return [
      {
        title: `Restore the secret ${secretNameOf(ARN)}`,
        safety: 'safe',
        changes: [
          {
            service: 'secretsmanager',
            operation: 'RestoreSecret',
            input: { SecretId: ARN },
            undo: {
              service: 'secretsmanager',
              operation: 'DeleteSecret',
              input: { SecretId: ARN, RecoveryWindowInDays: 30 },
            },
          },
        ],
      },
    ];
  });
  return [
    ...restored,
    ...(accessFaulty
      ? [
          manual(
            'Use a secret of the registry with a supported type',
            access.map(({ Type: type = 'BASIC_AUTH' }) =>
              ownCommand('update', uuid, '--schema-registry-access', `${type}=SECRET_ARN`),
            ),
          ),
        ]
      : []),
  ];
}

/** A fault of a secret in its access configuration. A secret that could not be read is not a fault. */
export function secretFaults({ uri, secret }: Facts['registrySecrets'][number]): string[] {
  if (secret.is !== 'known') return [];
  if (secret.value === null) return [`the secret ${secretNameOf(uri)} does not exist`];
  return secret.value.DeletedDate === undefined ? [] : [`the secret ${secretNameOf(uri)} is scheduled for deletion`];
}
