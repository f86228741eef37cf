/** Creates the alarms that are missing and changes those that differ, after a confirmation. */
import { applyCall } from '../../../account/make-changes.js';
import { findAlarms } from '../../../account/queries/alarms.js';
import { alarmDifferences } from '../../../alarms/alarm-differences.js';
import { alarmInput, type Alarm } from '../../../alarms/alarm.js';
import { renderCli } from '../../../fixes/render-cli.js';
import { isOk } from '../../../snapshot/read.js';
import { inShell } from '../../../text/shells.js';
import { visible } from '../../../text/visible.js';
import type { AlarmsDocument } from '../../../report/documents/alarms.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { openClients } from '../../open-account.js';
import { confirm } from '../../single-prompts.js';
import type { AlarmsOptions } from './options.js';

type AlarmOutcome = AlarmsDocument['alarms'][number]['outcome'];

export interface AppliedAlarms {
  /** By the name of the alarm. */
  outcomes: Map<string, AlarmOutcome>;
  changed: number;
  /** For people, after the list. */
  lines: string[];
  exitCode: number;
}

export async function applyAlarms(
  alarms: readonly Alarm[],
  actions: readonly string[],
  options: AlarmsOptions,
  io: Io,
): Promise<AppliedAlarms> {
  const outcomes = new Map<string, AlarmOutcome>();
  const clients = await openClients(options, io);
  const existing = await findAlarms(
    clients,
    alarms.map(({ name }) => name),
  );
  if (!isOk(existing)) {
    const lines = [`Nothing was created: the existing alarms could not be read (${visible(existing.error)}).`];
    if (existing.outcome === 'denied') lines.push(`Your credentials need ${existing.action}.`);
    return { outcomes, changed: 0, lines, exitCode: exitCodes.cannotTell };
  }
  const byName = new Map(existing.value.map((alarm) => [alarm.AlarmName, alarm]));
  const planned = alarms.flatMap((alarm) => {
    const input = alarmInput(alarm, actions);
    const found = byName.get(alarm.name);
    const differences = found === undefined ? [] : alarmDifferences(found, input);
    if (found !== undefined && differences.length === 0) outcomes.set(alarm.name, 'exists');
    return found === undefined || differences.length > 0 ? [{ name: alarm.name, input, differences }] : [];
  });
  if (planned.length === 0)
    return { outcomes, changed: 0, lines: ['All alarms exist with these settings.'], exitCode: exitCodes.ok };
  const calls = planned.map(({ input }) => ({ service: 'cloudwatch', operation: 'PutMetricAlarm', input }));
  const shown = planned.map(({ name, differences }) =>
    differences.length === 0 ? `create ${visible(name)}` : `change ${visible(name)}: ${differences.join(', ')}`,
  );
  if (options.dryRun === true) {
    const commands = calls.map((call) => `  ${inShell(renderCli(call, options), io.shell)}`);
    return {
      outcomes,
      changed: 0,
      lines: ['Dry run, nothing was changed. The calls:', ...commands],
      exitCode: exitCodes.ok,
    };
  }
  if (options.yes !== true) {
    io.stderr.write(`${shown.map((line) => `  ${line}`).join('\n')}\n`);
    const isConfirmed = await confirm(
      io,
      `Make these ${planned.length} changes? CloudWatch bills each alarm monthly.`,
      {
        sentence: 'Confirmation needed, but this is not a terminal: pass --yes or --dry-run.',
        hint: 'Nothing was changed.',
      },
    );
    if (!isConfirmed) return { outcomes, changed: 0, lines: ['Nothing was changed.'], exitCode: exitCodes.ok };
  }
  const lines: string[] = [];
  let changed = 0;
  for (const [index, { name, differences }] of planned.entries()) {
    const answer = await applyCall(clients, calls[index]!);
    if (answer.outcome !== 'ok') {
      outcomes.set(name, 'refused');
      for (const { name: left } of planned.slice(index + 1)) outcomes.set(left, 'not-made');
      const need = answer.outcome === 'denied' ? ` Your credentials need ${answer.action}.` : '';
      const rest = planned.length - index - 1;
      lines.push(
        `AWS refused the alarm ${visible(name)}: ${visible(answer.message || answer.error)}.${need}`,
        ...(rest > 0 ? [`Not made: ${rest} more. Run the same command again: it makes only what is missing.`] : []),
      );
      return { outcomes, changed, lines, exitCode: exitCodes.problem };
    }
    changed += 1;
    outcomes.set(name, differences.length === 0 ? 'created' : 'changed');
    lines.push(`${differences.length === 0 ? 'Created' : 'Changed'} ${visible(name)}`);
    if (io.signal.aborted && index + 1 < planned.length) {
      io.stderr.write(
        `${lines.join('\n')}\nThe rest was not made. Run the same command again: it makes only what is missing.\n`,
      );
      io.signal.throwIfAborted();
    }
  }
  if (actions.length === 0) lines.push('The alarms notify nobody: pass --notify with the ARN of an SNS topic.');
  return { outcomes, changed, lines, exitCode: exitCodes.ok };
}
