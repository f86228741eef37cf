/** The JSON document of the command. */
import { toJsonPieces } from '../json.js';
import type { Renderer } from './report.js';

export const render: Renderer = (report) => {
  const document = report.json();
  return isInPieces(document) ? document : toJsonPieces(document);
};

const isInPieces = (document: object): document is Iterable<string> => Symbol.iterator in document;
