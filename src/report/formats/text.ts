/** Text for people, as the command prints it. */
import type { Renderer } from './report.js';

export const render: Renderer = (report, style) => report.text(style);
