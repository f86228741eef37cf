/** The answer of `alarms` for people. */
import type { Alarm } from '../alarms/alarm.js';
import type { RecommendedAlarms } from '../alarms/recommend-alarms.js';
import { enumerate } from '../text/enumerate.js';
import { inShell, type Shell } from '../text/shells.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

interface AlarmsStyle {
  columns: number;
  shell: Shell;
}

/** `lines`: what the command did or would do, after the list. */
export function renderAlarms(
  { alarms, missing }: RecommendedAlarms,
  heading: string,
  lines: readonly string[],
  { columns, shell }: AlarmsStyle,
): string {
  return [
    visible(heading),
    '',
    ...alarms.flatMap((alarm) => [
      `  ${visible(alarm.name)}`,
      wrap(`${condition(alarm)}. ${alarm.description}`, { columns, indent: 6 }),
    ]),
    ...(missing === null
      ? []
      : [
          '',
          wrap(
            `Without the metrics ${enumerate(missing.groups)}, CloudWatch cannot show ${enumerate(missing.alarms)}. Turn them on (billed as custom metrics), then run this command again:`,
            { columns },
          ),
          `      ${inShell(missing.command, shell)}`,
        ]),
    ...(lines.length === 0 ? [] : ['', ...lines]),
  ].join('\n');
}

function condition({ metric, comparison, threshold, period, periods, toAlarm }: Alarm): string {
  const minutes = (period * periods) / 60;
  if (comparison === 'LessThanThreshold') return `No datapoint of ${metric.name} for ${minutes} minutes`;
  const limit = `${metric.name} ≥ ${threshold}`;
  if (periods === 1) return `${limit} in ${minutes} minutes`;
  return toAlarm === periods
    ? `${limit} for ${minutes} minutes`
    : `${limit} in ${toAlarm} of ${periods} periods of ${period / 60} minutes`;
}
