/** Filter patterns of event source mappings: their grammar (AWS: filter rule syntax) and what they can match of a Kafka record. */

/** Operators that stand in an object inside a rule's list. */
const operators = new Set(['prefix', 'suffix', 'anything-but', 'numeric', 'exists', 'equals-ignore-case', 'wildcard', 'cidr']);
const longestPattern = 4096;

/** What is wrong with a pattern, in words; empty for a valid one. */
export function filterFaults(pattern: string): string[] {
  if (pattern.length > longestPattern) return [`a pattern has at most ${longestPattern} characters, this one has ${pattern.length}`];
  let rule: unknown;
  try {
    rule = JSON.parse(pattern);
  } catch {
    return ['the pattern is not valid JSON'];
  }
  return isObject(rule) ? nodeFaults(rule, '') : ['the pattern is not a JSON object'];
}

/** Members of a Kafka record that a pattern can name; a pattern that demands another never matches. */
export function unmatchable(pattern: string): string[] {
  const rule: unknown = JSON.parse(pattern);
  const known = new Set(['value', 'key', 'topic', 'partition', 'offset', 'timestamp', 'timestampType', 'headers', '$or']);
  return Object.keys(rule as object).filter((name) => !known.has(name));
}

function nodeFaults(node: Record<string, unknown>, path: string): string[] {
  return Object.entries(node).flatMap(([name, value]): string[] => {
    const place = path === '' ? name : `${path}.${name}`;
    if (name === '$or') return Array.isArray(value) && value.every(isObject) ? value.flatMap((one) => nodeFaults(one, place)) : [`${place} is no list of objects`];
    if (isObject(value)) return nodeFaults(value, place);
    if (!Array.isArray(value)) return [`${place} is neither a list of values nor an object`];
    if (value.length === 0) return [`${place} is an empty list, which matches nothing`];
    return value.flatMap((one) => elementFaults(one, place));
  });
}

function elementFaults(element: unknown, place: string): string[] {
  if (Array.isArray(element)) return [`${place} holds a list inside a list`];
  if (!isObject(element)) return [];
  return Object.keys(element).filter((name) => !operators.has(name)).map((name) => `${place} uses “${name}”, which is no operator`);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
