/** Words of Lambda's API for event source mappings, free of any schema so that `--help` stays light. */

/** What CreateEventSourceMapping takes as StartingPosition for Kafka. */
export const startingPositions = ['LATEST', 'TRIM_HORIZON', 'AT_TIMESTAMP'] as const;
/** Groups of metrics that MetricsConfig switches on. */
export const metricGroups = ['EventCount', 'ErrorCount', 'KafkaMetrics'] as const;
/** Levels of the pollers' log. */
export const logLevels = ['DEBUG', 'INFO', 'WARN'] as const;

/** What the function receives of a record with a schema (API reference, KafkaSchemaRegistryConfig). */
export const eventRecordFormats = ['JSON', 'SOURCE'] as const;
/** What of a record is validated against its schema (API reference, KafkaSchemaValidationConfig). */
export const schemaAttributes = ['KEY', 'VALUE'] as const;
/** How Lambda authenticates to a Confluent schema registry (API reference, KafkaSchemaRegistryAccessConfig). */
export const registryAccessTypes = [
  'BASIC_AUTH',
  'CLIENT_CERTIFICATE_TLS_AUTH',
  'SERVER_ROOT_CA_CERTIFICATE',
  'OAUTHBEARER_AUTH',
] as const;
export type RegistryAccessType = (typeof registryAccessTypes)[number];
/** Kinds of secrets that only a schema registry takes, as `secret check --type` names them. */
export const registrySecretTypes = {
  basic: 'BASIC_AUTH',
  oauth: 'OAUTHBEARER_AUTH',
  'root-ca': 'SERVER_ROOT_CA_CERTIFICATE',
} as const satisfies Record<string, RegistryAccessType>;
export type RegistrySecretType = keyof typeof registrySecretTypes;
/** What a function may answer with (API reference, FunctionResponseTypes). */
export const functionResponseTypes = ['ReportBatchItemFailures'] as const;

/** Whether a value of the API is in a list of this version; AWS adds values. */
export const isListed = <V extends string>(values: readonly V[], value: string | undefined): value is V =>
  (values as readonly (string | undefined)[]).includes(value);

/** States on the way to polling, or to rest for a mapping that was created or changed disabled. */
const startingStates: ReadonlySet<string> = new Set(['Creating', 'Enabling', 'Updating']);
/** States on the way to rest, or to the end of the mapping. */
const endingStates: ReadonlySet<string> = new Set(['Disabling', 'Deleting']);

/** States at rest (API reference, EventSourceMappingConfiguration). */
const restingStates: ReadonlySet<string> = new Set(['Enabled', 'Disabled']);

/** Whether a state is one of those that the API reference names. */
export const isKnownState = (state: string): boolean => restingStates.has(state) || isTransitional(state);

/** Whether a mapping is on its way to polling. */
export const isStarting = (state: string): boolean => startingStates.has(state);

/** Whether Lambda leaves a state without another call: until then Lambda takes no other change (API reference, EventSourceMappingConfiguration, State). */
export const isTransitional = (state: string): boolean => startingStates.has(state) || endingStates.has(state);
