/** Parsers of option values. Each throws commander's `InvalidArgumentError`, which is shown with the flag. */
import { InvalidArgumentError } from 'commander';

/** The values of an option that may be repeated or have a list: `--check a,b --check c`. */
export const collect = (value: string, earlier: readonly string[] = []): string[] => [
  ...earlier,
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
];

/** The same for whole numbers from 1. */
export const collectNumbers = (value: string, earlier: readonly number[] = []): number[] => [
  ...earlier,
  ...collect(value).map((word) => {
    if (!/^[1-9]\d{0,3}$/.test(word)) throw new InvalidArgumentError('Expected a whole number from 1.');
    return Number(word);
  }),
];

export const isHttpAddress = (value: string): boolean => /^https?:\/\/[^/]/i.test(value) && URL.canParse(value);

export const httpAddress = (value: string): string => {
  if (!isHttpAddress(value))
    throw new InvalidArgumentError('Expected an address that begins with http:// or https://.');
  return value;
};

export const accountId = (value: string): string => {
  if (!/^\d{12}$/.test(value)) throw new InvalidArgumentError('Expected 12 digits.');
  return value;
};

/** A number above zero. */
export const positive =
  (unit: string) =>
  (value: string): number => {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number) || number <= 0)
      throw new InvalidArgumentError(`Expected a number of ${unit} greater than 0.`);
    return number;
  };

/** A whole number in a range. */
export const integer =
  (least: number, most: number) =>
  (value: string): number => {
    const number = Number(value);
    if (!/^-?\d+$/.test(value.trim()) || number < least || number > most)
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    return number;
  };

/** The entries of an option that may be repeated, each `NAME=VALUE`; a value may contain “=” and “,”. */
export const pair = (value: string, earlier: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected NAME=VALUE.');
  return { ...earlier, [value.slice(0, at).trim()]: value.slice(at + 1).trim() };
};

/** The words of an option that may be repeated, each taken as it is. */
export const repeated = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];

const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A duration in seconds: `90s`, `10m`, `2h`, `1d`; a number alone is seconds. `least`: seconds. */
export const durationFrom =
  (least: number) =>
  (value: string): number => {
    const [, number = '', unit = 's'] = /^(\d{1,7})([smhd])?$/.exec(value.trim()) ?? [];
    const seconds = number === '' ? 0 : Number(number) * unitSeconds[unit]!;
    if (seconds < least)
      throw new InvalidArgumentError(
        `Expected a duration of at least ${least} ${least === 1 ? 'second' : 'seconds'}, such as 90s, 10m or 2h.`,
      );
    return seconds;
  };

/** A path. “-” is standard output only where an answer is written; `because` says why this file cannot be. */
export const fileOnDisk =
  (because: string) =>
  (value: string): string => {
    if (value === '-') throw new InvalidArgumentError(because);
    return value;
  };
