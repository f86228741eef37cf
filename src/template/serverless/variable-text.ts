/** The text of variables of the Serverless Framework: where they end, and the sources that they name. */

/** Where the `}` is that closes a `${`; −1 where there is none. `from`: after the opening brace. */
export function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{' && text[at - 1] === '$') depth += 1;
    else if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** The sources of a variable, in their order: commas in quotes and parentheses separate none. */
export function splitSources(address: string): string[] {
  const sources: string[] = [];
  let [start, quote, depth] = [0, '', 0];
  for (let at = 0; at < address.length; at += 1) {
    const character = address[at]!;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === ',' && depth === 0) {
      sources.push(address.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...sources, address.slice(start).trim()];
}
