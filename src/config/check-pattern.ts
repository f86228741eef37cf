/** Patterns of check ids, as in `--check` and in the configuration file. */

/** `*` matches any text, and the name of a group all its checks. */
export function fitsCheckPattern(pattern: string, id: string): boolean {
  const whole = /[.*]/.test(pattern) ? pattern : `${pattern}.*`;
  const escaped = whole
    .toLowerCase()
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    // Several stars mean the same as one, but each would multiply the time.
    .replace(/\*+/g, '.*');
  return new RegExp(`^${escaped}$`).test(id);
}
