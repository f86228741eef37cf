/** The zip that Lambda receives, unpacked into a folder and run by Node as Lambda would run it. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32, inflateRawSync } from 'node:zlib';
import { expect } from 'vitest';
import type { RemoteAnswer, RemoteEvent } from '../../../src/probe/function/remote-event.js';
import { functionZip } from '../../../src/remote/function-code.js';

/** `authority`: PEM that the process of the function trusts besides the authorities of Node. */
export async function unpackFunction(folder: string, authority: string): Promise<void> {
  writeFileSync(join(folder, 'index.mjs'), unzip(await functionZip()));
  writeFileSync(join(folder, 'ca.pem'), authority);
}

/** The only file of the archive, by its central directory. */
function unzip(zip: Buffer): Buffer {
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  expect(zip.readUInt16LE(end + 10)).toBe(1);
  const entry = zip.readUInt32LE(end + 16);
  const [packed, size] = [zip.readUInt32LE(entry + 20), zip.readUInt32LE(entry + 24)];
  expect(zip.toString('latin1', entry + 46, entry + 46 + zip.readUInt16LE(entry + 28))).toBe('index.mjs');
  const local = zip.readUInt32LE(entry + 42);
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const content = inflateRawSync(zip.subarray(from, from + packed));
  expect([content.length, crc32(content)]).toEqual([size, zip.readUInt32LE(entry + 16)]);
  return content;
}

/** The handler in a process of its own, with the environment that Lambda gives and no other. */
export async function invokeUnpacked(
  folder: string,
  environment: Record<string, string>,
  event: RemoteEvent,
): Promise<{ answer: RemoteAnswer; output: string }> {
  const program = `import(${JSON.stringify(pathToFileURL(join(folder, 'index.mjs')).href)}).then(async ({ handler }) => {
    let text = '';
    for await (const part of process.stdin) text += part;
    process.send(await handler(JSON.parse(text)));
    process.disconnect();
  });`;
  const child = spawn(process.execPath, ['--eval', program], {
    cwd: folder,
    env: {
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (part: Buffer) => (output += String(part)));
  const answered = new Promise<RemoteAnswer>((resolve, reject) => {
    child.once('message', (message) => resolve(message as RemoteAnswer));
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  const closed = new Promise((done) => child.once('close', done));
  child.stdin!.end(JSON.stringify(event));
  const answer = await answered;
  await closed;
  return { answer, output };
}
