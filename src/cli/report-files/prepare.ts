/** Adds the configuration file to the flags, and checks files before AWS is asked. What is not used is not loaded. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { checkIds } from '../../catalogue/check-ids.js';
import { fitsCheckPattern } from '../../config/check-pattern.js';
import { UsageError } from '../../errors.js';
import type { Call } from '../define-command.js';
import type { ProjectOptions } from './options.js';
import type { ReportFile } from './report-file.js';
import type { Project } from './project.js';
import { repositoryOf } from './repository.js';

interface Preparable extends ProjectOptions {
  output: string;
  outputFile?: string;
  report?: ReportFile[];
  short?: true;
  open?: true;
  config?: string;
  baseline?: string;
  check?: string[];
  skip?: string[];
}

/** Flags about files that are checked first. */
const writes = ['report', 'short', 'outputFile'] as const;

/** What a command takes from the configuration file besides suppressions. */
interface Uses {
  /** The format of the result and the files of reports. */
  reports: boolean;
  /** Checks of templates; otherwise patterns for them count for nothing. */
  templates: boolean;
}

/** The call with what the project says where flags do not. Throws `UsageError` for a bad file. */
export async function prepare<Options extends Preparable>(call: Call<Options>, uses: Uses): Promise<Call<Options>> {
  const { options, io, given: flags = new Set() } = call;
  if (options.open === true) (await import('./open-page.js')).refuseToOpen(options, io);
  const config = options.config ?? findConfig(io.folder);
  if (config === null && writes.every((name) => options[name] === undefined) && options.baseline === undefined)
    return call;
  const { readProject } = await import('./project.js');
  const project = readProject(config, options.baseline, io.folder);
  const check = options.check ?? patternsOf(project, 'checks', uses);
  const skip = options.skip ?? patternsOf(project, 'skip', uses);
  const given = options.report ?? [];
  // A host reads only text, and a file of the project does not make it write others.
  const hasReports = uses.reports && io.host === undefined;
  const agreed = hasReports ? project.reports() : [];
  // These flags are about text.
  const isOwn = flags.has('output') || flags.has('quiet') || flags.has('planFormat');
  const output = hasReports && !isOwn ? (project.config?.output ?? null) : null;
  const report = [...given, ...agreed.filter(({ format }) => !given.some((other) => other.format === format))];
  const prepared: Options = {
    ...options,
    project,
    ...(output === null ? {} : { output }),
    ...(report.length === 0 ? {} : { report }),
    ...(check === null ? {} : { check }),
    ...(skip === null ? {} : { skip }),
  };
  const { checkReportFiles } = await import('./check-report-files.js');
  await checkReportFiles(prepared as never);
  return { ...call, options: prepared };
}

/** Null where the file has none for the command. Throws `UsageError` where its `checks` are all of templates. */
function patternsOf({ config }: Project, key: 'checks' | 'skip', { templates }: Uses): string[] | null {
  const all = config?.[key] ?? [];
  const patterns = templates ? all : all.filter((pattern) => checkIds.some((id) => fitsCheckPattern(pattern, id)));
  if (key === 'checks' && all.length > 0 && patterns.length === 0)
    throw new UsageError(`${config!.file}: checks has only checks of templates`, 'Name other checks with --check.');
  return patterns.length === 0 ? null : patterns;
}

/** The targets of the command line, or those of the configuration file. */
export const targetsOf = ({ args, options }: Call<ProjectOptions>): string[] =>
  args.length > 0 ? args : (options.project?.config?.targets ?? []);

/** Upwards from the folder to the root of the repository; outside a repository, only in the folder itself. */
function findConfig(folder: string): string | null {
  const root = repositoryOf(folder) ?? resolve(folder);
  for (let path = resolve(folder); ; path = dirname(path)) {
    const file = join(path, '.msk-lambda.yaml');
    if (existsSync(file)) return file;
    if (path === root || dirname(path) === path) return null;
  }
}
