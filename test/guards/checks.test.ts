/** What every check must have: one name for its file, its entry and its page; a whole page; needs that it really reads. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkLists, orderIds } from '../../scripts/generate-check-lists.js';
import { checkIds } from '../../src/catalogue/check-ids.js';
import { templateCheckIds, templateChecks } from '../../src/catalogue/template-checks.js';
import { defineCheck, fail, pass, type AnyCheck } from '../../src/checks/define.js';
import { checks } from '../../src/checks/index.js';
import { inputOf } from '../../src/checks/run.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { account, healthyAccount, keyArn, region } from '../../src/sandbox/healthy.js';
import { subjectOf } from '../../src/subject/subject.js';
import { mapping, nothingMeasured } from '../checks/judging.js';
import { faultOf, shellLines } from './aws-cli.js';
import { unwritten } from './support/unwritten.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const page = (id: string) => read(`docs/checks/${id}.md`);
const sections = [
  'Why the trigger stops',
  'How it is decided',
  'See it by hand',
  'Fix',
  'When this is wrong',
  'See also',
];

test('a check for every id, in the order of the ids, and both lists are as they are generated', () => {
  expect(checks.map(({ id }) => id)).toEqual([...checkIds]);
  for (const [path, text] of Object.entries(checkLists())) expect(read(path), path).toBe(text);
});

test('listed ids keep their order; a new one stands last in its family, a new family last of all', () =>
  expect(
    orderIds(
      ['mapping.state', 'mapping.gone', 'cluster.state'],
      ['cluster.state', 'lag.trend', 'mapping.batch', 'mapping.state', 'mapping.age'],
    ),
  ).toEqual(['mapping.state', 'mapping.age', 'mapping.batch', 'cluster.state', 'lag.trend']));

test('a file for every check, and a check for every file, by the same name', () => {
  const files = [...new Set(checkIds.map((id) => id.split('.')[0]!))].flatMap((folder) =>
    readdirSync(new URL(`src/checks/${folder}/`, root))
      .filter((file) => file !== 'support')
      .map((file) => `${folder}.${file.replace(/\.ts$/, '')}`),
  );
  expect(files.toSorted()).toEqual([...checkIds].toSorted());
});

test.each(['src/checks', 'test/checks'])('nothing in %s is left to be written', (folder) => {
  const files = readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`);
  expect(files.length).toBeGreaterThan(30);
  expect(files.flatMap((file) => unwritten(read(file)).map((line) => `${file}: ${line}`))).toEqual([]);
});

test('what a check says of where it is judged is there', () => {
  const named = checkIds.flatMap((id) => [
    ...(read(`src/checks/${id.replace('.', '/')}.ts`).match(/^\/\*\* Judged in .*$/m)?.[0] ?? '').matchAll(
      /src\/[\w/.-]+/g,
    ),
  ]);
  expect(named.length).toBeGreaterThan(10);
  expect(named.map(([path]) => path.replace(/\.$/, '')).filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

test('a page for every id, and an id for every page', () =>
  expect(
    readdirSync(new URL('docs/checks/', root))
      .map((file) => file.replace(/\.md$/, ''))
      .toSorted(),
  ).toEqual([...checkIds, ...templateCheckIds].toSorted()));

describe.each([...checkIds, ...templateCheckIds].map((id) => [id]))('page of %s', (id) => {
  test('its name, an introduction and every section, none of them empty', () => {
    const text = page(id);
    expect(
      new RegExp(`^# ${id}\n\n\`${id}\` (?:(?:says|warns) that|(?:fails|warns) if) `).test(text),
      `begins with “# ${id}”, an empty line, and “\`${id}\` fails if …” or “says that …”`,
    ).toBe(true);
    const parts = text.split(/^## /m).slice(1);
    expect(parts.map((part) => part.split('\n', 1)[0])).toEqual(sections);
    for (const part of parts) expect(part.split('\n').slice(1).join('').trim().length, part).toBeGreaterThan(10);
    expect(unwritten(text)).toEqual([]);
  });
  test('its links lead to pages', () => {
    const links = [...page(id).matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1]!);
    expect(links.length, 'pages that “See also” links to').toBeGreaterThan(0);
    for (const link of links)
      expect(link.startsWith('https:') || existsSync(new URL(`docs/checks/${link}`, root)), link).toBe(true);
    expect(links).not.toContain(`${id}.md`);
  });
  test('its lines of the AWS CLI are commands that there are', () => {
    const lines = shellLines(page(id)).filter((line) => line.startsWith('aws '));
    expect(lines.flatMap((line) => faultOf(line) ?? [])).toEqual([]);
  });
});

test('lines that are no command are seen', () => {
  expect(faultOf('aws kafka describe-clusters')).toContain('no command');
  expect(faultOf('aws lambda get-function-configuration --function FUNCTION')).toContain('takes no --function');
  expect(faultOf('aws kafka update-security --cluster-arn ARN')).toContain('needs --current-version');
  expect(faultOf("aws ec2 describe-subnets --subnet-ids a --query 'Subnets[]'")).toBeUndefined();
});

describe.each([...checks, ...templateChecks].map((check) => [check.id, check] as const))(
  'documentation of %s',
  (id, { indicator, docs }) => {
    test('pages of AWS, or of Kafka, each once, without a language', () => {
      expect(docs.length).toBeGreaterThan(0);
      expect(new Set(docs).size).toBe(docs.length);
      for (const link of docs)
        expect(link).toMatch(
          /^https:\/\/(docs\.aws\.amazon\.com\/\w+\/latest\/[\w/-]+\.html|kafka\.apache\.org\/documentation\/#\w+)$/,
        );
    });
    test('its page links to no other documentation', () => {
      const links = [...page(id).matchAll(/https:\/\/(?:docs\.aws\.amazon\.com|kafka\.apache\.org)[^)\s]*/g)];
      expect(links.map(([link]) => link).filter((link) => !docs.some((known) => known === link))).toEqual([]);
    });
    test('its indicator is a clause', () => expect(indicator).toMatch(/^\S.{10,}[^.\s]$/));
  },
);

