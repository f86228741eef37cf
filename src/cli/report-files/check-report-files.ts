/** The files of `--report`, checked before AWS is asked. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../../errors.js';
import { tryToWrite } from '../print-answer.js';
import type { ReportOptions } from './options.js';

/** Throws `UsageError` for a file that cannot be written. */
export async function checkReportFiles({
  report: files = [],
  output,
  outputFile,
  short,
}: ReportOptions): Promise<void> {
  if (short === true && ![output, ...files.map(({ format }) => format)].includes('markdown'))
    throw new UsageError('--short goes with the format markdown', 'For example --output markdown --short.');
  for (const { file } of files) {
    if (outputFile !== undefined && resolve(file) === resolve(outputFile))
      throw new UsageError(`--report and --output-file both name ${file}`);
    const existing = await stat(file).catch(() => undefined);
    if (existing?.isDirectory() === true) throw new UsageError(`cannot write ${file}: it is a folder`);
    await tryToWrite(file);
  }
}
