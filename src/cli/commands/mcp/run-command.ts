/** Runs a command of this program in this process, and takes what it prints. */
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { Chalk } from 'chalk';
import { UserError } from '../../../errors.js';
import type { AnyCommand } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import { createIo, type Host, type Io } from '../../io.js';
import { sayUserError } from '../../user-error.js';

export interface Ran {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** The JSON document; null where the command printed none. */
  document: object | null;
}

export interface RunRequest {
  command: AnyCommand;
  flags: readonly string[];
  args: readonly string[];
  host: Omit<Host, 'document'>;
  signal: AbortSignal;
  folder: string;
  env: Io['env'];
}

/** Errors for users are text and exit code, as on a command line. Throws others, and the reason of an aborted signal. */
export async function runCommand({ command, flags, args, host, signal, folder, env }: RunRequest): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  let document: object | null = null;
  const io: Io = {
    ...createIo({ stdout: sink('stdout'), stderr: sink('stderr'), stdin: Readable.from([]), env, signal }),
    stderr: sink('stderr'),
    stdin: Readable.from([]),
    columns: 100,
    ascii: false,
    shell: 'bash',
    interactive: false,
    progress: false,
    colour: new Chalk({ level: 0 }),
    signal,
    folder,
    host: { ...host, document: (given) => void (document = given as object) },
  };
  try {
    const { options, words } = parse(command, flags, args);
    const run = await command.load!();
    const exitCode = await run({ args: words, options, io });
    signal.throwIfAborted();
    return { exitCode, ...written, document };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    return { exitCode: sayUserError({ stderr: io.stderr }, error), ...written, document };
  }
}

/** The options as the command line makes them, defaults included. */
function parse(command: AnyCommand, flags: readonly string[], args: readonly string[]) {
  const parser = new Command(command.name).exitOverride().configureOutput({ writeErr() {}, writeOut() {} });
  for (const argument of command.arguments ?? []) parser.addArgument(argument);
  for (const option of command.options) parser.addOption(option);
  try {
    parser.parse([...flags, '--', ...args], { from: 'user' });
  } catch (error) {
    throw new InvalidFlag((error as Error).message);
  }
  return { options: parser.opts(), words: parser.args };
}

/** What commander refuses: a value of a flag. */
class InvalidFlag extends UserError {
  override name = 'InvalidFlag';
  override readonly exitCode = exitCodes.usage;

  constructor(message: string) {
    super(message.replace(/^error: /, '').split('\n', 1)[0]!);
  }
}
