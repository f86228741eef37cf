/** What the rounds of the simulation collect, before calls for one resource are merged. */
import type { CheckId } from '../catalogue/check-ids.js';
import type { Change } from '../fixes/fix.js';

/** A failing check of a mapping. */
export interface Target {
  mapping: string;
  check: CheckId;
}

/** A call of the fix for a finding. */
export interface TakenChange {
  change: Change;
  for: Target;
  /** The title of the finding. */
  reason: string;
  /** The option that it belongs to; null where nothing was to be chosen. */
  option: OptionId | null;
}

export interface OptionId {
  choice: number;
  option: number;
}
