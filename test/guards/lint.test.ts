/** The linter still sees what it is for: a copy of its settings over files that each break one rule. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layers } from '../../scripts/layers.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));

const folders = layers.filter(({ file }) => file !== true).map(({ name }) => name);
const allowed = (from: string, to: string): boolean =>
  layers.find(({ name }) => name === from)?.imports.includes(to) === true;

const pairs = folders.flatMap((from) =>
  folders.filter((to) => to !== from).map((to) => ({ from, to, file: `src/${from}/deep/imports-${to}.ts` })),
);
/** A file for each rule that is not about folders. */
const seeded: Record<string, [rule: string, text: string]> = {
  'src/checks/any.ts': ['typescript(no-explicit-any)', 'export const loose = (value: any): string => String(value);\n'],
  'src/cli/promise.ts': [
    'typescript(no-floating-promises)',
    'export function start(): void {\n  Promise.resolve(1);\n}\n',
  ],
  'src/cli/misused.ts': [
    'typescript(no-misused-promises)',
    'export const isIt = (): number => (Promise.resolve(true) ? 1 : 2);\n',
  ],
  'src/report/name.ts': ['eslint(id-denylist)', 'export const size = (one: string): number => one.length;\n'],
  'src/report/long.ts': [
    'eslint(max-lines)',
    `${Array.from({ length: 301 }, (_, index) => `export const line${index} = ${index};`).join('\n')}\n`,
  ],
  'src/checks/mapping/long.ts': [
    'eslint(max-lines)',
    `${Array.from({ length: 81 }, (_, index) => `export const line${index} = ${index};`).join('\n')}\n`,
  ],
  'src/kafka/probe.ts': [
    'eslint(no-restricted-imports)',
    "import { cli } from '../cli/own.js';\nexport const probe = cli;\n",
  ],
  'src/subject/circle-a.ts': [
    'import(no-cycle)',
    "import { b } from './circle-b.js';\nexport const a = (): number => b();\n",
  ],
  'src/subject/circle-b.ts': [
    'import(no-cycle)',
    "import { a } from './circle-a.js';\nexport const b = (): number => a();\n",
  ],
  ...Object.fromEntries(
    folders
      .filter((folder) => folder !== 'account')
      .map((folder) => [
        `src/${folder}/aws.ts`,
        [
          'eslint(no-restricted-imports)',
          "import { EC2Client } from '@aws-sdk/client-ec2';\nexport const client = new EC2Client();\n",
        ] as [string, string],
      ]),
  ),
};
const clean = 'src/account/aws.ts';

interface Report {
  diagnostics: { code: string; filename: string }[];
}

describe('the linter', () => {
  let folder = '';
  let found: Set<string>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'msk-lambda-lint-'));
    for (const file of ['.oxlintrc.json', 'tsconfig.json', 'package.json'])
      copyFileSync(join(repository, file), join(folder, file));
    symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    for (const name of folders) write(`src/${name}/own.ts`, `export const ${name} = 1;\n`);
    for (const { to, file } of pairs)
      write(file, `import { ${to} } from '../../${to}/own.js';\nexport const taken = ${to};\n`);
    for (const [path, [, text]] of Object.entries(seeded)) write(path, text);
    write(clean, "import { EC2Client } from '@aws-sdk/client-ec2';\nexport const client = new EC2Client();\n");
    const words = ['--type-aware', '--format', 'json'];
    const stdout = await new Promise<string>((done) => {
      execFile(
        process.execPath,
        [join(repository, 'node_modules/oxlint/bin/oxlint'), ...words],
        { cwd: folder, maxBuffer: 50_000_000 },
        (_error, text) => done(text),
      );
    });
    found = new Set(
      (JSON.parse(stdout) as Report).diagnostics.map(
        ({ code, filename }) => `${filename.replaceAll('\\', '/')} ${code}`,
      ),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('each folder may import what the table of layers says, and nothing else', () => {
    const wrong = pairs
      .filter(({ from, to, file }) => found.has(`${file} eslint(no-restricted-imports)`) === allowed(from, to))
      .map(({ from, to }) => `${from} → ${to}`);
    expect(wrong).toEqual([]);
  });

  test.each(Object.entries(seeded))('%s is reported', (path, [rule]) => {
    expect([...found].filter((line) => line.startsWith(path))).toContain(`${path} ${rule}`);
  });

  test('what is right is left alone', () => {
    expect([...found].filter((line) => line.startsWith(clean))).toEqual([]);
  });
});
