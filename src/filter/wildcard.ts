/** Wildcard patterns of filter rules: `*` is any text, `\*` an asterisk and `\\` a backslash. */

/** The literal parts between the wildcards; null where two wildcards follow each other or an escape is unknown. */
export function wildcardParts(pattern: string): string[] | null {
  const parts = [''];
  let afterWildcard = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '*') {
      if (afterWildcard) return null;
      parts.push('');
      afterWildcard = true;
      continue;
    }
    afterWildcard = false;
    if (character === '\\') {
      const escaped = pattern[++at];
      if (escaped !== '*' && escaped !== '\\') return null;
      parts[parts.length - 1] += escaped;
    } else parts[parts.length - 1] += character;
  }
  return parts;
}

/** Whether a text has these parts in this order, the first at its beginning and the last at its end. */
export function matchesParts(parts: readonly string[], text: string): boolean {
  const [first = ''] = parts;
  if (parts.length === 1) return text === first;
  const last = parts.at(-1)!;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found === -1 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}