test('ids are short names, titles name a failing state without a period', () => {
  for (const { id, title } of checks) {
    expect(id).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/);
    expect(title.endsWith('.')).toBe(false);
  }
});

describe('a check declares what it reads, and reads what it declares', () => {
  const snapshots = [
    ...sandboxAccounts.map((account) => account.build()),
    ...(['iam', 'scram', 'mtls', 'tls', 'plaintext'] as const).flatMap((auth) =>
      [false, true].map((provisioned) => healthyAccount({ auth, provisioned })),
    ),
  ];
  for (const snapshot of snapshots.slice(-10)) nothingMeasured(snapshot);
  mapping({ DestinationConfig: { OnFailure: { Destination: `arn:aws:sqs:${region}:${account}:failed` } } })(
    snapshots.at(-1)!,
  );
  const encryptedFilter = healthyAccount({ auth: 'scram' });
  mapping({ KMSKeyArn: keyArn, FilterCriteriaError: { ErrorCode: 'KMSAccessDenied' } })(encryptedFilter);
  snapshots.push(encryptedFilter);
  const subjects = snapshots.flatMap((snapshot) => snapshot.targets.map((uuid) => subjectOf(snapshot, uuid)));

  /** The facts that a check declares and those that its judgements read, over all accounts to which it applies. */
  function declaredAndRead(check: AnyCheck): { declared: string[]; read: string[] } {
    const read = new Set<string>();
    for (const subject of subjects) {
      const input = inputOf(check, subject);
      if (input.is === 'known')
        check.judge(new Proxy(input.value, { get: (target, name) => (read.add(String(name)), target[String(name)]) }));
    }
    return { declared: [...check.needs, ...(check.mayUse ?? [])].toSorted(), read: [...read].toSorted() };
  }

  test.each(checks.map((check) => [check.id, check] as const))('%s', (_, check) => {
    const { declared, read } = declaredAndRead(check);
    expect(read, 'facts that it reads in some sandbox account, against its needs and mayUse').toEqual(declared);
    expect(check.needs.filter((name) => check.mayUse?.includes(name))).toEqual([]);
  });

  const texts = {
    title: 'It is wrong',
    severity: 'error',
    stage: 'mapping',
    indicator: 'what to look at',
    docs: ['https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html'],
    describe: () => ({ title: '', evidence: [] }),
  } as const;

  test('a fact that is declared and never read is seen', () => {
    const check = defineCheck({
      id: 'mapping.state',
      ...texts,
      needs: ['mapping', 'topic'],
      mayUse: ['cluster', 'role'],
      judge: ({ mapping, role }) => (mapping.UUID === '' || role.is === 'unread' ? fail('') : pass),
    });
    const { declared, read } = declaredAndRead(check);
    expect(declared.filter((name) => !read.includes(name))).toEqual(['cluster', 'topic']);
  });

  test('a fact that is read and not declared does not compile', () => {
    const declared = { id: 'mapping.state', ...texts, needs: ['mapping'], mayUse: ['role'] } as const;
    defineCheck({ ...declared, judge: ({ mapping, role }) => (role.is === 'known' ? fail(mapping.UUID) : pass) });
    // @ts-expect-error topic is not declared
    defineCheck({ ...declared, judge: ({ mapping, topic }) => (mapping.UUID === topic ? fail('') : pass) });
    // @ts-expect-error role may be unread: it has a value only where it is known
    defineCheck({ ...declared, judge: ({ role }) => (role?.Arn === '' ? fail('') : pass) });
  });
});
