/** Options as the pages show them. */
import type { Option } from 'commander';
import { entry } from './roff.js';

/** The heading of `--help` above the option; undefined for the command's first ones. */
export const headingOf = (option: Option): string | undefined =>
  (option as Option & { helpGroupHeading?: string }).helpGroupHeading;

/** The option with its choices and its default. */
export function optionEntry(option: Option): string[] {
  const { flags, description, defaultValue, argChoices } = option;
  const more = [
    ...(argChoices === undefined ? [] : [`one of ${argChoices.join(', ')}`]),
    ...(defaultValue === undefined || typeof defaultValue === 'boolean' ? [] : [`default ${String(defaultValue)}`]),
  ];
  return entry(flags, `${description}${more.length === 0 ? '' : ` (${more.join('; ')})`}`);
}
