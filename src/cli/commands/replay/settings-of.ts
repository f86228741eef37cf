/** The settings of a replay: those of the mapping, unless flags give others. */
import { defaultBatchSize } from '../../../aws/limits.js';
import { UsageError } from '../../../errors.js';
import { filterFaults } from '../../../filter/pattern-faults.js';
import type { PollerSettings } from '../../../replay/poller-settings.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import { visible } from '../../../text/visible.js';
import type { ReplayOptions } from './options.js';

/** Seconds of the batching window where a Kafka mapping has none (API reference: MaximumBatchingWindowInSeconds). */
const defaultWindow = 0.5;

/** Null for AWS’s -1, no limit. */
const limited = (value: number | undefined | null): number | null =>
  value === undefined || value === -1 ? null : (value ?? null);

/** `mapping`: null where there is none. */
export const settingsOf = (mapping: Mapping | null, options: ReplayOptions): PollerSettings => ({
  batchSize: options.batchSize ?? mapping?.BatchSize ?? defaultBatchSize,
  batchingWindow: options.batchingWindow ?? mapping?.MaximumBatchingWindowInSeconds ?? defaultWindow,
  retries: limited(options.retries ?? mapping?.MaximumRetryAttempts),
  bisect: options.bisect === true || mapping?.BisectBatchOnFunctionError === true,
  reportsItemFailures:
    options.reportBatchItemFailures === true ||
    mapping?.FunctionResponseTypes.includes('ReportBatchItemFailures') === true,
  maximumAge: limited(options.maximumRecordAgeInSeconds ?? mapping?.MaximumRecordAgeInSeconds),
  hasDestination: (mapping?.DestinationConfig?.OnFailure?.Destination ?? '') !== '',
});

/** Filter patterns. Throws `UsageError` for one that is not valid. */
export function patternsOf(mapping: Mapping | null, options: ReplayOptions): string[] {
  for (const pattern of options.filter ?? []) {
    const [fault] = filterFaults(pattern);
    if (fault !== undefined)
      throw new UsageError(
        `--filter ${visible(pattern)}: ${fault}`,
        'Expected for example {"value":{"type":["ORDER"]}}.',
      );
  }
  if (options.filter !== undefined) return options.filter;
  const patterns = (mapping?.FilterCriteria?.Filters ?? []).flatMap(({ Pattern }) => Pattern ?? []);
  const wrong = patterns.find((pattern) => filterFaults(pattern).length > 0);
  if (wrong !== undefined)
    throw new UsageError(
      `the mapping has the filter pattern ${visible(wrong)}, which is not valid: ${filterFaults(wrong)[0]}`,
      'Pass another one with --filter.',
    );
  return patterns;
}

/**
 * Why the filter of the mapping is not known, as a clause; null where it is known. Lambda returns encrypted criteria
 * only to those who may decrypt them (API reference: EventSourceMappingConfiguration, FilterCriteriaError).
 */
export function whyFilterUnknown(mapping: Mapping | null, { filter }: Pick<ReplayOptions, 'filter'>): string | null {
  if (mapping === null || filter !== undefined || mapping.FilterCriteria !== undefined) return null;
  const { KMSKeyArn: key = '', FilterCriteriaError: error } = mapping;
  if (error !== undefined) {
    const reason = error.Message ?? error.ErrorCode ?? 'its key cannot be used';
    return `Lambda cannot decrypt it${key === '' ? '' : ` with ${key}`}: ${reason.replace(/\.$/, '')}`;
  }
  return key === ''
    ? null
    : `it is encrypted with ${key}, and AWS returns no pattern; your credentials may need kms:Decrypt`;
}
