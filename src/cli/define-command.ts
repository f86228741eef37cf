/**
 * A command: a small definition, from which help, man page and README are generated, and the work, which is loaded
 * when the command runs.
 */
import type { Argument } from 'commander';
import type { Io } from './io.js';
import type { ReceivedOptions, TypedOption } from './typed-option.js';

/** The input of a run. `args`: the words after the command, in the order of its arguments. */
export interface Call<O> {
  args: string[];
  options: O;
  /** The names of the options that the command line gives; the others have their defaults. */
  given?: ReadonlySet<string>;
  io: Io;
}

/** The work of a command; returns the exit code. */
export type Run<O> = (call: Call<O>) => Promise<number>;

export interface Example {
  /** A complete command line, `msk-lambda …`. */
  command: string;
  does: string;
}

/** Headings under which `--help` lists the commands. */
export type CommandGroup = 'Diagnose' | 'Show' | 'Change' | 'Try';

interface CommandText {
  name: string;
  group: CommandGroup;
  /** A line for the list of commands, without a period. */
  summary: string;
  /** One or two paragraphs for the command's help and the man page. */
  description?: string;
  arguments?: readonly Argument[];
  examples?: readonly Example[];
  /** Subcommands (`sandbox list`). The command then has no work of its own, unless `load` is given too. */
  commands?: readonly AnyCommand[];
}

export interface CommandDefinition<Declared extends TypedOption> extends CommandText {
  /** Builds the options on request: most runs need those of one command, and help needs none. */
  options?: () => readonly Declared[];
  /** Loads the work, `async () => (await import('./run.js')).run`. It receives what `options` declares. */
  load?: () => Promise<Run<ReceivedOptions<Declared>>>;
}

/** A definition without its types: the program passes on what commander parsed with the same options. */
export interface AnyCommand extends CommandText {
  readonly options: readonly TypedOption[];
  load?: () => Promise<Run<unknown>>;
}

/** The compiler checks that the work accepts the options that are declared with it. */
export function defineCommand<Declared extends TypedOption = never>({
  options: make,
  load,
  ...text
}: CommandDefinition<Declared>): AnyCommand {
  let options: readonly TypedOption[] | undefined;
  return {
    ...text,
    get options() {
      return (options ??= make?.() ?? []);
    },
    ...(load === undefined
      ? {}
      : {
          load: async () => {
            const run = await load();
            return (call) => run(call as Call<ReceivedOptions<Declared>>);
          },
        }),
  };
}
