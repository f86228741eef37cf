/** Datapoints of one metric as a small SVG: a line for a level, bars for counts. */
import { html, type Markup } from './markup.js';

export interface Plot {
  title: string;
  kind: 'line' | 'bars';
  /** ISO 8601, oldest first, as many as the values. */
  timestamps: readonly string[];
  values: readonly number[];
  periodSeconds: number;
}

const [width, height] = [240, 56];

/** Null without a datapoint: nothing is drawn that CloudWatch did not measure. */
export function drawPlot({ title, kind, timestamps, values, periodSeconds }: Plot): Markup | null {
  const points = timestamps
    .map((timestamp, index) => ({ time: Date.parse(timestamp), value: values[index] }))
    .filter((point): point is Point => Number.isFinite(point.time) && Number.isFinite(point.value))
    .toSorted((a, b) => a.time - b.time);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const highest = Math.max(...points.map(({ value }) => value));
  const period = periodSeconds * 1000;
  const span = Math.max(last.time - first.time + period, period);
  const x = (time: number) => round(((time - first.time) / span) * width);
  const y = (value: number) => round(height - 1 - (highest <= 0 ? 0 : (Math.max(0, value) / highest) * (height - 6)));
  const path =
    kind === 'bars'
      ? points
          .map(({ time, value }) => `M${x(time)} ${height}V${y(value)}H${round(x(time + period) - 1)}V${height}Z`)
          .join('')
      : points
          .map(({ time, value }, index) => {
            // A missing datapoint is a gap, not a line.
            const isNext = index > 0 && time - points[index - 1]!.time <= period;
            return `${isNext ? 'L' : `M${x(time)} ${y(value)}L`}${round(x(time) + (isNext ? 0 : 1))} ${y(value)}`;
          })
          .join('');
  const total = points.reduce((sum, { value }) => sum + value, 0);
  const facts =
    kind === 'bars'
      ? `${number(total)} in total, at most ${number(highest)} in ${minutes(periodSeconds)}`
      : `${number(last.value)} at the end, at most ${number(highest)}`;
  const times = `${clock(first.time)} to ${clock(last.time + period)} UTC`;
  return html`<figure class="plot">
    <figcaption><b>${title}</b> ${facts}</figcaption>
    <svg
      class="${kind}"
      viewBox="0 0 ${width} ${height}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${`${title}, ${times}: ${facts}`}"
    >
      <path d="${path}" />
    </svg>
    <div class="dim">${times}</div>
  </figure>`;
}

interface Point {
  time: number;
  value: number;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** 1,234,567 or 0.25, the same on every machine. */
export const number = (value: number): string =>
  (Number.isInteger(value) ? value : Math.round(value * 100) / 100).toLocaleString('en-US');

const minutes = (seconds: number): string =>
  seconds % 60 === 0 ? (seconds === 60 ? '1 minute' : `${seconds / 60} minutes`) : `${seconds} seconds`;

const clock = (time: number): string => new Date(time).toISOString().slice(11, 16);
