/** Damaged texts, for tests that no input breaks. */

/** A small generator of numbers (mulberry32), so that a seed repeats a run. */
export function numbers(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** The text with one to three lines changed, left out or repeated; `pieces` are put in. `sign`: what divides name and value. */
export function damage(
  text: string,
  pick: (below: number) => number,
  { pieces, sign }: { pieces: readonly string[]; sign: string },
): string {
  const lines = text.split('\n');
  for (let times = 1 + pick(3); times > 0; times--) {
    const at = pick(lines.length);
    const line = lines[at] ?? '';
    const divided = line.indexOf(sign);
    const other = lines[pick(lines.length)] ?? '';
    const piece = pieces[pick(pieces.length)]!;
    const column = pick(line.length + 1);
    const ways: (() => void)[] = [
      () => lines.splice(at, 1),
      () => lines.splice(at, 0, other),
      () => (lines[at] = line.slice(0, column)),
      () => (lines[at] = `${line.slice(0, divided + 1)} ${piece}`),
      () => (lines[at] = `${line.slice(0, column)}${piece}${line.slice(column)}`),
      () => (lines[at] = ` ${line}`),
      () => (lines[at] = line.replace(/\w+/, other.trim())),
    ];
    ways[pick(ways.length)]!();
  }
  return lines.join('\n');
}
