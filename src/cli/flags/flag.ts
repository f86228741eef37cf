/** Shared by the flags of a mapping. */
import { InvalidArgumentError } from 'commander';
import { UsageError } from '../../errors.js';
import type { MappingChanges } from '../../mapping/settings.js';

/** The settings that one flag sets. */
export type Fragment = MappingChanges;

/** A flag: its commander declaration, and the meaning of a value. `earlier`: from the same flag given before. */
export interface Flag {
  flags: string;
  description: string;
  read: (value: string, earlier: Fragment | undefined) => Fragment;
}

/** A number as typed; its range is validated together with all other settings. */
export const numberOf = (value: string): number => {
  if (!/^-?\d+(\.\d+)?$/.test(value.trim())) throw new InvalidArgumentError('Expected a number.');
  return Number(value);
};

/**
 * For a flag that names a secret: a value that does not parse may be the content of one, and commander would repeat
 * it.
 */
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

/** Throws InvalidArgumentError where two flags say different things of one setting. */
export function mergeFragments(fragments: readonly [flag: string, Fragment][]): MappingChanges {
  const settings: Record<string, unknown> = {};
  const saidBy: Record<string, string> = {};
  for (const [flag, fragment] of fragments)
    for (const [name, value] of Object.entries(fragment)) {
      const earlier = settings[name];
      if (isBlock(earlier) && isBlock(value) && Object.keys(value).every((member) => !Object.hasOwn(earlier, member)))
        settings[name] = { ...earlier, ...value };
      else if (earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(value))
        throw new InvalidArgumentError(`${saidBy[name]!} and ${flag} contradict each other: keep only one of them.`);
      else settings[name] = value;
      saidBy[name] ??= flag;
    }
  return settings as MappingChanges;
}

const isBlock = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
