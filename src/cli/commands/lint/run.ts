import { reportOfLint } from '../../../report/formats/from-lint.js';
import { renderLint } from '../../../report/lint-text.js';
import type { Report } from '../../../report/formats/report.js';
import type { LintMapping, LintResult } from '../../../template/lint-result.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import { prepare } from '../../report-files/prepare.js';
import { printReport } from '../../report-files/print-report.js';
import { tool } from '../../version.js';
import { lintPaths } from './lint-paths.js';
import type { LintOptions } from './options.js';

export async function run(given: Call<LintOptions>): Promise<number> {
  const call = await prepare(given, { reports: true, templates: true });
  const { options, io } = call;
  const { result, texts, live } = await lintPaths(call);
  const text: Report['text'] = ({ colour, columns, isAnswer }) =>
    isAnswer && options.quiet === true
      ? result.mappings
          .map(({ verdict, address, causes: [cause] }) => `${verdict} ${address} ${cause?.check ?? '-'}`)
          .join('\n')
      : renderLint(result, texts, { colour, columns, verbose: options.verbose === true });
  const trouble = live === null ? [] : live.trouble === null ? hiddenVerdicts(result) : [live.trouble.sentence];
  const report = await printReport(io, options, reportOfLint(result, tool, text, trouble));
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
  return trouble.length > 0 ? exitCodes.cannotTell : exitCodes.ok;
}

/** The actions without which a check could not be decided. */
const missingActionsOf = ({ mappings }: LintResult): string[] => [
  ...new Set(mappings.flatMap(({ findings }) => findings.flatMap(({ missingActions }) => missingActions))),
];

/** A sentence where mappings are undecided because AWS refused or failed reads. */
function hiddenVerdicts({ mappings }: LintResult): string[] {
  const actionsOf = ({ verdict, findings }: LintMapping): string[] =>
    verdict === 'unknown'
      ? findings.flatMap(({ status, missingActions }) => (status === 'unknown' ? missingActions : []))
      : [];
  const hidden = mappings.filter((mapping) => actionsOf(mapping).length > 0);
  if (hidden.length === 0) return [];
  const actions = [...new Set(hidden.flatMap(actionsOf))].toSorted();
  return [
    `AWS did not answer what decides ${hidden.length} ${hidden.length === 1 ? 'mapping' : 'mappings'}: ${actions.join(', ')}`,
  ];
}
