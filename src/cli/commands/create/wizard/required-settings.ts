import type { MappingSettings } from '../../../../mapping/settings.js';

const needed = ['function', 'cluster', 'topic', 'startingPosition'] as const;

/** Whether something is left out without which there is no mapping. */
export const lacksNeeded = (settings: Partial<MappingSettings>): boolean =>
  needed.some((name) => settings[name] === undefined) ||
  (settings.startingPosition === 'AT_TIMESTAMP' && settings.startingPositionTimestamp === undefined);
