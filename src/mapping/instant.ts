/** ISO 8601 or Unix seconds, as the AWS CLI takes them, to ISO 8601; anything else is left for the judgement of all settings. */
export function instantOf(value: string): string {
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  return Math.abs(seconds) <= 8.64e15 ? new Date(seconds).toISOString() : value;
}
