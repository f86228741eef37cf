/** What the flags of a mapping share. */
import { InvalidArgumentError } from 'commander';
import type { MappingChanges } from '../../mapping/settings.js';

/** Settings that one flag gives. */
export type Fragment = MappingChanges;

/** A flag: how commander knows it, and what a value of it says. `earlier`: of the same flag given before. */
export interface Flag {
  flags: string;
  description: string;
  read: (value: string, earlier: Fragment | undefined) => Fragment;
}

/** A number as it was typed; whether it is in its range is judged with all other settings. */
export const numberOf = (value: string): number => {
  if (!/^-?\d+(\.\d+)?$/.test(value.trim())) throw new InvalidArgumentError('It takes a number.');
  return Number(value);
};
