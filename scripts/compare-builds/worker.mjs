/**
 * Runs command lines of one build, one after another in this process, each as the launcher starts it.
 * Arguments: the build's folder. Each message holds an invocation; the answer is what it printed.
 */
import fs, { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { resetWorld } from './fixed-world.mjs';

const root = resolve(process.argv[2]);
const launcher = join(root, 'bin/msk-lambda.js');
const usualEnvironment = { ...process.env };
const realExit = process.exit.bind(process);
const watched = ['SIGINT', 'SIGTERM', 'uncaughtException', 'unhandledRejection'];

function keep(columns) {
  const chunks = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  if (columns !== undefined) Object.assign(stream, { isTTY: true, columns });
  return { stream, text: () => chunks.join('').replaceAll(root, '<build>').replaceAll(process.cwd(), '<folder>') };
}

const { fstatSync, writeSync } = fs;
/** What is written to stdout without its stream. `isTerminal`: whether stdout is one. */
function keepDirectWrites(stdout, isTerminal) {
  fs.fstatSync = (descriptor, ...rest) =>
    descriptor === 1 ? { isCharacterDevice: () => isTerminal } : fstatSync(descriptor, ...rest);
  fs.writeSync = (descriptor, content, ...rest) => {
    if (descriptor !== 1) return writeSync(descriptor, content, ...rest);
    stdout.write(String(content));
    return content.length;
  };
}

/** Files that the run left beside the given ones; taken away for the next run. */
function collectFiles() {
  const files = {};
  for (const name of readdirSync('.').toSorted()) {
    if (name === 'given') continue;
    files[name] = readFileSync(name, 'utf8');
    rmSync(name, { force: true, recursive: true });
  }
  return files;
}

const replaceStream = (name, value) =>
  Object.defineProperty(process, name, { value, configurable: true, writable: true });

const { cache } = createRequire(import.meta.url);

/** Ends without `process.exit` only where the tool need not be started, or could not be. */
async function launch(run) {
  try {
    // A launcher that is no ES module is kept by its path, whatever stands behind it, and gives a promise.
    delete cache[launcher];
    await (
      await import(`${pathToFileURL(launcher).href}?run=${run}`)
    ).default;
    return process.exitCode ?? 0;
  } catch (error) {
    return `crashed: ${error instanceof Error ? error.stack : String(error)}`;
  }
}

async function run(order, { words, input = '', env = {}, columns }) {
  for (const name of Object.keys(process.env)) if (!(name in usualEnvironment)) delete process.env[name];
  Object.assign(process.env, usualEnvironment, env);
  const [stdout, stderr] = [keep(columns), keep(undefined)];
  replaceStream('stdout', stdout.stream);
  replaceStream('stderr', stderr.stream);
  replaceStream('stdin', Readable.from(input === '' ? [] : [Buffer.from(input)]));
  keepDirectWrites(stdout.stream, columns !== undefined);
  process.argv = [process.execPath, launcher, ...words];
  process.exitCode = undefined;
  const listeners = watched.map((event) => [event, process.listeners(event)]);
  resetWorld();
  const exitCode = await Promise.race([
    new Promise((done) => (process.exit = (code) => done(code ?? process.exitCode ?? 0))),
    launch(order),
  ]);
  for (const [event, before] of listeners)
    for (const listener of process.listeners(event))
      if (!before.includes(listener)) process.removeListener(event, listener);
  process.exitCode = undefined;
  return { exitCode, stdout: stdout.text(), stderr: stderr.text(), files: collectFiles() };
}

/** Loaded before the first run: how long the loading of a module takes would decide which of two answers comes first. */
for (const path of readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' }).toSorted())
  if (path.endsWith('.js')) await import(pathToFileURL(join(root, 'dist', path)).href);

let runs = 0;
process.on('message', (invocation) => {
  runs += 1;
  void run(runs, invocation).then((result) => process.send(result));
});
process.on('disconnect', () => realExit(0));
