/** A built checkout, driven through a process of its own that runs many command lines one after another. */
import { fork, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Invocation, Printed } from './invocation.js';

const worker = fileURLToPath(new URL('worker.mjs', import.meta.url));
const fixedWorld = new URL('fixed-world.mjs', import.meta.url).href;

/** Of real time, for one run. */
const longestMilliseconds = 120_000;

export class Build {
  readonly folder = mkdtempSync(join(tmpdir(), 'compare-builds-'));
  #process: ChildProcess | undefined;

  /** Throws for a folder without a built tool. */
  constructor(readonly root: string) {
    for (const path of ['bin/msk-lambda.js', 'dist/main.js'])
      if (!existsSync(join(root, path))) throw new Error(`${join(root, path)} is missing: build the checkout first`);
  }

  /** Puts files under `given/`, where every run finds them. */
  give(folder: string): void {
    cpSync(folder, join(this.folder, 'given'), { recursive: true });
  }

  async run(invocation: Invocation): Promise<Printed> {
    const child = (this.#process ??= this.#start());
    const ended = (exitCode: string): Printed => {
      this.#process = undefined;
      child.kill('SIGKILL');
      return { exitCode, stdout: '', stderr: '', files: {} };
    };
    return new Promise((done) => {
      const finish = (printed: Printed) => {
        clearTimeout(timer);
        child.removeAllListeners();
        done(printed);
      };
      const timer = setTimeout(() => finish(ended('none: it did not end')), longestMilliseconds);
      child.once('message', (printed) => finish(printed as Printed));
      child.once('exit', (code, signal) => finish(ended(`none: the process died (${code ?? signal})`)));
      child.send(invocation);
    });
  }

  close(): void {
    this.#process?.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #start(): ChildProcess {
    const { PATH } = process.env;
    return fork(worker, [this.root], {
      cwd: this.folder,
      execArgv: ['--import', fixedWorld, '--no-warnings'],
      env: {
        PATH,
        TZ: 'UTC',
        HOME: this.folder,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_CONFIG_FILE: '/nonexistent',
        AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
      },
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }
}
