/** Words that settings take, free of any schema so that `--help` stays light. */
export const startingPositions = ['LATEST', 'TRIM_HORIZON', 'AT_TIMESTAMP'] as const;
export const authMethods = ['iam', 'scram', 'mtls', 'tls', 'plaintext'] as const;
export const metricGroups = ['EventCount', 'ErrorCount', 'KafkaMetrics'] as const;
export const logLevels = ['DEBUG', 'INFO', 'WARN'] as const;
