/** Names that someone who typed `name` may have meant: equal but for case and separators, or two letters away at most. */
export function nearNames(name: string, candidates: readonly string[]): string[] {
  const bare = (text: string) => text.toLowerCase().replace(/[-_.]/g, '');
  const wanted = bare(name);
  return candidates.filter((candidate) => candidate !== name && distance(wanted, bare(candidate), 2) <= 2).toSorted().slice(0, 5);
}

/** Edits from one word to the other; anything above `most` comes out as more than `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}
