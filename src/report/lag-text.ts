/** The answer of `lag` for people. */
import type { Limit } from '../lag/limiting-factor.js';
import { inShell, type Shell } from '../text/shells.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { plot } from './lag-plot.js';

export interface LagAnswer {
  uuid: string;
  /** Records behind at the last datapoint; null where none is known. */
  now: number | null;
  series: { at: string; lag: number }[];
  partitions: number | null;
  limit: Limit;
}

interface LagStyle {
  columns: number;
  ascii: boolean;
  shell: Shell;
  /** `order-handler ← orders`. */
  name: string;
  /** Of the metric: `SumOffsetLag`. */
  metric: string | null;
  isOnDemand: boolean;
}

const rows = 8;
const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export function renderLag({ now, series, partitions, limit }: LagAnswer, style: LagStyle): string {
  const { columns, shell, name, metric, isOnDemand } = style;
  const first = series[0];
  const trend =
    first === undefined || now === null || series.length < 2
      ? ''
      : `, ${now > first.lag ? 'up' : now < first.lag ? 'down' : 'unchanged'} from ${number.format(first.lag)} at ${clock(first.at)}`;
  const head =
    now === null
      ? `${visible(name)}: the lag is not known`
      : `${visible(name)}: ${number.format(now)} ${now === 1 ? 'record' : 'records'} behind${trend}`;
  const values = series.map(({ lag }) => lag);
  return [
    head,
    ...(series.length < 2
      ? []
      : [
          '',
          ...plot(values, { columns: Math.min(columns, 80) - 2, rows, ascii: style.ascii }).map((line) => `  ${line}`),
          `  ${metric ?? ''}, ${clock(series[0]!.at)} to ${clock(series.at(-1)!.at)} UTC${partitions === null ? '' : `, ${partitions} ${partitions === 1 ? 'partition' : 'partitions'}`}`,
        ]),
    '',
    wrap(`${limit.by === null || limit.by === 'none' ? '' : `Limited by ${words[limit.by]}: `}${limit.because}`, {
      columns,
    }),
    ...(limit.setting === null ? [] : [`      ${inShell(limit.setting, shell)}`]),
    ...(isOnDemand && limit.by !== 'none'
      ? [
          '',
          wrap(
            'On-demand mode: Lambda evaluates the lag every minute and takes up to three minutes to add or remove pollers, at most one per partition. Provisioned mode (--minimum-pollers) keeps pollers ready; it is billed per event poller unit and hour.',
            { columns },
          ),
        ]
      : []),
  ].join('\n');
}

const words = {
  errors: 'failed invocations',
  concurrency: 'concurrency',
  pollers: 'event pollers',
  partitions: 'partitions',
  batch: 'batch size',
  duration: 'the duration of the function',
} as const;

const clock = (at: string): string => at.slice(11, 16);
