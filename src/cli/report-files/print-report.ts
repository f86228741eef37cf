/** Prints the result of a command in the format of `--output`, and writes the files of `--report`. */
import { loadRenderer } from '../../report/formats/index.js';
import type { Report } from '../../report/formats/report.js';
import { UsageError } from '../../errors.js';
import { visible } from '../../text/visible.js';
import type { Io } from '../io.js';
import { plainColumns } from '../io.js';
import { printPieces, writeWhole } from '../print-answer.js';
import { repositoryOf } from './repository.js';
import type { ReportOptions } from './options.js';

/** Returns the report as it is printed, compared with the baseline. Throws `UsageError` where a file cannot be written. */
export async function printReport(io: Io, options: ReportOptions, result: Report): Promise<Report> {
  const report = await compared(result, options);
  const shared = { isShort: options.short === true, folder: io.folder, root: repositoryOf(io.folder) ?? io.folder };
  const render = await loadRenderer(options.output);
  const pieces = render(report, { ...io, isAnswer: true, isBare: options.quiet === true, ...shared });
  if (io.host !== undefined) {
    const json = (await loadRenderer('json'))(report, { ...io, isAnswer: true, ...shared });
    io.host.document(JSON.parse(typeof json === 'string' ? json : [...json].join('')));
  }
  await printPieces(io, options, pieces);
  if (options.report === undefined && options.open !== true) return report;
  const { Chalk } = await import('chalk');
  const style = { colour: new Chalk({ level: 0 }), columns: plainColumns, isAnswer: false, ...shared };
  for (const { format, file } of options.report ?? []) {
    const renderFile = await loadRenderer(format);
    await writeWhole(file, ended(renderFile(report, style)), io.signal);
  }
  if (options.open === true) {
    const { openPage } = await import('./open-page.js');
    const renderPage = await loadRenderer('html');
    await openPage(options, io, () => renderPage(report, style));
  }
  return report;
}

async function compared(report: Report, { project }: ReportOptions): Promise<Report> {
  const { command } = report;
  if (project?.baseline == null || (command !== 'doctor' && command !== 'lint')) return report;
  const section = project.baseline[command] ?? { subjects: [], findings: [] };
  const { account = report.account } = section;
  if (account !== null && report.account !== null && account !== report.account)
    throw new UsageError(
      `the baseline is of account ${visible(account)}, and this is account ${report.account}`,
      'Name the baseline of this account, or write one with `msk-lambda baseline update FILE`.',
    );
  const { comparedWith } = await import('../../report/formats/known.js');
  return comparedWith(report, section);
}

/** With a final newline. */
function* ended(text: string | Iterable<string>): Generator<string> {
  let last = '\n';
  for (const piece of typeof text === 'string' ? [text] : text) {
    if (piece !== '') last = piece;
    yield piece;
  }
  if (!last.endsWith('\n')) yield '\n';
}
