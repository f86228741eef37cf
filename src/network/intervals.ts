/** Sets of ports as ranges, both ends included. */
export interface Range {
  from: number;
  to: number;
}

/** What is left of the ranges without one. */
export const subtract = (ranges: readonly Range[], { from, to }: Range): Range[] =>
  ranges.flatMap((range) => {
    if (to < range.from || from > range.to) return [range];
    return [
      ...(range.from < from ? [{ from: range.from, to: from - 1 }] : []),
      ...(range.to > to ? [{ from: to + 1, to: range.to }] : []),
    ];
  });

/** Whether the ranges together hold every port of one. */
export const covers = (ranges: readonly Range[], wanted: Range): boolean => ranges.reduce(subtract, [wanted]).length === 0;

export const overlaps = (a: Range, b: Range): boolean => a.from <= b.to && b.from <= a.to;

export const formatRange = ({ from, to }: Range): string => (from === to ? String(from) : `${from}–${to}`);
