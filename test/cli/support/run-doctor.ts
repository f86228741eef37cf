/** `doctor` with a clock that needs no time, and a folder for its undo files. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import doctorCommand from '../../../src/cli/commands/doctor/definition.js';
import type { DoctorOptions } from '../../../src/cli/commands/doctor/options.js';
import { run } from '../../../src/cli/commands/doctor/run.js';
import type { Call } from '../../../src/cli/define-command.js';
import { createIo } from '../../../src/cli/io.js';
import { buildProgram } from '../../../src/cli/program.js';
import type { DoctorDocument } from '../../../src/report/documents/doctor.js';

export interface DoctorRun {
  exitCode: number;
  document: DoctorDocument;
  stdout: string;
  stderr: string;
}

/** Time that passes only while somebody sleeps. */
function fastClock() {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    sleep: async (milliseconds: number) => {
      ahead += milliseconds;
    },
  };
}

let folder: string | undefined;
/** Where this process's undo files are. */
export const undoFolder = (): string => (folder ??= mkdtempSync(join(tmpdir(), 'msk-lambda-doctor-')));

/** Words that name a format print it; otherwise the document is parsed. */
export async function runDoctor(words: readonly string[]): Promise<DoctorRun> {
  const written = { stdout: '', stderr: '' };
  const io = {
    ...createIo({
      stdout: { write: (text: string) => (written.stdout += text) },
      stderr: { write: (text: string) => (written.stderr += text) },
      stdin: new PassThrough(),
      env: {},
      signal: new AbortController().signal,
    }),
    folder: undoFolder(),
  };
  let exitCode = -1;
  const command = {
    ...(doctorCommand as object),
    options: doctorCommand.options,
    load: async () => async (call: Call<DoctorOptions>) => run(call, fastClock()),
  } as never;
  const format = words.includes('--output') ? [] : ['--output', 'json'];
  await buildProgram(io, (code) => (exitCode = code), [command]).parseAsync(['doctor', ...format, ...words], {
    from: 'user',
  });
  return {
    exitCode,
    document: (format.length > 0 ? JSON.parse(written.stdout) : {}) as DoctorDocument,
    ...written,
  };
}
