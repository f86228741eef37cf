/** `npm run new-check ID`: a check, its test and its page from templates, its id and its sign in the lists, the index made anew. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const at = (path: string) => new URL(path, root);

/** Where a family's checks stand among the pollers' stages, and how grave they are at first. */
const stages: Record<string, string> = {
  mapping: 'mapping',
  cluster: 'control-plane',
  network: 'network',
  access: 'authorization',
  secret: 'secret',
  function: 'invoke',
  lag: 'flow',
};

const check = (id: string, stage: string) => `import { defineCheck, fail, pass } from '../define.js';

export default defineCheck({
  id: '${id}',
  title: 'Say the failing state in a few words',
  severity: 'error',
  stage: '${stage}',
  needs: ['mapping'],
  judge: ({ mapping: { UUID: uuid } }) => (uuid === '' ? fail({ uuid }) : pass),
  describe: ({ uuid }) => ({ title: 'Name the resource and what is wrong with it', evidence: [{ resource: uuid, fact: 'say what is true of it' }] }),
  fixes: () => [{ title: 'Say what to do', safety: 'by-hand', changes: [] }],
});
`;

const test = (id: string) => `import { expect, test } from 'vitest';
import { denied, uuid } from '../../accounts/account.js';
import { expectHarmless, judge } from '../judging.js';

test.todo('fails');
test.todo('found first, mended by its fix, healthy');
test('a healthy account', () => expectHarmless('${id}', 'pass', () => {}));
test.todo('odd, and healthy');
test('unread', () => expect(judge('${id}', (snapshot) => void (snapshot.mappings[uuid] = denied('lambda', 'GetEventSourceMapping'))).status).toBe('unknown'));
`;

// The sections are left empty: a guard refuses the page until they are written.
const page = (id: string) => `# ${id}

\`${id}\` says that

## Why the trigger stops

## How it is decided

## See it by hand

\`\`\`sh
\`\`\`

## Fix

## When this is wrong

## See also
`;

/** Adds a line after the last one of the same family; ids are listed family by family. */
function addLine(path: string, family: string, isEntry: (line: string) => boolean, line: string): void {
  const lines = readFileSync(at(path), 'utf8').split('\n');
  const last = lines.findLastIndex((one) => isEntry(one) && one.trim().startsWith(`'${family}.`));
  lines.splice(last + 1, 0, line);
  writeFileSync(at(path), lines.join('\n'));
}

/** Says what is wrong with an id, or gives undefined. */
function faultOf(id: string): string | undefined {
  const [family = ''] = id.split('.');
  if (!/^[a-z]+\.[a-z]+(-[a-z]+)*$/.test(id))
    return `“${id}” is no id of a check: it is FAMILY.NAME in small letters, a noun for the broken state`;
  if (stages[family] === undefined)
    return `there is no family “${family}”; there are ${Object.keys(stages).join(', ')}`;
  if (readFileSync(at('src/catalogue/check-ids.ts'), 'utf8').includes(`'${id}'`)) return `${id} is there already`;
  return undefined;
}

async function create(id: string): Promise<string[]> {
  const [family = '', name = ''] = id.split('.');
  const files = {
    [`src/checks/${family}/${name}.ts`]: check(id, stages[family]!),
    [`test/checks/${family}/${name}.test.ts`]: test(id),
    [`docs/checks/${id}.md`]: page(id),
  };
  for (const [path, content] of Object.entries(files)) {
    if (existsSync(at(path))) throw new Error(`${path} is there already`);
    mkdirSync(at(path.slice(0, path.lastIndexOf('/') + 1)), { recursive: true });
    writeFileSync(at(path), content);
  }
  addLine('src/catalogue/check-ids.ts', family, (line) => line.startsWith("  '"), `  '${id}',`);
  addLine('src/checks/indicators.ts', family, (line) => line.startsWith("  '"), `  '${id}': 'say what to look at',`);
  // Loaded only now, so that it sees the new id.
  const { checksIndex } = await import('./generate-checks-index.js');
  writeFileSync(at('src/checks/index.ts'), checksIndex);
  return Object.keys(files);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const id = process.argv[2] ?? '';
  const fault = id === '' ? 'give the id of the check: npm run new-check mapping.example' : faultOf(id);
  if (fault !== undefined) {
    process.stderr.write(`error: ${fault}\n`);
    process.exitCode = 2;
  } else
    process.stdout.write(
      `${(await create(id)).join('\n')}\nWrite these three, and the line of ${id} in src/checks/indicators.ts; then npm test.\n`,
    );
}
