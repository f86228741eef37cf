/** Names that someone who typed `name` may have meant: equal but for case and separators, or two letters away at most. */
export function nearNames(name: string, candidates: readonly string[]): string[] {
  const bare = (text: string) => text.toLowerCase().replace(/[-_.]/g, '');
  const wanted = bare(name);
  return candidates
    .filter((candidate) => candidate !== name && distance(wanted, bare(candidate), 2) <= 2)
    .toSorted()
    .slice(0, 5);
}

/** Edits from one word to the other; anything above `most` comes out as more than `most`. Only the cells near the diagonal count: names may be long. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  const far = most + 1;
  let row = new Map(Array.from({ length: far }, (_, index) => [index, index]));
  for (let i = 1; i <= a.length; i++) {
    const next = new Map([[0, i]]);
    for (let j = Math.max(1, i - most); j <= Math.min(b.length, i + most); j++)
      next.set(
        j,
        Math.min(
          (next.get(j - 1) ?? far) + 1,
          (row.get(j) ?? far) + 1,
          (row.get(j - 1) ?? far) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.get(b.length) ?? far;
}
