import { diagnose } from '../../diagnosis/diagnose.js';
import type { DoctorOptions } from '../commands/doctor.js';
import type { Call } from '../define.js';
import { giveAnswer } from '../answer.js';
import { exitCodeOf } from '../exit-codes.js';
import { readSource } from '../source.js';

/** Reads, judges, reports. */
export async function run({ args, options, io }: Call<DoctorOptions>): Promise<number> {
  const snapshot = await readSource(args, options, io);
  const diagnosis = diagnose(snapshot);
  await giveAnswer(io, options, { text: () => JSON.stringify(diagnosis.summary), json: () => diagnosis });
  return exitCodeOf(diagnosis.mappings.map((mapping) => mapping.verdict), options.failOn);
}
