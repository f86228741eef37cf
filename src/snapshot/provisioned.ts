import type { Mapping } from './resources/index.js';

/**
 * Whether a mapping is in provisioned mode. An update turns it off with an empty configuration
 * (UpdateEventSourceMapping).
 */
export const hasProvisionedPollers = ({
  ProvisionedPollerConfig: pollers,
}: Pick<Mapping, 'ProvisionedPollerConfig'>): boolean =>
  pollers !== undefined && Object.values(pollers).some((value) => value !== undefined);

/** The poller group that a mapping shares with others; null where it shares none. */
export const pollerGroupOf = ({
  ProvisionedPollerConfig: pollers,
}: Pick<Mapping, 'ProvisionedPollerConfig'>): string | null => pollers?.PollerGroupName || null;
