/** How a replay decodes records: by the schema registry of the mapping, with schemas from files. */
import { eventRecordFormats, isListed } from '../../../aws/mapping-api.js';
import { UsageError } from '../../../errors.js';
import type { Schemas } from '../../../event/decode-event.js';
import type { RegistryDecoding } from '../../../event/registry-decode.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import { enumerate } from '../../../text/enumerate.js';
import type { ReplayOptions } from './options.js';

type Part = 'key' | 'value';
const flags = { key: '--key-schema', value: '--schema' } as const;
const plurals = { key: 'keys', value: 'values' } as const;

interface DecodingContext {
  /** Null where the replay has none. */
  mapping: Mapping | null;
  schemas: Schemas;
  filters: boolean;
  /** Receives a sentence for the user. */
  note: (sentence: string) => void;
}

/** Null where records stay as they are in the topic. Throws `UsageError` for a format that is not known. */
export function decodingOf(
  { mapping, schemas, filters, note }: DecodingContext,
  { schemaFormat }: Pick<ReplayOptions, 'schemaFormat'>,
): RegistryDecoding | null {
  const given = (['value', 'key'] as const).filter((part) => schemas[part].length > 0);
  if (schemaFormat !== undefined && given.length === 0)
    throw new UsageError('--schema-format needs a schema', 'Pass --schema FILE for the values or --key-schema FILE.');
  const config = mapping?.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig;
  const uri = config?.SchemaRegistryURI ?? '';
  if (config === undefined || uri === '') {
    if (given.length === 0) return null;
    if (mapping !== null)
      note(
        'The mapping has no schema registry, so Lambda delivers the bytes of the topic; this replay decodes as if it had one.',
      );
    return { format: schemaFormat ?? 'JSON', registry: null, schemas };
  }
  const validated = validatedParts(config.SchemaValidationConfigs);
  const format = schemaFormat ?? config.EventRecordFormat;
  const missing = validated.filter((part) => !given.includes(part));
  if (missing.length > 0) note(missingSchemas(missing, format, filters));
  const unused = given.filter((part) => !validated.includes(part));
  for (const part of unused)
    note(`The mapping does not validate ${plurals[part]} by its schema registry: ${flags[part]} is not used.`);
  const used = given.filter((part) => validated.includes(part));
  if (used.length === 0) return null;
  if (!isListed(eventRecordFormats, format))
    throw new UsageError(
      `the event record format of the mapping is not known: ${format ?? 'it has none'}`,
      'Pass --schema-format JSON or SOURCE.',
    );
  return {
    format,
    registry: uri.startsWith('arn:') ? 'glue' : 'confluent',
    schemas: {
      key: used.includes('key') ? schemas.key : [],
      value: used.includes('value') ? schemas.value : [],
    },
  };
}

const validatedParts = (configs: readonly { Attribute?: string | undefined }[]): Part[] =>
  (['value', 'key'] as const).filter((part) => configs.some(({ Attribute }) => Attribute === part.toUpperCase()));

/** What Lambda delivers instead of the bytes of the topic. */
function missingSchemas(parts: readonly Part[], format: string | undefined, filters: boolean): string {
  const what = enumerate(parts.map((part) => plurals[part]));
  const delivered = format === 'SOURCE' ? 'the encoded content without the header of the registry' : 'decoded JSON';
  const lacking = parts.map((part) => `${flags[part]} FILE`).join(' and ');
  const filtered =
    filters && parts.includes('value') ? '; the filter, which acts on decoded values, sees them too' : '';
  return `The mapping decodes ${what} by its schema registry, and Lambda delivers ${delivered}. Here the handler receives the raw bytes of the topic${filtered}. Pass ${lacking} to decode them.`;
}
