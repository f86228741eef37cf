/** Prints a command's answer in the requested format, to stdout or to a file. */
import { randomUUID } from 'node:crypto';
import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { toAscii } from '../text/symbols.js';
import { fileErrorReason } from '../text/file-errors.js';
import { toJsonPieces } from '../report/json.js';
import type { Io } from './io.js';
import { pausing } from './pause.js';
import type { OutputOptions } from './shared-options.js';
import { UsageError } from '../errors.js';

/**
 * A renderer for each format that the command declares, called only for the requested one. A value is a text, a text
 * in pieces, or a document as data.
 */
export type Renderings<Format extends string> = { readonly text: () => string | Iterable<string> } & {
  readonly [Other in Exclude<Format, 'text'>]: () => unknown;
};

/** The destination and format of an answer. */
type AnswerOptions<Format extends string> = Pick<OutputOptions<Format>, 'outputFile'> & {
  output: Format;
};

/** Prints the answer in the requested format. Throws `UsageError` where the file cannot be written. */
export async function printAnswer<Format extends string>(
  io: Io,
  options: AnswerOptions<Format>,
  renderings: Renderings<Format>,
): Promise<void> {
  const { json } = renderings as { json?: () => unknown };
  if (io.host !== undefined && json !== undefined)
    io.host.document(JSON.parse([...toJsonPieces(json() as object)].join('')));
  const answer = (renderings as Readonly<Record<string, () => unknown>>)[options.output]!();
  const isText = typeof answer === 'string' || isInPieces(answer);
  await printPieces(io, options, isText ? answer : toJsonPieces(answer as object));
}

/** A text, whole or in pieces, in the requested format. A whole one gets a final newline. */
export async function printPieces(
  io: Io,
  options: AnswerOptions<string>,
  answer: string | Iterable<string>,
): Promise<void> {
  const isAscii = io.ascii && options.output === 'text';
  if (typeof answer === 'string') await deliver(io, options, isAscii ? toAscii(answer) : answer);
  else await deliverPieces(io, options, isAscii ? piecesInAscii(answer) : answer);
}

function* piecesInAscii(pieces: Iterable<string>): Generator<string> {
  for (const piece of pieces) yield toAscii(piece);
}

const isInPieces = (answer: unknown): answer is Iterable<string> =>
  typeof answer === 'object' && answer !== null && Symbol.iterator in answer;

/** Prints the document of a failed command: for scripts only, because people read the reason on stderr. */
export async function printUnread(
  io: Io,
  { output, outputFile }: AnswerOptions<string>,
  document: unknown,
): Promise<void> {
  io.host?.document(document);
  if (output === 'json') await printAnswer(io, { output, outputFile }, { text: () => '', json: () => document });
}

/** Text to stdout, or to the file of `--output-file`; always with a final newline. */
export const deliver = (io: Io, options: Pick<OutputOptions, 'outputFile'>, text: string): Promise<void> =>
  deliverPieces(io, options, [text === '' || text.endsWith('\n') ? text : `${text}\n`]);

async function deliverPieces(
  io: Io,
  { outputFile }: Pick<OutputOptions, 'outputFile'>,
  pieces: Iterable<string>,
): Promise<void> {
  if (outputFile !== undefined) return writeWhole(outputFile, pieces, io.signal);
  const pause = pausing(io.signal);
  for (const piece of pieces) {
    // For a slow reader, the next piece is not computed before this one is written.
    if (piece !== '' && io.stdout.write(piece) === false)
      await new Promise<void>((done) => io.stdout.write('', () => done()));
    await pause();
  }
}

/**
 * Writes a temporary file and renames it, so that a reader never sees half a file. A link is followed. A target that
 * is not a regular file (`/dev/null`, a pipe) is written directly, because a rename would replace it with a file.
 * `signal`: while pieces are computed. Rejects with its reason, and leaves the file as it was.
 */
export async function writeWhole(
  path: string,
  content: string | Iterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  const text = typeof content === 'string' || signal === undefined ? content : inChunks(content, signal);
  try {
    const existing = await stat(path).catch(() => undefined);
    if (existing === undefined || existing.isFile())
      await replaceFile(existing === undefined ? path : await realpath(path), text, existing?.mode);
    else await writeFile(path, text);
  } catch (error) {
    // An error of the file system has a code; any other one is of the content, or an interruption.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new UsageError(`cannot write ${path}: ${fileErrorReason(error)}`, undefined, { cause: error });
  }
}

const fullChunk = 1 << 16;

/** Pieces joined to chunks that are worth a write, with pauses between the pieces. */
async function* inChunks(pieces: Iterable<string>, signal: AbortSignal): AsyncGenerator<string> {
  const pause = pausing(signal);
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    await pause();
    if (chunk.length < fullChunk) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/** Throws `UsageError` where `writeWhole` could not write the file. Changes nothing. */
export async function tryToWrite(path: string): Promise<void> {
  try {
    const existing = await stat(path).catch(() => undefined);
    if (existing !== undefined && !existing.isFile()) return;
    const draft = draftOf(existing === undefined ? path : await realpath(path));
    await writeFile(draft, '', { mode: 0o600 });
    await rm(draft);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${fileErrorReason(error)}`, undefined, { cause: error });
  }
}

const draftOf = (path: string): string => `${path}.${randomUUID()}.part`;

/** An existing file keeps its mode; a new one is readable by its owner only. */
async function replaceFile(
  path: string,
  text: string | Iterable<string> | AsyncIterable<string>,
  mode?: number,
): Promise<void> {
  const draft = draftOf(path);
  try {
    await writeFile(draft, text, { mode: 0o600 });
    if (mode !== undefined) await chmod(draft, mode & 0o7777);
    await rename(draft, path);
  } catch (error) {
    // Where a path component is a file, there is no temporary file to delete, and even trying is an error.
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
}
