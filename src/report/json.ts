/** Documents as JSON text: indented, and without a raw control character. */
import { escapeInJson } from './visible.js';

export const toJson = (document: unknown): string => `${escapeInJson(JSON.stringify(document, null, 2))}\n`;

/** One document a line. */
export const toJsonLine = (document: unknown): string => `${escapeInJson(JSON.stringify(document))}\n`;
