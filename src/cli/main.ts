/** The program's entry: arguments in, exit code out, never a stack trace. */
import { CommanderError } from 'commander';
import { fileErrorReason } from '../text/file-errors.js';
import { visible } from '../text/visible.js';
import { exitCodes } from './exit-codes.js';
import { createIo, inColour, type PlainIo } from './io.js';
import { buildProgram } from './program.js';
import { standardOutput } from './standard-output.js';
import { sayUserError } from './user-error.js';
import { tool } from './version.js';
import { Interrupted, UserError } from '../errors.js';

/** After Ctrl-C, a command has this long to report what it had done. */
const farewellMilliseconds = 800;

/** Runs the command line of this process and ends it. What help does not need is created on demand. */
export async function start(): Promise<never> {
  let controller: AbortController | undefined;
  const interrupt = (): AbortController => (controller ??= new AbortController());
  const opened = new Set<NodeJS.WriteStream>();
  const open = (
    stream: NodeJS.WriteStream,
    onError: (error: NodeJS.ErrnoException) => void = () => {},
  ): NodeJS.WriteStream => {
    if (opened.has(stream)) return stream;
    opened.add(stream);
    return stream.on('error', onError);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (interrupt().signal.aborted) process.exit(exitCodes.interrupted);
      interrupt().abort(new Interrupted());
      setTimeout(() => {
        io.stderr.write('interrupted\n');
        process.exit(exitCodes.interrupted);
      }, farewellMilliseconds);
    });
  process.on('uncaughtException', (error) => process.exit(report(error, io)));
  process.on('unhandledRejection', (error) => process.exit(report(error, io)));

  const io = createIo({
    stdout: standardOutput(() => open(process.stdout, giveUpStdout), giveUpStdout),
    // A failed write to stderr (closed, disk full) does not change the result of the command.
    get stderr() {
      return open(process.stderr);
    },
    get stdin() {
      return process.stdin;
    },
    env: process.env,
    get signal() {
      return interrupt().signal;
    },
  });
  const exitCode = await main(process.argv.slice(2), io);
  await Promise.all([...opened].map((stream) => new Promise<void>((done) => stream.write('', () => done()))));
  process.exit(exitCode);
}

/** A reader that closes the pipe (`| head -1`) is not an error. A full disk is reported and ends the program. */
function giveUpStdout(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  try {
    process
      .getBuiltinModule('node:fs')
      .writeSync(2, `error: cannot write the answer to stdout: ${fileErrorReason(error)}\n`);
  } catch {
    // There is nowhere to report it.
  }
  process.exit(exitCodes.cannotTell);
}

/** The exit code of one command line. */
export async function main(words: readonly string[], io: PlainIo): Promise<number> {
  if (words[0] === '__complete') {
    const { answerCompletion } = await import('./completion/answer.js');
    await answerCompletion(words.slice(1), await inColour(io, true));
    return exitCodes.ok;
  }
  let exitCode: number = exitCodes.ok;
  try {
    const sandbox = words.includes('--sandbox') ? await import('./sandbox-argument.js') : null;
    const program = buildProgram(io, (code) => (exitCode = code), undefined, {
      words,
      beforeExcess: (args) => sandbox?.refuseAsSandboxName(words, args),
    });
    await program.parseAsync(sandbox?.separateSandboxArgument(words) ?? words, { from: 'user' });
  } catch (error) {
    return report(error, io);
  }
  return io.signal.aborted ? exitCodes.interrupted : exitCode;
}

/** Reports the error in a sentence with what to do; returns the exit code. */
function report(error: unknown, io: PlainIo): number {
  // Commander has already printed its message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (io.signal.aborted || error instanceof Interrupted) {
    io.stderr.write('interrupted\n');
    return exitCodes.interrupted;
  }
  if (error instanceof UserError) return sayUserError(io, error);
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  io.stderr.write(
    `error: ${tool.name} ${tool.version} failed by a fault of its own: ${name}: ${visible(message.split('\n', 1)[0]!)}\n` +
      '  This says nothing about your account. Please report the line above with the command you typed.\n',
  );
  return exitCodes.cannotTell;
}
