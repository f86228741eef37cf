import { templateCheckIds, templateChecks } from '../../../catalogue/template-checks.js';
import { checks } from '../../../checks/index.js';
import { UsageError } from '../../../errors.js';
import { toLintDocument } from '../../../report/documents/lint.js';
import { renderLint } from '../../../report/lint-text.js';
import { lint } from '../../../template/lint.js';
import { TemplateError } from '../../../template/resource.js';
import { loadSnapshot } from '../../load-snapshot.js';
import { exitCodes } from '../../exit-codes.js';
import type { Call } from '../../define-command.js';
import { printAnswer } from '../../print-answer.js';
import { tool } from '../../version.js';
import { chooseChecks } from '../doctor/choose-checks.js';
import type { LintOptions } from './options.js';
import { readParameters } from './parameters.js';
import { besideReader, readInput } from './read-input.js';

export async function run({ args, options, io }: Call<LintOptions>): Promise<number> {
  const { sources, region, account } = await readInput(args, options.format, io).catch(asUsageError);
  const standing = options.snapshot === undefined ? null : await loadSnapshot(options.snapshot);
  const chosen = new Set<string>(
    chooseChecks([...checks, ...templateChecks], options.check, options.skip).map(({ id }) => id),
  );
  const result = orUsageError(() =>
    lint({
      sources,
      parameters: {
        ...(options.parameters === undefined ? {} : readParameters(options.parameters)),
        ...options.parameter,
      },
      region: options.region ?? region,
      account: options.account ?? account,
      standing,
      readBeside: besideReader(args),
      checks: checks.filter(({ id }) => chosen.has(id)),
      templateChecks: templateCheckIds.filter((id) => chosen.has(id)),
      tool,
      now: new Date(),
    }),
  );
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  await printAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? result.mappings
            .map(({ verdict, address, causes: [cause] }) => `${verdict} ${address} ${cause?.check ?? '-'}`)
            .join('\n')
        : renderLint(result, texts, { ...io, verbose: options.verbose === true }),
    json: () => toLintDocument(result, tool),
  });
  const failing = {
    fail: ['broken'],
    warn: ['broken', 'at-risk'],
    unknown: ['broken', 'at-risk', 'unknown'],
  }[options.failOn as 'fail' | 'warn' | 'unknown'];
  const fails =
    result.findings.some(({ status }) => status === 'fail' || (status === 'warn' && options.failOn !== 'fail')) ||
    result.mappings.some(({ verdict }) => failing.includes(verdict));
  return fails ? exitCodes.problem : exitCodes.ok;
}

function orUsageError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    return asUsageError(error);
  }
}

/** A file that cannot be read in its format is named with line and column. */
function asUsageError(error: unknown): never {
  if (!(error instanceof TemplateError)) throw error;
  const { file, line, column } = error.location;
  throw new UsageError(`${file}:${line}:${column}: ${error.message}`, undefined, { cause: error });
}
