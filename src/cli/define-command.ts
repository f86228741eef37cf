/**
 * What a command is: a definition, which is light and from which help, man page and README follow, and the work,
 * which is loaded when it is called.
 */
import type { Argument } from 'commander';
import type { Io } from './io.js';
import type { ReceivedOptions, TypedOption } from './typed-option.js';

/** What a run is given. `args` are the words after the command, in the order of its arguments. */
export interface Call<O> {
  args: string[];
  options: O;
  io: Io;
}

/** The work of a command; its value is the exit code. */
export type Run<O> = (call: Call<O>) => Promise<number>;

export interface Example {
  /** A whole line to type, `msk-lambda …`. */
  command: string;
  does: string;
}

/** Headings under which `--help` lists the commands. */
export type CommandGroup = 'Diagnose' | 'Look' | 'Change' | 'Tool';

interface CommandText {
  name: string;
  group: CommandGroup;
  /** A line for the list of commands, without a period. */
  summary: string;
  /** A paragraph or two for the command's own help and the man page. */
  description?: string;
  arguments?: readonly Argument[];
  examples?: readonly Example[];
  /** Commands below this one (`sandbox list`); then it has no work of its own unless `load` is given too. */
  commands?: readonly AnyCommand[];
}

export interface CommandDefinition<Declared extends TypedOption> extends CommandText {
  /** Makes the options when they are asked for: most runs need those of one command only, and help of none. */
  options?: () => readonly Declared[];
  /** Loads the work, `async () => (await import('./run.js')).run`, which takes what `options` declares. */
  load?: () => Promise<Run<ReceivedOptions<Declared>>>;
}

/** A definition as the program handles it: it passes on what commander parsed by the same options. */
export interface AnyCommand extends CommandText {
  readonly options: readonly TypedOption[];
  load?: () => Promise<Run<unknown>>;
}

/** The compiler holds the work to the options that are declared beside it. */
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
