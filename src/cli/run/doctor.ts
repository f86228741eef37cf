import { checks } from '../../checks/index.js';
import { diagnose } from '../../diagnosis/diagnose.js';
import { toDoctorDocument, toDoctorMapping } from '../../report/documents/doctor.js';
import { renderDoctor } from '../../report/doctor-text.js';
import { toJsonLine } from '../../report/json.js';
import { giveAnswer } from '../answer.js';
import { chooseChecks } from '../choose-checks.js';
import type { DoctorOptions } from '../commands/doctor.js';
import type { Call } from '../define.js';
import { exitCodeOf, exitCodes } from '../exit-codes.js';
import { readSource } from '../source.js';
import { tool } from '../version.js';

/** Reads, judges, reports. */
export async function run({ args, options, io }: Call<DoctorOptions>): Promise<number> {
  const chosen = chooseChecks(checks, options.check, options.skip);
  const { snapshot, trouble } = await readSource(args, options, io);
  const diagnosis = diagnose(snapshot, chosen);
  const verdicts = diagnosis.mappings.map((mapping) => mapping.verdict);
  await giveAnswer(io, options, {
    text: () => {
      if (options.quiet === true) return diagnosis.mappings.map(({ uuid, verdict, causes: [cause] }) => [uuid, verdict, cause?.check ?? '-'].join(' ')).join('\n');
      // Where AWS was not even asked, there is nothing to report beyond why.
      return trouble !== null && verdicts.every((verdict) => verdict === 'unknown') ? '' : renderDoctor(diagnosis, { ...io, verbose: options.verbose === true, profile: options.profile });
    },
    json: () => toDoctorDocument(diagnosis, tool),
    jsonl: () => diagnosis.mappings.map((mapping) => toJsonLine(toDoctorMapping(mapping))).join(''),
  });
  if (trouble !== null && verdicts.every((verdict) => verdict === 'unknown')) return exitCodes.cannotTell;
  return exitCodeOf(verdicts, options.failOn);
}
