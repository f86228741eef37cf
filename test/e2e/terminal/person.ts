/** Someone at a terminal: the built program in a pseudo-terminal, its screen as it is seen, keys as they are typed. */
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { cleanEnvironment, launcher } from '../program.js';

/** Guards against a screen that never comes, on a busy machine too. */
const patience = 300_000;

export const keys = {
  enter: '\r',
  down: '\u001b[B',
  up: '\u001b[A',
  back: '\u0002',
  interrupt: '\u0003',
  end: '\u0004',
  tab: '\t',
  erase: '\u0015',
} as const;

export interface Person {
  /** Waits until the screen shows it below what was seen before; gives the screen. Fails with the screen. */
  sees(text: string | RegExp): Promise<string>;
  types(...what: string[]): void;
  /** The screen, without blanks at the ends of lines. */
  screen(): string;
  /** Everything that was shown, lines that were scrolled away included. */
  all(): string;
  /** Every byte that was written, escapes and all. */
  raw(): string;
  /** The exit code, once it ended. */
  ends(): Promise<number>;
  /** Gone for good, whatever it was doing. */
  leave(): void;
}

export interface Terminal {
  columns?: number;
  rows?: number;
  /** What TERM says. */
  kind?: string;
  env?: Record<string, string>;
  /** The working folder. */
  folder?: string;
}

export function sitDown(
  words: readonly string[],
  { columns = 100, rows = 40, kind = 'xterm-256color', env = {}, folder }: Terminal = {},
): Person {
  const child = spawn(process.execPath, [launcher, ...words], {
    cols: columns,
    rows,
    name: kind,
    ...(folder === undefined ? {} : { cwd: folder }),
    env: { ...cleanEnvironment(), AWS_EC2_METADATA_DISABLED: 'true', ...env },
  });
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
  const waiting = new Set<() => void>();
  let exitCode: number | undefined;
  const look = (): void => {
    for (const item of waiting) item();
  };
  let raw = '';
  child.onData((data) => {
    raw += data;
    terminal.write(data, look);
  });
  child.onExit((exit) => {
    ({ exitCode } = exit);
    // What was written last is shown first.
    terminal.write('', look);
  });
  const linesFrom = (start: number): string => {
    const { active } = terminal.buffer;
    const lines = Array.from({ length: active.length - start }, (_, line) => active.getLine(start + line));
    // A line that the terminal broke is one line.
    return lines
      .map((line) => `${line?.isWrapped === true ? '' : '\n'}${line?.translateToString(true) ?? ''}`)
      .join('')
      .trim();
  };
  const screen = (): string => linesFrom(terminal.buffer.active.baseY);
  const until = <T>(what: string, judge: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => done(() => reject(new Error(`waited for ${what}, and saw:\n${linesFrom(0)}`))),
        patience,
      );
      const done = (settle: () => void): void => {
        clearTimeout(timer);
        waiting.delete(again);
        settle();
      };
      const again = (): void => {
        const found = judge();
        if (found !== undefined) done(() => resolve(found));
        else if (exitCode !== undefined && !what.startsWith('the end'))
          done(() => reject(new Error(`it ended with ${exitCode} before ${what}:\n${linesFrom(0)}`)));
      };
      waiting.add(again);
      again();
    });
  return {
    screen,
    all: () => linesFrom(0),
    raw: () => raw,
    sees: (text) =>
      until(String(text), () =>
        (typeof text === 'string' ? screen().includes(text) : text.test(screen())) ? screen() : undefined,
      ),
    types: (...what) => {
      for (const item of what) child.write(item);
    },
    ends: () => until('the end', () => exitCode),
    leave: () => {
      if (exitCode === undefined) child.kill('SIGKILL');
    },
  };
}
