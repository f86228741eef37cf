import type { MappingSettings } from '../../../../mapping/settings.js';

const needed = ['function', 'cluster', 'topic', 'startingPosition'] as const;

/** Whether a required setting is missing. */
export const lacksNeeded = (settings: Partial<MappingSettings>): boolean =>
  needed.some((name) => settings[name] === undefined) ||
  (settings.startingPosition === 'AT_TIMESTAMP' && settings.startingPositionTimestamp === undefined);
