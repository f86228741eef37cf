/** The linter still sees what it is for: a copy of its settings over files that each break one rule. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Which folders of src each folder may import; `*` is every one. */
const mayImport: Record<string, string[]> = {
  account: ['snapshot', 'secrets'],
  snapshot: [],
  subject: ['snapshot', 'network', 'access', 'catalogue'],
  network: ['snapshot', 'fixes', 'access'],
  access: ['snapshot', 'fixes'],
  secrets: ['snapshot'],
  catalogue: ['checks'],
  checks: ['subject', 'network', 'access', 'secrets', 'fixes', 'snapshot', 'catalogue'],
  diagnosis: ['snapshot', 'subject', 'checks', 'catalogue'],
  fixes: ['snapshot'],
  report: ['diagnosis', 'checks', 'fixes', 'snapshot', 'network', 'subject'],
  mapping: ['account', 'snapshot', 'subject', 'checks', 'diagnosis', 'fixes'],
  sandbox: ['snapshot', 'fixes', 'catalogue', 'diagnosis'],
  cli: ['*'],
};
const folders = Object.keys(mayImport);
const allowed = (from: string, to: string): boolean =>
  from === to || mayImport[from]!.includes('*') || mayImport[from]!.includes(to);

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
  'src/report/long.ts': [
    'eslint(max-lines)',
    `${Array.from({ length: 300 }, (_, index) => `export const line${index} = ${index};`).join('\n')}\n`,
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

  test('every wall between folders stands, and has its doors', () => {
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
