/** Options of the commands whose result can be written in every format. */
import { InvalidArgumentError } from 'commander';
import { isReportFormat, reportFormats } from '../../report/formats/index.js';
import { outputOptionsIn } from '../shared-options.js';
import { option, type OptionsOf } from '../typed-option.js';
import type { Project } from './project.js';
import type { ReportFile } from './report-file.js';

const answer = { group: 'Output' } as const;

/** `sarif=lint.sarif`, after those given before. Throws commander's `InvalidArgumentError`. */
function parseReport(value: string, earlier: readonly ReportFile[] = []): ReportFile[] {
  const at = value.indexOf('=');
  const [format, file] = [value.slice(0, Math.max(0, at)), value.slice(at + 1)];
  if (!isReportFormat(format))
    throw new InvalidArgumentError(`Expected FORMAT=FILE, with a format of: ${reportFormats.join(', ')}.`);
  if (file.trim() === '') throw new InvalidArgumentError(`Expected a file after ${format}=.`);
  if (file === '-') throw new InvalidArgumentError(`For standard output, use --output ${format}.`);
  if (earlier.some((other) => other.file === file)) throw new InvalidArgumentError(`${file} is named twice.`);
  return [...earlier, { format, file }];
}

/** `--output` with all formats, and `--report`. */
export const reportOptions = (texts?: { quiet?: string; verbose?: string }) => [
  ...outputOptionsIn(reportFormats, texts),
  option('--report <format=file>', 'also write the result to a file; repeatable', { ...answer, parse: parseReport }),
  option('--short', 'with the format markdown: a few lines, for a chat message', answer),
  option('--open', 'open the result as a page in the browser; without --report html=FILE, a temporary file', answer),
];

/** Options of the commands that compare with a baseline. */
export const baselineOptions = () => [
  option('--baseline <file>', 'only findings that are not in this file fail (`msk-lambda baseline update` writes it)'),
];

/** Of the commands that read the configuration file. */
export const configOptions = () => [
  option('--config <file>', 'configuration file; default: .msk-lambda.yaml, up to the repository root'),
];

/** Values that the configuration file adds to the flags. */
export interface ProjectOptions {
  project?: Project | undefined;
}

export type ReportOptions = OptionsOf<typeof reportOptions> & ProjectOptions;
