/** How a repair plan is shown: names of the mappings, colours, width. */
import { qualifiedNameOf } from '../../../aws/function-arn.js';
import type { Diagnosis } from '../../../diagnosis/diagnosis.js';
import type { RepairPlanStyle } from '../../../report/repair-plan-text.js';
import type { Io } from '../../io.js';
import type { DoctorOptions } from './options.js';

export function planStyle(
  { mappings, leftOut, region, names: resourceNames }: Diagnosis,
  { colour, columns, shell }: Io,
  { profile, dryRun, verbose }: DoctorOptions,
): RepairPlanStyle {
  const names = new Map(
    [...mappings, ...leftOut].map(({ uuid, functionArn, topic }) => [
      uuid,
      `${qualifiedNameOf(functionArn ?? undefined) ?? '?'} ← ${topic ?? '?'}`,
    ]),
  );
  return {
    colour,
    columns,
    shell,
    region,
    profile,
    showCalls: dryRun === true || verbose === true,
    names: resourceNames,
    mappingName: (uuid) => names.get(uuid) ?? uuid,
  };
}
