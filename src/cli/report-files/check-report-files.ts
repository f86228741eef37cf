/** The files of `--report`, checked before AWS is asked. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../../errors.js';
import { tryToWrite } from '../print-answer.js';
import type { ReportOptions } from './options.js';

/** Throws `UsageError` for a file that cannot be written, or would be written twice. */
export async function checkReportFiles({
  report: files = [],
  output,
  outputFile,
  short,
  baseline,
}: ReportOptions & { baseline?: string }): Promise<void> {
  if (short === true && ![output, ...files.map(({ format }) => format)].includes('markdown'))
    throw new UsageError('--short goes with the format markdown', 'For example --output markdown --short.');
  const named = new Map(baseline === undefined ? [] : [[resolve(baseline), '--baseline']]);
  if (outputFile !== undefined) named.set(resolve(outputFile), '--output-file');
  for (const { format, file } of files) {
    const name = `the report ${format}`;
    const other = named.get(resolve(file));
    if (other !== undefined) throw new UsageError(`${other} and ${name} both name ${file}`);
    named.set(resolve(file), name);
  }
  for (const file of [...(outputFile === undefined ? [] : [outputFile]), ...files.map((each) => each.file)]) {
    const existing = await stat(file).catch(() => undefined);
    if (existing?.isDirectory() === true) throw new UsageError(`cannot write ${file}: it is a folder`);
    await tryToWrite(file);
  }
}
