import type { Mapping } from '../../../snapshot/resources/index.js';

/**
 * Retry limits that differ from their defaults, -1 and false; on-demand mappings have none (AWS: Kafka retry
 * configurations).
 */
export const retrySettings = ({
  MaximumRetryAttempts: attempts,
  MaximumRecordAgeInSeconds: age,
  BisectBatchOnFunctionError: bisect,
}: Mapping): string[] => [
  ...(attempts !== undefined && attempts >= 0 ? [`MaximumRetryAttempts ${attempts}`] : []),
  ...(age !== undefined && age >= 0 ? [`MaximumRecordAgeInSeconds ${age}`] : []),
  ...(bisect === true ? ['BisectBatchOnFunctionError'] : []),
];
