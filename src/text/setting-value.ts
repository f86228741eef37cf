/** The value of a setting in a sentence: text as it is, blocks and lists as JSON, `none` for what is not set. */
export const settingValue = (value: unknown): string =>
  value === null || value === '' ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);
