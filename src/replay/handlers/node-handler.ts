/** A handler of Node, in a child process: it cannot end or block this program. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../../errors.js';
import { visible } from '../../text/visible.js';
import type { CallFunction } from '../poll.js';
import type { Handler, HandlerSettings } from './handler.js';
import { timedOut } from './handler.js';
import { childMain, type FromChild, type ToChild } from './node-child.js';

/** Milliseconds for loading the file: the time that Lambda gives a function to initialise, with a margin for slow disks. */
const loadTime = 30_000;

/** Node’s refusal of a file that it cannot run (Node: ERR_UNKNOWN_FILE_EXTENSION). */
const isTypeScript = /^TypeError: Unknown file extension "\.[cm]?tsx?"/;

type ChildAnswer = FromChild | { kind: 'exit'; because: string } | { kind: 'timeout' };

/** Loads the handler. Throws `UsageError` where that fails. */
export async function openNodeHandler(
  { file, name }: { file: string; name: string },
  settings: HandlerSettings,
): Promise<Handler> {
  let child: ChildProcess | null = null;
  const start = async (): Promise<ChildProcess> => {
    const started = spawn(process.execPath, ['--enable-source-maps', '--eval', program()], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Interrupted by this program, which reports what was done.
      detached: true,
    });
    started.on('error', () => {});
    for (const stream of [started.stdout, started.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => settings.log(text));
    const loaded = await ask(started, { kind: 'load', url: pathToFileURL(file).href, name }, loadTime, settings.signal);
    if (loaded.kind === 'ready') return (child = started);
    stop(started);
    settings.signal.throwIfAborted();
    const because =
      loaded.kind === 'error' || loaded.kind === 'exit'
        ? 'because' in loaded
          ? loaded.because
          : loaded.error
        : 'it does not finish loading';
    throw new UsageError(
      `the handler ${visible(`${file}#${name}`)} cannot be used: ${visible(because)}`,
      isTypeScript.test(because) ? 'Give the JavaScript file that it is compiled to.' : undefined,
    );
  };
  await start();
  const call: CallFunction = async (event) => {
    const running = child ?? (await start());
    const begin = performance.now();
    const answer = await ask(
      running,
      {
        kind: 'call',
        event,
        functionName: settings.functionName,
        requestId: randomUUID(),
        deadline: Date.now() + settings.timeout * 1000,
      },
      settings.timeout * 1000,
      settings.signal,
    );
    const ms = performance.now() - begin;
    settings.signal.throwIfAborted();
    if (answer.kind === 'done') return { returned: JSON.parse(answer.response) as unknown, ms };
    if (answer.kind === 'error') {
      // After an uncaught error the process ends, and the next call begins in a new one.
      if (answer.isLast === true) {
        child = null;
        stop(running);
      }
      return { error: answer.error, ms };
    }
    child = null;
    stop(running);
    return { error: answer.kind === 'exit' ? answer.because : timedOut(settings.timeout), ms };
  };
  return { call, close: () => void (child !== null && stop(child)) };
}

/** The import is part of the text, because bundlers and test runners rewrite those in functions. */
const program = (): string => `(${childMain.toString()})((url) => import(url))`;

function ask(child: ChildProcess, message: ToChild, ms: number, signal: AbortSignal): Promise<ChildAnswer> {
  return new Promise((resolve) => {
    const settle = (answer: ChildAnswer): void => {
      clearTimeout(timer);
      child.removeListener('message', onMessage);
      child.removeListener('exit', onExit);
      signal.removeEventListener('abort', onAbort);
      resolve(answer);
    };
    const onMessage = (answer: unknown): void => {
      // Handlers may send messages of their own.
      if (isAnswer(answer)) settle(answer);
    };
    const onExit = (code: number | null, by: NodeJS.Signals | null): void =>
      settle({
        kind: 'exit',
        because: `Runtime.ExitError: the process of the handler ended with ${by ?? `exit code ${code}`}`,
      });
    const onAbort = (): void => {
      stop(child);
      settle({ kind: 'timeout' });
    };
    const timer = setTimeout(() => settle({ kind: 'timeout' }), ms);
    child.on('message', onMessage);
    child.on('exit', onExit);
    signal.addEventListener('abort', onAbort, { once: true });
    if (child.exitCode !== null || child.signalCode !== null) onExit(child.exitCode, child.signalCode);
    else if (signal.aborted) onAbort();
    else child.send(message, (error) => void (error !== null && onExit(child.exitCode, child.signalCode)));
  });
}

function isAnswer(message: unknown): message is FromChild {
  const { kind, response, error } = (message ?? {}) as Record<string, unknown>;
  return (
    kind === 'ready' ||
    (kind === 'done' && typeof response === 'string') ||
    (kind === 'error' && typeof error === 'string')
  );
}

/** Ends the child and what it started. */
export function stop(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended already.
  }
}
