/** Durations for people. */

const units: readonly [milliseconds: number, unit: Intl.NumberFormatOptions['unit']][] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
];

/** In the largest unit of which there are two, so that it says enough: `3 days`, `36 hours`, `90 seconds`. */
export function inLargestUnit(milliseconds: number): string {
  const rounded = Math.max(0, milliseconds);
  const [size, unit] = units.find(([length]) => rounded >= 2 * length) ?? units.at(-1)!;
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }).format(
    Math.round(rounded / size),
  );
}

/** For what is being waited for: `1 min 30 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [minutes > 0 ? `${minutes} min` : '', rest > 0 || minutes === 0 ? `${rest} s` : ''].filter(Boolean).join(' ');
}
