/** Adds the configuration file to the flags, and checks files before AWS is asked. What is not used is not loaded. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Call } from '../define-command.js';
import type { ProjectOptions } from './options.js';
import type { ReportFile } from './report-file.js';
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

/** The call with what the project says where flags do not. Throws `UsageError` for a bad file. */
export async function prepare<Options extends Preparable>(call: Call<Options>): Promise<Call<Options>> {
  const { options, io } = call;
  if (options.open === true) (await import('./open-page.js')).refuseToOpen(options, io);
  const config = options.config ?? findConfig(io.folder);
  if (config === null && options.baseline === undefined && options.report === undefined && options.short !== true)
    return call;
  const { readProject } = await import('./project.js');
  const project = readProject(config, options.baseline, io.folder);
  const { checks = [], skip = [] } = project.config ?? {};
  const given = options.report ?? [];
  // A host reads only: a file of the project does not make it write others.
  const agreed = io.host === undefined ? project.reports : [];
  const report = [...given, ...agreed.filter(({ format }) => !given.some((other) => other.format === format))];
  const prepared: Options = {
    ...options,
    project,
    ...(report.length === 0 ? {} : { report }),
    ...(checks.length === 0 ? {} : { check: options.check ?? checks }),
    ...(skip.length === 0 ? {} : { skip: options.skip ?? skip }),
  };
  const { checkReportFiles } = await import('./check-report-files.js');
  await checkReportFiles(prepared as never);
  return { ...call, options: prepared };
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
