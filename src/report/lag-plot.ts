/** A curve as columns of a terminal. */

const eighths = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/**
 * Lines of a plot, the highest values first, with the largest value and 0 at the left. Each value is as wide as
 * `columns` allow. `ascii`: whole cells of `#`.
 */
export function plot(
  values: readonly number[],
  { columns, rows, ascii }: { columns: number; rows: number; ascii: boolean },
): string[] {
  const top = Math.max(1, ...values);
  const scale = String(Math.round(top));
  const room = Math.max(1, columns - scale.length - 1);
  const shown = values.slice(-room);
  const width = Math.max(1, Math.min(6, Math.floor(room / Math.max(1, shown.length))));
  return Array.from({ length: rows }, (_, index) => {
    const floor = rows - 1 - index;
    const label = index === 0 ? scale : floor === 0 ? '0' : '';
    const cells = shown.map((value) => {
      const filled = Math.round(Math.min(1, Math.max(0, (value / top) * rows - floor)) * 8);
      return (ascii ? (filled >= 4 ? '#' : ' ') : eighths[filled]!).repeat(width);
    });
    return `${label.padStart(scale.length)} ${cells.join('')}`.trimEnd();
  });
}
