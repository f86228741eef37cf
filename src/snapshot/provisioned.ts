import type { Mapping } from './resources/index.js';

/** Whether a mapping has pollers of its own; an empty configuration is how an update takes them away (UpdateEventSourceMapping). */
export const hasProvisionedPollers = ({
  ProvisionedPollerConfig: pollers,
}: Pick<Mapping, 'ProvisionedPollerConfig'>): boolean =>
  pollers !== undefined && Object.values(pollers).some((value) => value !== undefined);

/** The poller group that a mapping shares with others; null where its pollers are its own. */
export const pollerGroupOf = ({
  ProvisionedPollerConfig: pollers,
}: Pick<Mapping, 'ProvisionedPollerConfig'>): string | null => pollers?.PollerGroupName || null;
