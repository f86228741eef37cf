import type { SwitchOptions } from '../../change/options.js';
import type { Call } from '../../define-command.js';
import { switchMapping } from '../enable/run.js';

/** Disables one mapping; its offsets stay. */
export const run = (call: Call<SwitchOptions>): Promise<number> => switchMapping(call, false);
