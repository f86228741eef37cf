/** Fixes for a filter: other patterns, or none. */
import type { Fix } from '../../../fixes/fix.js';
import { ownCommand } from '../../../fixes/own-command.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import { askedBesideValue } from '../../../filter/pattern-faults.js';
import { manual } from '../../support/secret-use.js';
import { updateMapping } from '../../support/update-mapping.js';

const remove = ({ UUID: uuid, FilterCriteria: before }: Mapping): Fix => ({
  title: 'Remove the filter (Lambda then sends every record to the function)',
  safety: 'risky',
  changes: [updateMapping(uuid, { FilterCriteria: {} }, before === undefined ? null : { FilterCriteria: before })],
});

/** Only the author knows what the pattern should match. */
export const correctFilter = (mapping: Mapping): Fix[] => [
  manual('Correct the filter (one --filter for each pattern of the mapping)', [
    ownCommand('update', mapping.UUID, '--filter', '{"value": {"MEMBER": ["VALUE"]}}'),
  ]),
  remove(mapping),
];

/** Moves members that are next to `value` into it. */
export function filterUnderValue(mapping: Mapping, byKey: boolean): Fix[] {
  const { UUID: uuid, FilterCriteria: before } = mapping;
  const patterns = (before?.Filters ?? []).map(({ Pattern: pattern = '{}' }) => underValue(pattern, byKey));
  if (patterns.includes(null)) return correctFilter(mapping);
  const after = { Filters: patterns.map((Pattern) => ({ Pattern })) };
  return [
    {
      title: 'Move the pattern’s fields under “value”, which contains the content of a Kafka record',
      safety: 'risky',
      changes: [updateMapping(uuid, { FilterCriteria: after }, { FilterCriteria: before })],
    },
    ...correctFilter(mapping),
  ];
}

/** Members that hold a record's content in other event sources (AWS: event filtering): SQS, Kinesis, DynamoDB. */
const contents = new Set(['body', 'data', 'dynamodb']);

/** Null where the pattern already has a `value` that is not an object. */
function underValue(pattern: string, byKey: boolean): string | null {
  const { absent } = askedBesideValue(pattern, byKey);
  if (absent.length === 0) return pattern;
  const { value = {}, ...members } = JSON.parse(pattern) as Record<string, unknown>;
  if (!isObject(value)) return null;
  const [content] = absent;
  const moved =
    absent.length === 1 && contents.has(content!) && isObject(members[content!])
      ? members[content!]
      : Object.fromEntries(absent.map((name) => [name, members[name]]));
  const kept = Object.entries(members).filter(([name]) => !absent.includes(name));
  return JSON.stringify({ ...Object.fromEntries(kept), value: { ...value, ...(moved as object) } });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A filter that nobody can decrypt must be written again. */
export const replaceHidden = (uuid: string): Fix =>
  manual('Set the filter again, encrypted with a KMS key that lambda.amazonaws.com may use', [
    ownCommand('update', uuid, '--filter', 'PATTERN', '--kms-key', 'KEY_ARN'),
  ]);
