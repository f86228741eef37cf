/** A command line with its surroundings, and what it prints. */

export interface Invocation {
  words: readonly string[];
  /** What stands on stdin. */
  input?: string;
  /** Beside an environment without AWS settings, colours and terminal. */
  env?: Readonly<Record<string, string>>;
  /** The width of a terminal; undefined: stdout is none. */
  columns?: number;
  /** Run in every fourth account only, each such line in others; of a kind that another line covers in every account. */
  sometimes?: true;
}

export interface Printed {
  /** A text for a run that did not end by itself. */
  exitCode: number | string;
  stdout: string;
  stderr: string;
  /** Content of the files that the run wrote, by name. */
  files: Readonly<Record<string, string>>;
}

/** The line as it is typed; what is not part of the words stands before it. */
export function lineOf({ words, input, env = {}, columns }: Invocation): string {
  return [
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
    ...(columns === undefined ? [] : [`(terminal of ${columns} columns)`]),
    'msk-lambda',
    ...words.map((word) => (/^[\w./:@=,*+-]+$/.test(word) ? word : `'${word}'`)),
    ...(input === undefined ? [] : ['< (stdin)']),
  ].join(' ');
}

/** All that is compared, as one text. */
export const textOf = ({ exitCode, stdout, stderr, files }: Printed): string =>
  [
    `exit code ${exitCode}`,
    '--- stdout',
    stdout,
    '--- stderr',
    stderr,
    ...Object.entries(files).flatMap(([name, content]) => [`--- file ${name}`, content]),
  ].join('\n');
