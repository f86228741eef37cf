import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checks } from '../../../../checks/index.js';
import type { Baseline } from '../../../../config/baseline.js';
import { UsageError } from '../../../../errors.js';
import { mappingsOfDiagnosis } from '../../../../report/formats/from-doctor.js';
import { reportOfLint } from '../../../../report/formats/from-lint.js';
import { baselineOf } from '../../../../report/formats/known.js';
import type { Report } from '../../../../report/formats/report.js';
import { toJson } from '../../../../report/json.js';
import { visible } from '../../../../text/visible.js';
import type { Call } from '../../../define-command.js';
import { exitCodes } from '../../../exit-codes.js';
import { readSource } from '../../../open-account.js';
import { printAnswer, tryToWrite, writeWhole } from '../../../print-answer.js';
import { prepare, targetsOf } from '../../../report-files/prepare.js';
import { readBaseline } from '../../../report-files/project.js';
import { tool } from '../../../version.js';
import { chooseChecks } from '../../doctor/choose-checks.js';
import { diagnoseAccount } from '../../doctor/diagnose-account.js';
import { lintPaths } from '../../lint/lint-paths.js';
import type { BaselineUpdateOptions } from './options.js';

type UpdateCall = Call<BaselineUpdateOptions>;

export async function run(given: UpdateCall): Promise<number> {
  const [file = '', ...targets] = given.args;
  if (file === '-')
    throw new UsageError(
      'a baseline cannot be written to standard output',
      'Name a file: msk-lambda baseline update baseline.json',
    );
  const call = await prepare(
    { ...given, args: targets },
    { reports: false, templates: given.options.lint !== undefined },
  );
  const { options, io } = call;
  if (options.lint !== undefined && targets.length > 0)
    throw new UsageError('--lint takes no target', 'Name the templates with --lint, and no mapping.');
  const hint = 'Nothing was written. Move the file away, or name another one.';
  const earlier: Baseline = existsSync(file) ? readBaseline(file, hint) : { schemaVersion: 1 };
  await tryToWrite(file);
  const command = options.lint === undefined ? 'doctor' : 'lint';
  const report = await (options.lint === undefined ? reportOfAccount(call) : reportOfTemplates(call, options.lint));
  // The trouble is on stderr already.
  if (report === null) return exitCodes.cannotTell;
  const section = baselineOf(report);
  const updated: Baseline = { ...earlier, [command]: section };
  const { doctor, lint } = updated;
  await writeWhole(
    file,
    toJson({ schemaVersion: 1, ...(doctor === undefined ? {} : { doctor }), ...(lint === undefined ? {} : { lint }) }),
  );
  const [mappings, findings] = [section.subjects.length, section.findings.length];
  await printAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? ''
        : `${visible(file)}: ${counted(findings, 'known finding')}, ${counted(mappings, 'mapping')} not healthy`,
    json: () => ({ schemaVersion: 1, file: resolve(file), command, mappings, findings }),
  });
  return exitCodes.ok;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Null where AWS could not be read. */
async function reportOfAccount(call: UpdateCall): Promise<Pick<Report, 'account' | 'mappings' | 'findings'> | null> {
  const { options, io } = call;
  const targets = targetsOf(call);
  const chosen = chooseChecks(checks, options.check, options.skip);
  const { snapshot, trouble } = await readSource(targets, options, io, { nameLeftOut: true });
  if (trouble !== null) return null;
  const diagnosis = await diagnoseAccount(snapshot, chosen, { options, io, isWhole: targets.length === 0 });
  return { account: diagnosis.account, mappings: mappingsOfDiagnosis(diagnosis), findings: [] };
}

async function reportOfTemplates({ options, io }: UpdateCall, paths: readonly string[]) {
  const { result } = await lintPaths({
    args: [...paths],
    io,
    options: { ...options, output: 'text', failOn: 'fail' },
  });
  return reportOfLint(result, tool, () => '');
}
