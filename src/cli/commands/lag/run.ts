/** `lag`: the last hour of a mapping's lag, and what limits it. */
import { readMetrics } from '../../../account/read/metrics.js';
import { Reader } from '../../../account/reader.js';
import { functionNameOf } from '../../../aws/function-arn.js';
import { consumptionOf } from '../../../lag/measure-consumption.js';
import { limitOf } from '../../../lag/limiting-factor.js';
import { renderLag } from '../../../report/lag-text.js';
import { durationMetric } from '../../../snapshot/metrics.js';
import { valueOrNull } from '../../../subject/fact.js';
import { lagOf, lagSourcesOf } from '../../../subject/lag.js';
import { subjectOf } from '../../../subject/subject.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import { oneMapping } from '../../one-mapping.js';
import { openClients, readSource } from '../../open-account.js';
import { printAnswer } from '../../print-answer.js';
import type { LagOptions } from './options.js';

export async function run({ args: [target = ''], options, io }: Call<LagOptions>): Promise<number> {
  const { snapshot, trouble } = await readSource([target], options, io, { secretValues: false });
  if (trouble !== null) return exitCodes.cannotTell;
  const uuid = oneMapping(snapshot, target);
  const subject = subjectOf(snapshot, uuid);
  const mapping = valueOrNull(subject.mapping);
  if (mapping === null) {
    io.stderr.write(`error: the mapping ${uuid} could not be read\n`);
    return exitCodes.cannotTell;
  }
  const wanted = durationMetric(mapping.FunctionArn);
  if (options.snapshot === undefined && wanted !== null)
    await readMetrics(new Reader(await openClients(options, io)), snapshot, [wanted]);
  const metric = lagOf(lagSourcesOf(subject));
  const consumption = consumptionOf(subject, mapping, snapshot, metric);
  const topic = mapping.Topics?.[0] ?? '';
  const functionName = functionNameOf(mapping.FunctionArn) ?? '';
  const clusterArn = valueOrNull(subject.eventSource)?.arn ?? null;
  const answer = {
    uuid,
    now: metric?.values.at(-1) ?? null,
    series: (metric?.timestamps ?? []).map((at, index) => ({
      at: new Date(at).toISOString(),
      lag: metric!.values[index] ?? 0,
    })),
    partitions: consumption.partitions,
    limit: limitOf(consumption, { uuid, functionName, clusterArn, topic }),
  };
  await printAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? String(answer.now ?? 'unknown')
        : renderLag(answer, {
            ...io,
            name: `${functionName} ← ${topic}`,
            metric: metric?.name ?? null,
            isOnDemand: consumption.provisioned === null,
          }),
    json: () => answer,
  });
  return answer.now === null ? exitCodes.cannotTell : exitCodes.ok;
}
