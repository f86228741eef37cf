/** `npm run new-check ID`: a check, its test and its page from templates; the lists of the checks are generated again. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeCheckLists } from './generate-check-lists.js';

const root = new URL('../', import.meta.url);
const at = (path: string) => new URL(path, root);

/** The families, and where the checks of each usually stand among the pollers' stages. */
const stages: Record<string, string> = {
  mapping: 'mapping',
  cluster: 'control-plane',
  network: 'network',
  access: 'authorization',
  secret: 'secret',
  function: 'invoke',
  lag: 'flow',
  records: 'flow',
};

const check = (id: string, stage: string) => `import { defineCheck, fail, pass } from '../define.js';

export default defineCheck({
  id: '${id}',
  title: 'Say the failing state in a few words',
  severity: 'error',
  stage: '${stage}',
  indicator: 'say what to look at, to tell this cause from others',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html'],
  needs: ['mapping'],
  judge: ({ mapping: { UUID: uuid } }) => (uuid === '' ? fail({ uuid }) : pass),
  describe: ({ uuid }) => ({
    title: 'Name the resource and what is wrong with it',
    evidence: [{ resource: uuid, fact: 'say what is true of it' }],
  }),
  fixes: () => [{ title: 'Say what to do', safety: 'by-hand', changes: [] }],
});
`;

const test = (id: string) => `import { expect, test } from 'vitest';
import { denied, uuid } from '../../accounts/account.js';
import { expectHarmless, judge } from '../judging.js';

const id = '${id}';

test.todo('fails');
test.todo('found first, repaired by its fix, healthy');
test('a healthy account', () => expectHarmless(id, 'pass', () => {}));
test.todo('odd, and healthy');
test('unread', () => {
  const finding = judge(id, (snapshot) => {
    snapshot.mappings[uuid] = denied('lambda', 'GetEventSourceMapping');
  });
  expect(finding.status).toBe('unknown');
});
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

const checkPath = (id: string): string => `src/checks/${id.replace('.', '/')}.ts`;

/** What is wrong with an id, as a clause; undefined for a right one. */
function faultOf(id: string): string | undefined {
  const [family = ''] = id.split('.');
  if (!/^[a-z]+\.[a-z]+(-[a-z]+)*$/.test(id))
    return `“${id}” is no id of a check: it is FAMILY.NAME in small letters, a noun for the broken state`;
  if (stages[family] === undefined)
    return `there is no family “${family}”; there are ${Object.keys(stages).join(', ')}`;
  return existsSync(at(checkPath(id))) ? `${id} is there already` : undefined;
}

/** Writes the three files and returns their paths. */
function create(id: string): string[] {
  const [family = '', name = ''] = id.split('.');
  const files = {
    [checkPath(id)]: check(id, stages[family]!),
    [`test/checks/${family}/${name}.test.ts`]: test(id),
    [`docs/checks/${id}.md`]: page(id),
  };
  for (const [path, content] of Object.entries(files)) {
    if (existsSync(at(path))) throw new Error(`${path} is there already`);
    mkdirSync(at(path.slice(0, path.lastIndexOf('/') + 1)), { recursive: true });
    writeFileSync(at(path), content);
  }
  writeCheckLists();
  return Object.keys(files);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const id = process.argv[2] ?? '';
  const fault = id === '' ? 'give the id of the check: npm run new-check mapping.example' : faultOf(id);
  if (fault !== undefined) {
    process.stderr.write(`error: ${fault}\n`);
    process.exitCode = 2;
  } else process.stdout.write(`${create(id).join('\n')}\nWrite these three; then npm run generate and npm test.\n`);
}
