import { reportOfLint } from '../../../report/formats/from-lint.js';
import { renderLint } from '../../../report/lint-text.js';
import type { LintResult } from '../../../template/lint-result.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import { prepare } from '../../report-files/prepare.js';
import { printReport } from '../../report-files/print-report.js';
import { tool } from '../../version.js';
import { lintPaths } from './lint-paths.js';
import type { LintOptions } from './options.js';

export async function run(given: Call<LintOptions>): Promise<number> {
  const call = await prepare(given);
  const { options, io } = call;
  const { result, texts, live } = await lintPaths(call);
  const report = await printReport(
    io,
    options,
    reportOfLint(result, tool, ({ colour, columns, isAnswer }) =>
      isAnswer && options.quiet === true
        ? result.mappings
            .map(({ verdict, address, causes: [cause] }) => `${verdict} ${address} ${cause?.check ?? '-'}`)
            .join('\n')
        : renderLint(result, texts, { colour, columns, verbose: options.verbose === true }),
    ),
  );
  const failing = {
    fail: ['broken'],
    warn: ['broken', 'at-risk'],
    unknown: ['broken', 'at-risk', 'unknown'],
  }[options.failOn as 'fail' | 'warn' | 'unknown'];
  const failingStatuses = {
    fail: ['fail'],
    warn: ['fail', 'warn'],
    unknown: ['fail', 'warn', 'unknown'],
  }[options.failOn as 'fail' | 'warn' | 'unknown'];
  const fails =
    report.findings.some(
      ({ status, suppression, isKnown }) => failingStatuses.includes(status) && suppression === null && !isKnown,
    ) || report.mappings.some(({ verdict, isKnown }) => failing.includes(verdict) && !isKnown);
  if (live !== null && live.trouble !== null) return exitCodes.cannotTell;
  if (fails) return exitCodes.problem;
  const missing = live === null ? [] : missingActionsOf(result);
  if (missing.length > 0) io.stderr.write(`Your credentials need: ${missing.join(', ')}\n`);
  return live !== null && hidesVerdict(result) ? exitCodes.cannotTell : exitCodes.ok;
}

/** The actions without which a check could not be decided. */
const missingActionsOf = ({ mappings }: LintResult): string[] => [
  ...new Set(mappings.flatMap(({ findings }) => findings.flatMap(({ missingActions }) => missingActions))),
];

/** Whether a mapping is undecided because AWS refused or failed a read. */
const hidesVerdict = ({ mappings }: LintResult): boolean =>
  mappings.some(
    ({ verdict, findings }) =>
      verdict === 'unknown' &&
      findings.some(({ status, missingActions }) => status === 'unknown' && missingActions.length > 0),
  );
