/** The last line of defence: no secret value of the login is in a result, even if a broker repeats one. */
import type { ProbeResult } from '../../../probe/probe-result.js';

/** A shorter value is part of ordinary words. */
const shortest = 4;

/** The same result, with every occurrence of the values replaced, except in the record that the user asked for. */
export function hideValues(result: ProbeResult, values: readonly string[]): ProbeResult {
  const hidden = values.filter((value) => value.length >= shortest);
  const { record } = result.facts;
  const clean = mapTexts(result, (text) =>
    hidden.reduce((rest, value) => rest.replaceAll(value, '(not shown)'), text),
  ) as ProbeResult;
  return { ...clean, facts: { ...clean.facts, record } };
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapTexts(member, change)]));
}
