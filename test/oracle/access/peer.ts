/** A second policy engine, of other authors, in a process of its own: installed for this only, spoken to over stdin and stdout. */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const engine = '@cloud-copilot/iam-simulate@0.1.173';

const program = `
import { createInterface } from 'node:readline';
import { runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try { answer = runUnsafeSimulation(JSON.parse(line), {}); } catch (error) { answer = 'error: ' + error.message; }
  process.stdout.write(JSON.stringify(answer) + '\\n');
}
`;

export interface Peer {
  /** Answers in the order of the questions. */
  ask(questions: readonly object[]): Promise<string[]>;
  close(): void;
}

export async function openPeer(): Promise<Peer> {
  const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-peer-'));
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  await promisify(execFile)(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error', engine],
    { cwd: folder },
  );
  writeFileSync(join(folder, 'peer.mjs'), program);
  const child = spawn(process.execPath, [join(folder, 'peer.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(questions) {
      child.stdin.write(questions.map((question) => `${JSON.stringify(question)}\n`).join(''));
      const answers: string[] = [];
      while (answers.length < questions.length)
        answers.push(JSON.parse(((await lines.next()) as { value: string }).value) as string);
      return answers;
    },
    close() {
      child.stdin.end();
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
