/** What a project has agreed on: its configuration file and the baseline, read before AWS is asked. */
import { ownCommand } from '../../fixes/own-command.js';
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { checkIds } from '../../catalogue/check-ids.js';
import { templateCheckIds } from '../../catalogue/template-checks.js';
import type { Baseline } from '../../config/baseline.js';
import { parseProjectConfig, type ProjectConfig } from '../../config/project-config.js';
import { UsageError } from '../../errors.js';
import { baselineSchema } from '../../report/documents/baseline.js';
import { reportFormats, type ReportFormat } from '../../report/formats/index.js';
import { whyUnreadable } from '../../text/file-errors.js';
import type { ReportFile } from './report-file.js';

export interface Project {
  config: ProjectConfig | null;
  /** Files of reports that the configuration names. Throws `UsageError` for one outside its folder. */
  reports(): ReportFile[];
  baseline: Baseline | null;
}

/** Throws `UsageError` for a file that cannot be read or is not valid. */
export function readProject(configFile: string | null, baselineFile: string | undefined, folder: string): Project {
  const config =
    configFile === null
      ? null
      : parseProjectConfig(textOf(configFile), nameOf(configFile, folder), {
          formats: reportFormats,
          checks: [...checkIds, ...templateCheckIds],
        });
  return {
    config,
    reports: () => (config === null ? [] : reportsOf(config, dirname(resolve(configFile!)))),
    baseline: baselineFile === undefined ? null : readBaseline(baselineFile),
  };
}

/** One that was found is named relative to the folder; one that was given, as it was given. */
const nameOf = (file: string, folder: string): string => (isAbsolute(file) ? relative(folder, file) : file);

/** A configuration file can come from a stranger’s branch: it writes below its folder only. */
const reportsOf = ({ report, file: config }: ProjectConfig, folder: string): ReportFile[] =>
  Object.entries(report).map(([format, file]) => {
    if (isAbsolute(file) || relative(folder, join(folder, file)).startsWith('..'))
      throw new UsageError(`${config}: the report ${file} is outside the folder of the configuration file`);
    return { format: format as ReportFormat, file: join(folder, file) };
  });

/** Throws `UsageError` for a file that is missing, or is no baseline. */
export function readBaseline(
  file: string,
  hint = `Write it with \`${ownCommand('baseline', 'update', file)}\`.`,
): Baseline {
  let parsed: unknown;
  try {
    parsed = JSON.parse(textOf(file, hint));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${file} is not JSON`, hint, { cause: error });
  }
  const result = baselineSchema.safeParse(parsed);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UsageError(
    `${file} is not a baseline: ${issue?.path.join('.') || 'the document'} is not as expected`,
    hint,
  );
}

function textOf(file: string, hint?: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UsageError(whyUnreadable(file, error), hint, { cause: error });
  }
}
