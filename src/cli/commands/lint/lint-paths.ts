/** Lints the files that a command line names. */
import type { Trouble } from '../../../account/failure.js';
import { templateCheckIds, templateChecks } from '../../../catalogue/template-checks.js';
import { checks } from '../../../checks/index.js';
import { UsageError } from '../../../errors.js';
import type { LintResult } from '../../../template/lint-result.js';
import { lint, readForLint, type LintRequest } from '../../../template/lint.js';
import type { TerraformPlan } from '../../../template/terraform/read-terraform.js';
import { TemplateError } from '../../../template/resource.js';
import { undeclaredParameters } from '../../../template/undeclared-parameters.js';
import { visible } from '../../../text/visible.js';
import { loadSnapshot } from '../../load-snapshot.js';
import type { Call } from '../../define-command.js';
import type { Io } from '../../io.js';
import { readStdin } from '../../read-stdin.js';
import { tool } from '../../version.js';
import { chooseChecks } from '../doctor/choose-checks.js';
import type { LintOptions } from './options.js';
import { readParameters } from './parameters.js';
import { besideReader, mostBytes, readInput, readText, type LintInput } from './read-input.js';

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
  const input: LintInput =
    paths.length === 0 && options.plan !== undefined
      ? { sources: [], region: undefined, account: undefined, plan: null }
      : await readInput(paths, options.format, io).catch(asUsageError);
  const { sources, region, account } = input;
  const plan = await readPlan(options, args, input, io);
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
  const { read, result } = orUsageError(() => {
    const given = { ...request, standing };
    const templates = live?.read ?? readForLint(given);
    return { read: templates, result: lint(live === null ? given : { ...given, tags: live.tags }, templates) };
  });
  const undeclared = undeclaredParameters(Object.keys(request.parameters), read.templates);
  if (undeclared !== null) io.stderr.write(`warning: ${visible(undeclared)}\n`);
  const texts = new Map([...request.sources, ...(plan === null ? [] : [plan])].map(({ path, text }) => [path, text]));
  return { result, texts, live };
}

/** The plan of `--plan`, or the one among the files, with the folder of its configuration. Throws `UsageError`. */
async function readPlan(
  { plan: path, dir }: LintOptions,
  args: readonly string[],
  { plan: found }: LintInput,
  io: Io,
): Promise<TerraformPlan | null> {
  if (path !== undefined && found !== null)
    throw new UsageError(`${path} and ${found.path} are both Terraform plans`, 'Check one plan at a time.');
  const folder = dir ?? args.find((arg) => arg !== found?.path) ?? null;
  if (path === undefined) return found === null ? null : { ...found, folder };
  const tooLong = 'standard input is too long for a plan';
  return { path, text: path === '-' ? await readStdin(io, tooLong, mostBytes) : readText(path), folder };
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
