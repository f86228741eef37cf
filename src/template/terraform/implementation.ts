/** A function of Terraform whose arguments are computed already. */
import type { Value } from './values.js';

/** Gives undefined where the arguments do not tell the result. Throws `Failure`. */
export type Implementation = (args: Value[]) => Value | undefined;
