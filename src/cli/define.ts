/**
 * What a command is: a definition, which is light and from which help, man page and README follow, and the work,
 * which is loaded when it is called.
 */
import type { Argument, Option } from 'commander';
import type { Io } from './io.js';

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

export interface CommandDefinition<O> {
  name: string;
  group: CommandGroup;
  /** A line for the list of commands, without a period. */
  summary: string;
  /** A paragraph or two for the command's own help and the man page. */
  description?: string;
  arguments?: readonly Argument[];
  /** Made when they are asked for: most runs need those of one command only, and help of none. */
  options?: () => readonly Option[];
  examples?: readonly Example[];
  /** Commands below this one (`sandbox list`); then it has no work of its own unless `load` is given too. */
  commands?: readonly AnyCommand[];
  /** Loads the work: `async () => (await import('../run/doctor.js')).run`. */
  load?: () => Promise<Run<O>>;
}

/** A definition with its options' type forgotten, as the program handles it. */
export type AnyCommand = Omit<CommandDefinition<never>, 'options'> & { readonly options: readonly Option[] };

export function defineCommand<O>({ options: make, ...definition }: CommandDefinition<O>): AnyCommand {
  let options: readonly Option[] | undefined;
  return {
    ...(definition as Omit<CommandDefinition<never>, 'options'>),
    get options() {
      return (options ??= make?.() ?? []);
    },
  };
}
