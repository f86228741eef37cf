/** What a command uses of its process: streams, environment, colours and the interrupt signal. */
import type { ChalkInstance } from 'chalk';
import type { Sandbox } from '../sandbox/sandbox.js';
import { currentShell, type Shell } from '../text/shells.js';
import { needsAscii, toAscii } from '../text/symbols.js';

export interface Sink {
  /** False: still in the buffer. `done` is called when the text is written, or when the reader has closed the pipe. */
  write(text: string, done?: () => void): unknown;
  isTTY?: boolean;
  /** Its reader has closed the pipe, as a write showed. */
  isClosed?: boolean;
  columns?: number;
  /** Lines of a terminal. */
  rows?: number;
}

/** A program in this process that runs commands and takes their text and document at once (`mcp`). */
export interface Host {
  /** Receives the JSON document besides the text that is printed. */
  document(document: unknown): void;
  progress(text: string): void;
  /** The sandbox account of this name, which outlives the command. */
  sandbox(name: string | true): Promise<Sandbox>;
  /** Called with the steps before the account is changed; throws where they may not be made. */
  beforeChanges(steps: readonly object[]): void;
}

/** The same before a command runs; colours are not loaded yet. */
export type PlainIo = Omit<Io, 'colour'> & { colour?: ChalkInstance };

export interface Io {
  /** Carries only the answer. */
  stdout: Sink;
  /** Progress, prompts, hints and errors. */
  stderr: Sink;
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  env: Readonly<Record<string, string | undefined>>;
  /** The width for wrapping text. */
  columns: number;
  /** Whether text is written with ASCII symbols: the locale's character set is not UTF-8. */
  ascii: boolean;
  /** Colours for stdout; none where it is not a terminal or the user turned them off. */
  colour: ChalkInstance;
  /** The shell in whose syntax commands are printed. */
  shell: Shell;
  /** Whether a person can answer a prompt. */
  interactive: boolean;
  /** Whether a progress line may be drawn on stderr. */
  progress: boolean;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** The folder in which files without a path are written. */
  folder: string;
  host?: Host;
}

/** Width of text that does not go to a terminal. */
export const plainColumns = 100;
const [narrowest, widest] = [40, 200];

/** stderr and stdin are opened on first use: Node needs more time to open them than help needs to print. */
export function createIo(streams: Pick<Io, 'stdout' | 'stderr' | 'stdin' | 'env' | 'signal'>): PlainIo {
  const { stdout, env } = streams;
  const automated = isSet(env['CI']);
  const ascii = needsAscii(env, process.platform);
  return {
    stdout,
    env,
    get folder() {
      return process.cwd();
    },
    get signal() {
      return streams.signal;
    },
    ascii,
    shell: currentShell(env, process.platform),
    get stderr() {
      return ascii ? inAscii(streams.stderr) : streams.stderr;
    },
    get stdin() {
      return streams.stdin;
    },
    columns: Math.min(widest, Math.max(narrowest, stdout.columns ?? (Number(env['COLUMNS']) || plainColumns))),
    get interactive() {
      return !automated && streams.stdin.isTTY === true && streams.stderr.isTTY === true;
    },
    get progress() {
      return !automated && env['TERM'] !== 'dumb' && streams.stderr.isTTY === true;
    },
  };
}

/** The stream with symbols in ASCII; everything else of it is unchanged. */
const inAscii = (sink: Sink): Sink =>
  new Proxy(sink, {
    get: (target, name) => {
      if (name === 'write')
        return (text: unknown, ...rest: unknown[]) =>
          (target.write as (...words: unknown[]) => unknown).call(
            target,
            typeof text === 'string' ? toAscii(text) : text,
            ...rest,
          );
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });

/** The same with colours, which are loaded with the first command that runs; `none`: the user passed `--no-color`. */
export async function inColour(io: PlainIo, none: boolean): Promise<Io> {
  const { Chalk } = await import('chalk');
  if (io.colour !== undefined && !none) return { ...io, colour: io.colour };
  return { ...io, colour: new Chalk({ level: none ? 0 : colourLevel(io.env, io.stdout.isTTY === true) }) };
}

/** FORCE_COLOR wins over NO_COLOR, as in Node; then CI, TERM=dumb, and whether it is a terminal. */
export function colourLevel(env: Io['env'], isTerminal: boolean): 0 | 1 | 2 | 3 {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) {
    if (forced === '0' || forced === 'false') return 0;
    return forced === '2' ? 2 : forced === '3' ? 3 : 1;
  }
  if (isPresent(env['NO_COLOR']) || isSet(env['CI']) || env['TERM'] === 'dumb') return 0;
  return isTerminal ? 1 : 0;
}

/** Libraries with their own colours read only the environment, when they are loaded. */
export function turnColoursOff(env: NodeJS.ProcessEnv): void {
  delete env['FORCE_COLOR'];
  env['NO_COLOR'] = '1';
}

/** https://no-color.org: present and not empty, whatever the value. */
const isPresent = (value: string | undefined): boolean => value !== undefined && value !== '';

/** A variable that is set and not empty; `CI=false` counts as not set. */
const isSet = (value: string | undefined): boolean => isPresent(value) && value !== 'false';
