/** What changes of mappings and functions write. */
import { settingsBeside, valueOf, type WrittenPart, type WrittenParts } from './written-part.js';

/** A mapping that is being enabled counts as enabled. */
const enabledStates = new Set(['Enabled', 'Enabling', 'Creating', 'Updating']);

const concurrency = (after: WrittenPart['after']): WrittenPart => ({
  read: (ask, { FunctionName }) =>
    valueOf(
      ask.call('lambda', 'GetFunctionConcurrency', { FunctionName }),
      ({ ReservedConcurrentExecutions: reserved }) => ({ reserved }),
    ),
  after,
});

export const lambda: WrittenParts = {
  UpdateEventSourceMapping: {
    read: (ask, { UUID }) =>
      valueOf(ask.call('lambda', 'GetEventSourceMapping', { UUID }), (mapping) => ({
        ...mapping,
        Enabled: enabledStates.has(String(mapping['State'])),
      })),
    after: (input) => settingsBeside('UUID', input),
  },
  PutFunctionConcurrency: concurrency(({ ReservedConcurrentExecutions: reserved }) => ({ reserved })),
  DeleteFunctionConcurrency: concurrency(() => ({ reserved: null })),
  UpdateFunctionConfiguration: {
    read: (ask, { FunctionName, ...settings }) =>
      valueOf(ask.call('lambda', 'GetFunctionConfiguration', { FunctionName }), (configuration) =>
        // Only what the call writes: a configuration has environment variables too.
        Object.fromEntries(Object.keys(settings).map((name) => [name, configuration[name]])),
      ),
    after: (input) => settingsBeside('FunctionName', input),
  },
  PublishVersion: {
    read: (ask, { FunctionName, PublishTo: to }) =>
      valueOf(
        ask.call('lambda', 'GetFunctionConfiguration', {
          FunctionName,
          ...(to === 'LATEST_PUBLISHED' ? { Qualifier: '$LATEST.PUBLISHED' } : {}),
        }),
        () => true,
      ),
    after: ({ PublishTo: to }) => (to === 'LATEST_PUBLISHED' ? true : undefined),
  },
};
