/** Values of template parameters. */
import { readFileSync } from 'node:fs';
import { UsageError } from '../../../errors.js';
import { whyUnreadable } from '../../../text/file-errors.js';

/** From a file of the AWS CLI's form `[{ParameterKey, ParameterValue}]`, or of an object. Throws `UsageError`. */
export function readParameters(path: string): Record<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${path} is not JSON`, form, { cause: error });
    throw new UsageError(whyUnreadable(path, error), undefined, { cause: error });
  }
  const entries = Array.isArray(parsed)
    ? parsed.map((item: unknown) => {
        const { ParameterKey: key, ParameterValue: value } = (item ?? {}) as Record<string, unknown>;
        if (typeof key !== 'string') throw new UsageError(`${path}: an entry has no ParameterKey`, form);
        return [key, value] as const;
      })
    : typeof parsed === 'object' && parsed !== null
      ? Object.entries(parsed)
      : null;
  if (entries === null) throw new UsageError(`${path} has no list of parameters`, form);
  return Object.fromEntries(
    entries.flatMap(([key, value]) => (value === undefined || value === null ? [] : [[key, textOf(value)]])),
  );
}

const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(String).join(',')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

const form = 'Expected: [{"ParameterKey": "Stage", "ParameterValue": "prod"}]';
