/** JSON documents, one a line. */
import type { Renderer } from './report.js';

export const render: Renderer = (report) => report.jsonl();
