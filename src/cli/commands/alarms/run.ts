/** `alarms`: recommends, prints in a format, or creates. */
import { alarmInput } from '../../../alarms/alarm.js';
import { recommendAlarms, type RecommendedAlarms } from '../../../alarms/recommend-alarms.js';
import { UsageError } from '../../../errors.js';
import { alarmsAsCli, alarmsAsCloudFormation, alarmsAsTerraform } from '../../../report/alarms-iac.js';
import { renderAlarms } from '../../../report/alarms-text.js';
import type { AlarmsDocument } from '../../../report/documents/alarms.js';
import { functionNameOf } from '../../../aws/function-arn.js';
import { valueOrNull } from '../../../subject/fact.js';
import { lagOf, lagSourcesOf } from '../../../subject/lag.js';
import { subjectOf } from '../../../subject/subject.js';
import { visible } from '../../../text/visible.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import { oneMapping } from '../../one-mapping.js';
import { readSource } from '../../open-account.js';
import { deliver, printAnswer } from '../../print-answer.js';
import { applyAlarms, type AppliedAlarms } from './apply-alarms.js';
import type { AlarmsOptions } from './options.js';

export async function run({ args, options, io }: Call<AlarmsOptions>): Promise<number> {
  for (const arn of options.notify ?? [])
    if (!/^arn:[^:]+:[^:]+:/.test(arn)) throw new UsageError(`--notify expects an ARN, not “${visible(arn)}”`);
  const { snapshot, trouble } = await readSource(args, options, io, { secretValues: false });
  if (trouble !== null) return exitCodes.cannotTell;
  const uuid = oneMapping(snapshot, args[0] ?? '');
  const subject = subjectOf(snapshot, uuid);
  const mapping = valueOrNull(subject.mapping);
  if (mapping === null) {
    io.stderr.write(`error: the mapping ${uuid} could not be read\n`);
    return exitCodes.cannotTell;
  }
  const lag = lagOf(lagSourcesOf(subject));
  const recommended = recommendAlarms(mapping, { lag: lag?.values ?? [], lagThreshold: options.lagThreshold });
  const actions = options.notify ?? [];
  if (options.format !== undefined) {
    const { alarms } = recommended;
    const text = {
      cli: () => alarmsAsCli(alarms, actions, { shell: io.shell, region: options.region, profile: options.profile }),
      cloudformation: () => alarmsAsCloudFormation(alarms, actions),
      terraform: () => alarmsAsTerraform(alarms, actions),
    }[options.format as 'cli' | 'cloudformation' | 'terraform']();
    if (options.output === 'text') {
      await deliver(io, options, text);
      return exitCodes.ok;
    }
  }
  const applied = options.apply === true ? await applyAlarms(recommended.alarms, actions, options, io) : null;
  const heading = `${functionNameOf(mapping.FunctionArn) ?? uuid} ← ${mapping.Topics?.join(', ') ?? ''}: ${recommended.alarms.length} alarms`;
  await printAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? recommended.alarms.map(({ name }) => visible(name)).join('\n')
        : renderAlarms(recommended, heading, applied?.lines ?? [], io),
    json: () => toDocument(uuid, recommended, actions, applied),
  });
  return applied?.exitCode ?? exitCodes.ok;
}

const toDocument = (
  uuid: string,
  { alarms, missing }: RecommendedAlarms,
  actions: readonly string[],
  applied: AppliedAlarms | null,
): AlarmsDocument => ({
  uuid,
  changed: applied?.changed ?? 0,
  alarms: alarms.map((alarm) => ({
    name: alarm.name,
    description: alarm.description,
    call: { service: 'cloudwatch', operation: 'PutMetricAlarm', input: alarmInput(alarm, actions) },
    outcome: applied?.outcomes.get(alarm.name) ?? 'planned',
  })),
  missing,
});
