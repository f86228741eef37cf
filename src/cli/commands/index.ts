/** Every command, in the order of the help. A new one is a definition here beside it and a run in ../run. */
import type { AnyCommand } from '../define.js';
import doctor from './doctor.js';
import policy from './policy.js';

export const commands: readonly AnyCommand[] = [doctor, policy];
