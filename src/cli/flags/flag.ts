/** What the flags of a mapping share. */
import { InvalidArgumentError } from 'commander';
import { UsageError } from '../../errors.js';
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

/** A flag that names a secret: what it cannot parse may be the content of one, which commander would repeat. */
export const ofSecret = <F extends Flag>(flag: F): F => ({
  ...flag,
  read: (value, earlier) => {
    try {
      return flag.read(value, earlier);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      const reason = error.message.replace(/ \(stopped at .*$/s, '.');
      throw new UsageError(`option '${flag.flags}' is invalid. ${reason}`, undefined, { cause: error });
    }
  },
});
