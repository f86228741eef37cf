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
  title: 'TODO: the failing state in a few words',
  severity: 'error',
  stage: '${stage}',
  indicator: 'TODO: what to look at, to tell this cause from others',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html'],
  needs: ['mapping'],
  judge: ({ mapping: { UUID: uuid } }) => (uuid === '' ? fail({ uuid }) : pass),
  describe: ({ uuid }) => ({
    title: 'TODO: the resource and what is wrong with it',
    evidence: [{ resource: uuid, fact: 'TODO: what is true of it' }],
  }),
  fixes: () => [{ title: 'TODO: what to do', safety: 'by-hand', changes: [] }],
});
`;

const test = (id: string) => `import { expect, test } from 'vitest';
import { denied, uuid } from '../../accounts/account.js';
import { expectHarmless, judge } from '../judging.js';

const id = '${id}';

test.todo('broken: the status and the words of judge(id, change)');
test.todo('found first, repaired by its fix, healthy: expectMended(id, change)');
test('a healthy account', () => expectHarmless(id, 'pass', () => {}));
test.todo('unusual, and healthy: expectHarmless(id, status, change)');
test('unread', () => {
  const finding = judge(id, (snapshot) => {
    snapshot.mappings[uuid] = denied('lambda', 'GetEventSourceMapping');
  });
  expect(finding.status).toBe('unknown');
});
`;

// A guard refuses the page while a TODO is left in it.
const page = (id: string) => `# ${id}

\`${id}\` says that TODO.

## Why the trigger stops

TODO: what Lambda and the pollers do about it.

## How it is decided

TODO: which values are compared, and where the result is a warning, unknown or not applicable.

## See it by hand

\`\`\`sh
aws lambda get-event-source-mapping --uuid UUID
\`\`\`

## Fix

TODO: what to change; a call of the AWS CLI where there is one.

## When this is wrong

TODO: where it warns without cause, or says nothing though something is wrong.

## See also

TODO: links to the pages of other checks.
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
  } else
    process.stdout.write(
      `${create(id).join('\n')}\nReplace every TODO in these three; then npm run generate, and npx vitest run --project unit test/checks test/guards.\n`,
    );
}
