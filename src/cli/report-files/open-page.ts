/** `--open`: shows the page of the result in the system’s browser. */
import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { UsageError } from '../../errors.js';
import { visible } from '../../text/visible.js';
import type { Io } from '../io.js';
import { writeWhole } from '../print-answer.js';
import type { ReportFile } from './report-file.js';

interface OpenOptions {
  open?: true;
  output: string;
  outputFile?: string;
  report?: readonly ReportFile[];
}

/** Throws `UsageError` where nobody could see the browser. Before AWS is asked. */
export function refuseToOpen({ open }: Pick<OpenOptions, 'open'>, { interactive }: Pick<Io, 'interactive'>): void {
  if (open === true && !interactive)
    throw new UsageError('--open works at a terminal only', 'Write the page to a file: --report html=FILE');
}

/** The file that the command writes anyway; null where it writes none. */
const fileOf = ({ output, outputFile, report = [] }: OpenOptions): string | null =>
  report.find(({ format }) => format === 'html')?.file ?? (output === 'html' ? (outputFile ?? null) : null);

/** `page`: the whole page, for a temporary file where the command writes none of its own. */
export async function openPage(
  options: OpenOptions,
  { stderr, folder, signal, env }: Pick<Io, 'stderr' | 'folder' | 'signal' | 'env'>,
  page: () => string | Iterable<string>,
): Promise<void> {
  const named = fileOf(options);
  const file =
    named === null ? join(await mkdtemp(join(tmpdir(), 'msk-lambda-')), 'report.html') : resolve(folder, named);
  if (named === null) await writeWhole(file, page(), signal);
  const program = browserOf(process.platform);
  const because = lacksDisplay(process.platform, env)
    ? 'this session has no display'
    : await start(program, file).then((reason) => (reason === null ? null : `${program} ${reason}`));
  stderr.write(
    because === null
      ? `Opened ${visible(file)}\n`
      : `Could not open a browser: ${visible(because)}. The page is ${visible(file)}\n`,
  );
}

/** Over SSH or in a container, xdg-open starts and nobody sees anything. WSL opens the browser of Windows. */
export const lacksDisplay = (platform: NodeJS.Platform, env: Io['env']): boolean =>
  platform !== 'darwin' &&
  platform !== 'win32' &&
  ['DISPLAY', 'WAYLAND_DISPLAY', 'BROWSER', 'WSL_DISTRO_NAME'].every((name) => (env[name] ?? '') === '');

/** The program that opens a file as a double click does. */
export function browserOf(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'open';
  return platform === 'win32' ? 'explorer.exe' : 'xdg-open';
}

/** Null once the program has started; otherwise why it could not. It is not waited for. */
const start = (program: string, file: string): Promise<string | null> =>
  new Promise((done) => {
    const child = spawn(program, [file], { shell: false, stdio: 'ignore', detached: true });
    child.once('error', ({ code }: NodeJS.ErrnoException) =>
      done(code === 'ENOENT' ? 'is not installed' : `cannot be started (${code ?? 'unknown error'})`),
    );
    child.once('spawn', () => {
      child.unref();
      done(null);
    });
  });
