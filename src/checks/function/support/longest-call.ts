/** How long a call of a function may take, compared with how long a Kafka mapping waits for it. */
import { invocationTimeout, managedInvocationTimeout } from '../../../aws/limits.js';
import type { FunctionConfiguration } from '../../../snapshot/resources/index.js';

/** A setting of the function that is above the limit. */
export interface ExceedingSetting {
  member: 'Timeout' | 'DurableConfig.ExecutionTimeout';
  /** The setting for a sentence. */
  words: string;
  seconds: number;
  /** The members of UpdateFunctionConfiguration that set it. */
  setTo: (seconds: number) => object;
}

/**
 * The settings above the limit. A mapping waits for the whole durable execution, so its ExecutionTimeout counts for a
 * durable function (AWS: event source mappings with durable functions); Timeout is then the limit of each step.
 */
export function longestCall(configuration: FunctionConfiguration): {
  managed: boolean;
  limit: number;
  exceeding: ExceedingSetting[];
} {
  const { Timeout: timeout = 3, CapacityProviderConfig: capacity, DurableConfig: durable } = configuration;
  const managed = capacity !== undefined;
  const execution = durable?.ExecutionTimeout;
  const longest = managed ? managedInvocationTimeout : invocationTimeout;
  const settings: ExceedingSetting[] = [
    { member: 'Timeout', words: 'timeout', seconds: timeout, setTo: (Timeout) => ({ Timeout }) },
    ...(execution === undefined
      ? []
      : [
          {
            member: 'DurableConfig.ExecutionTimeout' as const,
            words: 'durable execution timeout',
            seconds: execution,
            setTo: (ExecutionTimeout: number) => ({ DurableConfig: { ...durable, ExecutionTimeout } }),
          },
        ]),
  ];
  return { managed, limit: longest, exceeding: settings.filter(({ seconds }) => seconds > longest) };
}
