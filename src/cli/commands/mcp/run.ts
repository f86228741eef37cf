/** `mcp`: serves until standard input ends, or until Ctrl-C. */
import { Console } from 'node:console';
import { realpath, stat } from 'node:fs/promises';
import { PassThrough, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { UsageError } from '../../../errors.js';
import { whyUnreadable } from '../../../text/file-errors.js';
import { visible } from '../../../text/visible.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import { ToolCalls } from './call-tool.js';
import type { McpOptions } from './options.js';
import { createServer } from './server.js';

export async function run({ options, io }: Call<McpOptions>): Promise<number> {
  const root = await rootFolder(options.root ?? io.folder);
  // Files are named relative to the root folder.
  const before = process.cwd();
  process.chdir(root);
  const log = (line: string): void => void io.stderr.write(`${visible(line)}\n`);
  const { console: standard } = globalThis;
  // A library that prints to the console must not print into the protocol.
  globalThis.console = new Console(process.stderr, process.stderr);
  const ended = new AbortController();
  const signal = AbortSignal.any([io.signal, ended.signal]);
  const calls = new ToolCalls(options, root, io.env);
  const server = createServer(calls, { allowsChanges: options.allowChanges === true, signal, log });
  const output = new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, _encoding, done) => {
      io.stdout.write(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString(), () => done());
    },
  });
  // The transport takes bytes; a stream in this process may have text.
  const input = io.stdin.pipe(new PassThrough());
  const closed = new Promise<void>((resolve) => {
    Object.assign(server, {
      onclose: resolve,
      onerror: ({ message }: Error) => log(`error: ${message.split('\n', 1)[0]!}`),
    });
    input.once('end', resolve);
    io.stdin.once('close', () => input.end());
    io.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.connect(new StdioServerTransport(input, output));
  log(
    `msk-lambda: MCP server on standard input and output${options.allowChanges === true ? ', changes allowed' : ''}. End it with Ctrl-C.`,
  );
  await closed;
  // A client that has sent everything still waits for the answers.
  await setImmediate();
  if (!io.signal.aborted) await calls.idle();
  ended.abort();
  await server.close();
  globalThis.console = standard;
  process.chdir(before);
  return io.signal.aborted ? exitCodes.interrupted : exitCodes.ok;
}

async function rootFolder(path: string): Promise<string> {
  try {
    const real = await realpath(path);
    if ((await stat(real)).isDirectory()) return real;
  } catch (error) {
    throw new UsageError(whyUnreadable(path, error), undefined, { cause: error });
  }
  throw new UsageError(`${path} is not a folder`, 'Pass a folder with --root.');
}
