/** Switches a mapping to provisioned mode. */
import type { Fix } from '../../fixes/fix.js';
import { updateMapping } from './update-mapping.js';

/** `why` follows the mode's name. Uses the smallest configuration that can still scale. */
export const provisionedMode = (uuid: string, why: string, settings: Record<string, unknown> = {}): Fix => ({
  title: `Switch the mapping to provisioned mode, ${why} (billed per event poller hour)`,
  safety: 'care',
  changes: [
    updateMapping(
      uuid,
      { ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 2 }, ...settings },
      { ProvisionedPollerConfig: {} },
    ),
  ],
});
