/**
 * Converts ISO 8601 or Unix seconds (the AWS CLI's forms) to ISO 8601. Anything else is returned unchanged, for the
 * validation of all settings.
 */
export function instantOf(value: string): string {
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  return Math.abs(seconds) <= 8.64e15 ? new Date(seconds).toISOString() : value;
}
