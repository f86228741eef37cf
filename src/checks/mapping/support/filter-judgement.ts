/** Judges the filter of a mapping: by its patterns if AWS shows them, otherwise by the reason why it does not. */
import { usualFilters } from '../../../aws/limits.js';
import { textState } from '../../../catalogue/text-state.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import { fail, pass, skip, undecided, warn, type Judgement } from '../../define.js';
import { correctFilter, filterUnderValue, replaceHidden } from './filter-fixes.js';
import type { Fix } from '../../../fixes/fix.js';
import { askedBesideValue, filterFaults } from '../../../filter/pattern-faults.js';

/** A fault of the mapping's filter. */
export interface FilterEvidence {
  uuid: string;
  /** Follows “The mapping’s filter”. */
  says: string;
  facts: string[];
  fixes: Fix[];
  /** The filter cannot be decrypted because a permission on its key is missing. */
  isHidden?: true;
}

/** Whether the patterns are valid, and whether a Kafka record can match one. */
export function judgePatterns(mapping: Mapping): Judgement<FilterEvidence> {
  const patterns = (mapping.FilterCriteria?.Filters ?? []).flatMap(({ Pattern: pattern }) =>
    pattern === undefined ? [] : [pattern],
  );
  if (patterns.length === 0) return skip('the mapping has no filter');
  const { UUID: uuid, AmazonManagedKafkaEventSourceConfig: config } = mapping;
  const faults = patterns.flatMap(filterFaults);
  if (faults.length > 0)
    return fail({
      uuid,
      says: 'is not valid',
      fixes: correctFilter(mapping),
      facts: [...faults, ...overQuota(patterns)],
    });
  const validated = config?.SchemaRegistryConfig?.SchemaValidationConfigs ?? [];
  const byKey = validated.some(({ Attribute: attribute }) => attribute === 'KEY');
  const asked = patterns.map((pattern) => askedBesideValue(pattern, byKey));
  // Patterns are joined by OR: one that can match is enough.
  if (asked.every(({ absent }) => absent.length > 0))
    return fail({
      uuid,
      says: 'never matches a Kafka record',
      fixes: filterUnderValue(mapping, byKey),
      facts: asked
        .flatMap(({ absent }) => absent)
        .map(
          (name) => `the pattern filters on “${name}”, which a Kafka record does not have; its content is in “value”`,
        ),
    });
  if (asked.every(({ absent, unsupported }) => absent.length + unsupported.length > 0))
    return warn({
      uuid,
      says: 'may never match a record',
      fixes: correctFilter(mapping),
      facts: asked
        .flatMap(({ unsupported }) => unsupported)
        .map((name) => `the pattern filters on “${name}”; for Kafka, AWS supports only “value”`),
    });
  const many = overQuota(patterns);
  return many.length > 0
    ? warn({ uuid, says: 'has more patterns than the default quota allows', facts: many, fixes: [combine] })
    : pass;
}

const combine: Fix = {
  title:
    'Combine patterns (a list of values matches any of them), or raise the Lambda quota “Event source mapping filters”',
  safety: 'by-hand',
  changes: [],
};

/** Lambda refuses more patterns than the quota, which can be raised (AWS: event filtering). */
const overQuota = (patterns: readonly string[]): string[] =>
  patterns.length > usualFilters
    ? [
        `${patterns.length} patterns; the default quota is ${usualFilters}, and Lambda rejects more unless the quota was raised`,
      ]
    : [];

/**
 * An encrypted filter that was not shown: either Lambda cannot decrypt it, or only the caller lacks kms:Decrypt
 * (AWS: GetEventSourceMapping). `lambdaMay`: the key's policy lets Lambda decrypt. `fixes`: restore Lambda's access
 * to the key.
 */
export function judgeHiddenFilter(
  { UUID: uuid, FilterCriteriaError: error, LastProcessingResult: text }: Mapping,
  lambdaMay: boolean,
  fixes: Fix[],
): Judgement<FilterEvidence> {
  const fact = `Lambda does not return the filter: ${[error?.ErrorCode, error?.Message].filter(Boolean).join(': ')}`;
  const denied = /denied/i.test(`${error?.ErrorCode ?? ''} ${error?.Message ?? ''}`);
  const works = textState(text) === 'ok';
  if (denied && (works || lambdaMay))
    return undecided(
      `the filter is encrypted, and your credentials may lack kms:Decrypt on its KMS key; ${works ? 'the mapping itself works' : 'the key policy allows Lambda to decrypt it'}`,
      [],
      [{ resource: uuid, fact }],
    );
  const evidence = { uuid, says: 'cannot be decrypted', facts: [fact], fixes: [...fixes, replaceHidden(uuid)] };
  return fail({ ...evidence, ...(denied ? { isHidden: true as const } : {}) });
}
