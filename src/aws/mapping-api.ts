/** Words of Lambda's API for event source mappings, free of any schema so that `--help` stays light. */

/** What CreateEventSourceMapping takes as StartingPosition for Kafka. */
export const startingPositions = ['LATEST', 'TRIM_HORIZON', 'AT_TIMESTAMP'] as const;
/** Groups of metrics that MetricsConfig switches on. */
export const metricGroups = ['EventCount', 'ErrorCount', 'KafkaMetrics'] as const;
/** Levels of the pollers' log. */
export const logLevels = ['DEBUG', 'INFO', 'WARN'] as const;

/** States on the way to polling, or to rest for a mapping that was created or changed disabled. */
const startingStates: ReadonlySet<string> = new Set(['Creating', 'Enabling', 'Updating']);
/** States on the way to rest, or to the end of the mapping. */
const endingStates: ReadonlySet<string> = new Set(['Disabling', 'Deleting']);

/** Whether a mapping is on its way to polling. */
export const isStarting = (state: string): boolean => startingStates.has(state);

/** Whether Lambda leaves a state without another call: until then Lambda takes no other change (API reference, EventSourceMappingConfiguration, State). */
export const isTransitional = (state: string): boolean => startingStates.has(state) || endingStates.has(state);
