/** Lints the files that a command line names. */
import type { Trouble } from '../../../account/failure.js';
import { templateCheckIds, templateChecks } from '../../../catalogue/template-checks.js';
import { checks } from '../../../checks/index.js';
import { UsageError } from '../../../errors.js';
import type { LintResult } from '../../../template/lint-result.js';
import { lint, type LintRequest } from '../../../template/lint.js';
import { TemplateError } from '../../../template/resource.js';
import { loadSnapshot } from '../../load-snapshot.js';
import type { Call } from '../../define-command.js';
import { tool } from '../../version.js';
import { chooseChecks } from '../doctor/choose-checks.js';
import type { LintOptions } from './options.js';
import { readParameters } from './parameters.js';
import { besideReader, readInput, readText } from './read-input.js';

export interface LintedPaths {
  result: LintResult;
  /** The text of each file. */
  texts: Map<string, string>;
  /** With `--live`: why AWS could not be read, or null. Null without it. */
  live: { trouble: Trouble | null } | null;
}

/** Throws `UsageError` for a file that cannot be read in its format. */
export async function lintPaths({ args, options, io }: Call<LintOptions>): Promise<LintedPaths> {
  if (options.dir !== undefined && options.plan === undefined)
    throw new UsageError('--dir belongs to --plan', 'Name the folder as an argument: msk-lambda lint FOLDER');
  refuseAccountWithoutLive(options);
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
  const chosen = new Set<string>(
    chooseChecks([...checks, ...templateChecks], options.check, options.skip).map(({ id }) => id),
  );
  const variableFiles =
    options.parameters !== undefined && /\.tfvars(?:\.json)?$/.test(options.parameters) ? [options.parameters] : [];
  const request: Omit<LintRequest, 'standing'> = {
    sources: [
      ...sources,
      ...variableFiles.map((path) => ({ path, text: readText(path), format: 'terraform' as const })),
    ],
    variableFiles,
    parameters: {
      ...(options.parameters === undefined || variableFiles.length > 0 ? {} : readParameters(options.parameters)),
      ...options.parameter,
    },
    region: options.region ?? region,
    account: options.account ?? account,
    plan,
    readBeside: besideReader(paths),
    checks: checks.filter(({ id }) => chosen.has(id)),
    templateChecks: templateCheckIds.filter((id) => chosen.has(id)),
    accepted: options.project?.config ?? undefined,
    tool,
    now: new Date(),
  };
  const live =
    options.live === true
      ? await import('./read-live.js').then(({ readLive }) => readLive(request, options, io)).catch(asUsageError)
      : null;
  const standing = live?.standing ?? (options.snapshot === undefined ? null : await loadSnapshot(options.snapshot));
  const result = orUsageError(() =>
    live === null
      ? lint({ ...request, standing })
      : lint({ ...request, standing, tags: live.tags, account: request.account }, live.read),
  );
  const texts = new Map([...request.sources, ...(plan === null ? [] : [plan])].map(({ path, text }) => [path, text]));
  return { result, texts, live };
}

/** Throws `UsageError` for a flag about the account, which is read with `--live` only. */
function refuseAccountWithoutLive(options: LintOptions): void {
  const flags = {
    profile: '--profile',
    endpointUrl: '--endpoint-url',
    sandbox: '--sandbox',
    debug: '--debug',
  } as const;
  for (const [name, flag] of Object.entries(flags))
    if (options.live !== true && options[name as keyof typeof flags] !== undefined)
      throw new UsageError(`${flag} goes with --live`);
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
