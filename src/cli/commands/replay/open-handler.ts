/** The handler of a replay by its flags. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../../../errors.js';
import type { CallFunction } from '../../../replay/poll.js';
import type { Handler, HandlerSettings } from '../../../replay/handlers/handler.js';
import { whyUnreadable } from '../../../text/file-errors.js';
import { visible } from '../../../text/visible.js';
import type { Io } from '../../io.js';
import type { ReplayOptions } from './options.js';

/** Seconds for one call where no function says how long it may take. */
const defaultTimeout = 60;

/** A file and the name of its export. */
export interface HandlerFile {
  file: string;
  name: string;
}

/** Throws `UsageError` for a file that does not exist. */
export async function handlerFileOf(word: string): Promise<HandlerFile> {
  const at = word.lastIndexOf('#');
  const file = resolve(at === -1 ? word : word.slice(0, at));
  const name = at === -1 ? 'handler' : word.slice(at + 1);
  if (name === '') throw new UsageError(`--handler ${visible(word)} names no export`, 'Expected FILE#EXPORT.');
  try {
    if (!(await stat(file)).isFile())
      throw new UsageError(`--handler ${visible(word)}: not a file`, 'Expected FILE#EXPORT.');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(visible(whyUnreadable(file, error)), 'Expected --handler FILE#EXPORT.', { cause: error });
  }
  return { file, name };
}

interface HandlerContext {
  file: HandlerFile | null;
  functionName: string | null;
  functionTimeout: number | null;
  reportsItemFailures: boolean;
  /** Where the user named no handler; null: none is called. */
  fallback: { call: CallFunction; label: string } | null;
}

export type NamedHandler = Handler & { label: string };

/** Null without a handler. Throws `UsageError` for one that cannot be loaded. */
export async function openHandler(
  options: Pick<ReplayOptions, 'command' | 'functionTimeout'>,
  context: HandlerContext,
  io: Io,
): Promise<NamedHandler | null> {
  const settings: HandlerSettings = {
    functionName: context.functionName ?? 'function',
    timeout: options.functionTimeout ?? context.functionTimeout ?? defaultTimeout,
    log: (text) => void io.stderr.write(text),
    signal: io.signal,
  };
  if (context.file !== null) {
    const { openNodeHandler } = await import('../../../replay/handlers/node-handler.js');
    const handler = await openNodeHandler(context.file, settings);
    return { ...handler, label: `${context.file.file}#${context.file.name}` };
  }
  if (options.command !== undefined) {
    const { openCommandHandler } = await import('../../../replay/handlers/command-handler.js');
    const handler = openCommandHandler(options.command, { ...settings, readsResponse: context.reportsItemFailures });
    return { ...handler, label: options.command };
  }
  return context.fallback === null ? null : { ...context.fallback, close() {} };
}
