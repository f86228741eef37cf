/** A handler in any language: a command that reads the event on standard input and writes the response on standard output. */
import { spawn } from 'node:child_process';
import { UsageError } from '../../errors.js';
import { visible } from '../../text/visible.js';
import type { Handler, HandlerSettings } from './handler.js';
import { timedOut } from './handler.js';
import { stop } from './node-handler.js';

/** Bytes of a response (AWS: Lambda quotas). */
const largestResponse = 6 * 1024 * 1024;
/** Characters of standard error that are kept for the reason of a failure. */
const keptText = 4000;

/** Exit codes of the shell for a command that does not exist and for one that it may not run (POSIX). */
const [notFound, notExecutable] = [127, 126];

/** One process for each call, run by the shell; rejects with `UsageError` where the shell cannot start it. A response that is not JSON is a failure only where Lambda reads responses. */
export function openCommandHandler(
  command: string,
  { readsResponse, ...settings }: HandlerSettings & { readsResponse: boolean },
): Handler {
  // Later, such an exit code is that of a command within the handler.
  let isFirst = true;
  return {
    close() {},
    call: (event) =>
      new Promise((resolve, reject) => {
        const begin = performance.now();
        const child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
        const output: Buffer[] = [];
        let [size, errors, failure] = [0, '', null as string | null];
        const fail = (because: string): void => {
          failure ??= because;
          stop(child);
        };
        const timer = setTimeout(() => fail(timedOut(settings.timeout)), settings.timeout * 1000);
        const onAbort = (): void => fail('interrupted');
        settings.signal.addEventListener('abort', onAbort, { once: true });
        if (settings.signal.aborted) onAbort();
        child.on('error', (error) => (failure ??= error.message));
        child.stdout.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > largestResponse) fail('the response is larger than 6 MB');
          else output.push(chunk);
        });
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          errors = (errors + text).slice(-keptText);
          settings.log(text);
        });
        // A command need not read its input.
        child.stdin.on('error', () => {});
        child.stdin.end(JSON.stringify(event));
        child.on('close', (code, by) => {
          clearTimeout(timer);
          settings.signal.removeEventListener('abort', onAbort);
          const ms = performance.now() - begin;
          if (settings.signal.aborted) return reject(settings.signal.reason as Error);
          if (failure !== null) return resolve({ error: failure, ms });
          if (isFirst && (code === notFound || code === notExecutable))
            return reject(
              new UsageError(
                `the command cannot be started: ${visible(lastLine(errors) || command)}`,
                'Expected --command with a program that the shell finds, such as "python3 handler.py".',
              ),
            );
          isFirst = false;
          if (code !== 0) return resolve({ error: exitText(by ?? `exit code ${code}`, errors), ms });
          const text = Buffer.concat(output).toString('utf8').trim();
          if (text === '') return resolve({ returned: null, ms });
          try {
            return resolve({ returned: JSON.parse(text) as unknown, ms });
          } catch {
            return resolve(
              readsResponse ? { error: 'the command writes a response that is not JSON', ms } : { returned: null, ms },
            );
          }
        });
      }),
  };
}

/** With the last line of standard error, which most languages end with the error. */
function exitText(how: string, errors: string): string {
  const last = lastLine(errors);
  return last === '' ? `the command ended with ${how}` : `the command ended with ${how}: ${last}`;
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1)?.trim() ?? '';
