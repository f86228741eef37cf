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
import { besideReader, readInput, readText } from './read-input.js';

export async function run({ args, options, io }: Call<LintOptions>): Promise<number> {
  if (options.dir !== undefined && options.plan === undefined)
    throw new UsageError('--dir belongs to --plan', 'Name the folder as an argument: msk-lambda lint FOLDER');
  // A plan alone is enough.
  const paths = [...args, ...(options.dir === undefined ? [] : [options.dir])];
  const { sources, region, account } =
    paths.length === 0 && options.plan !== undefined
      ? { sources: [], region: undefined, account: undefined }
      : await readInput(paths, options.format, io).catch(asUsageError);
  const plan =
    options.plan === undefined
      ? null
      : { path: options.plan, text: readText(options.plan), folder: options.dir ?? args[0] ?? null };
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
      plan,
      readBeside: besideReader(paths),
      checks: checks.filter(({ id }) => chosen.has(id)),
      templateChecks: templateCheckIds.filter((id) => chosen.has(id)),
      tool,
      now: new Date(),
    }),
  );
  const texts = new Map([...sources, ...(plan === null ? [] : [plan])].map(({ path, text }) => [path, text]));
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
