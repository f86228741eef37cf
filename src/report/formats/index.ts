/** The formats of a report. Each is a file with one `render`, loaded when it is needed. */
import type { Renderer } from './report.js';

const formats = {
  text: async () => (await import('./text.js')).render,
  json: async () => (await import('./json.js')).render,
  jsonl: async () => (await import('./jsonl.js')).render,
  sarif: async () => (await import('./sarif.js')).render,
  junit: async () => (await import('./junit.js')).render,
  markdown: async () => (await import('./markdown.js')).render,
  github: async () => (await import('./github.js')).render,
  html: async () => (await import('./html/index.js')).render,
} satisfies Record<string, () => Promise<Renderer>>;

export type ReportFormat = keyof typeof formats;
type OtherFormat = Exclude<ReportFormat, 'text'>;

/** In the order of the table; `text` is first. */
export const reportFormats = Object.keys(formats) as unknown as readonly ['text', ...OtherFormat[]];

export const isReportFormat = (name: string): name is ReportFormat => Object.hasOwn(formats, name);

export const loadRenderer = (format: ReportFormat): Promise<Renderer> => formats[format]();
