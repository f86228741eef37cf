/** What `--report FORMAT=FILE` says. */
import type { ReportFormat } from '../../report/formats/index.js';

/** A file that receives the result in a format. */
export interface ReportFile {
  format: ReportFormat;
  file: string;
}
