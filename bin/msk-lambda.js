#!/usr/bin/env node
'use strict';
/**
 * Starts the program. CommonJS, and the help made when the program was built: before anything is asked of it, Node's
 * loader of ES modules and commander take as long as half of Node itself.
 */
const { existsSync, fstatSync, readFileSync, writeSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const folder = join(__dirname, '../dist');

/** Prints the list of commands where it was made in the width that is due (src/cli/io.ts, src/cli/program.ts). */
function printBuiltHelp() {
  const [word, ...others] = process.argv.slice(2);
  if (others.length > 0 || (word !== '--help' && word !== '-h')) return false;
  const isDevice = fstatSync(1).isCharacterDevice();
  const columns = (isDevice ? process.stdout.columns : undefined) ?? (Number(process.env['COLUMNS']) || 100);
  const file = join(folder, `help-${Math.min(columns, 100)}.txt`);
  if (!existsSync(file)) return false;
  const text = readFileSync(file);
  // To a terminal, or what a full pipe did not take, by Node's stream.
  const rest = isDevice ? text : writeNow(text);
  if (rest.length > 0) process.stdout.on('error', giveUp).write(rest);
  return true;
}

/** Writes to stdout without a stream, and gives what could not be written now. */
function writeNow(text) {
  let rest = text;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch (error) {
    if (error.code !== 'EAGAIN') giveUp(error);
  }
  return rest;
}

/** Whoever reads may have had enough (`| head -1`); else the exit code is that of src/cli/exit-codes.ts. */
function giveUp({ code }) {
  if (code !== 'EPIPE')
    try {
      writeSync(
        2,
        `error: cannot write the answer to stdout: ${code === 'ENOSPC' ? 'no space left on the device' : code}\n`,
      );
    } catch {
      // Nobody can be told.
    }
  process.exit(code === 'EPIPE' ? 0 : 3);
}

async function start() {
  // The SDK's notice about coming Node versions would stand between the user and the answer.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  // FORCE_COLOR wins (src/cli/io.ts); where both are set, Node prints a warning as soon as it loads `node:util`.
  if (process.env['FORCE_COLOR'] !== undefined) delete process.env['NO_COLOR'];
  // Absent in Node 20, where loading the module alone would cost a few milliseconds.
  if (!process.versions.node.startsWith('20.')) require('node:module').enableCompileCache?.();
  const program = join(folder, 'main.js');
  if (existsSync(program)) return (await import(pathToFileURL(program).href)).start();
  process.stderr.write('error: the program is not built\n  Run `npm run build` in the package first.\n');
  process.exitCode = 2;
}

/** Settled when there is nothing left to do. */
module.exports = printBuiltHelp() ? Promise.resolve() : start();
