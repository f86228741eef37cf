import { describe, expect, test } from 'vitest';
import { defineCheck, fail, pass, skip, undecided, type AnyCheck, type Judgement } from '../../src/checks/define.js';
import type { CheckId } from '../../src/catalogue/check-ids.js';
import { runCheck, runChecks } from '../../src/checks/run.js';
import { known, notApplicable, unread, type Fact } from '../../src/subject/fact.js';
import type { Subject } from '../../src/subject/subject.js';
import { denied } from '../accounts/account.js';

const check = (id: CheckId, judge: (topic: string) => Judgement<string>, restsOn: CheckId[] = []): AnyCheck =>
  defineCheck({
    id,
    restsOn,
    title: `${id} is wrong`,
    severity: 'error',
    stage: 'network',
    indicator: 'what to look at',
    docs: ['https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html'],
    needs: ['topic'],
    judge: ({ topic }) => judge(topic),
    describe: (evidence) => ({ title: `${id}: ${evidence}`, evidence: [{ resource: evidence, fact: 'is wrong' }] }),
    fixes: () => [{ title: 'mend it', safety: 'by-hand', changes: [] }],
  });
const subjectWith = (topic: Fact<string>) => ({ topic }) as unknown as Subject;

describe('one check', () => {
  test('a failure is put in words, with its fix', () =>
    expect(runCheck(check('cluster.topic', fail), subjectWith(known('orders')))).toMatchObject({
      status: 'fail',
      title: 'cluster.topic: orders',
      evidence: [{ resource: 'orders', fact: 'is wrong' }],
      fixes: [{ title: 'mend it' }],
    }));

  test('a denied read makes it unknown, names the action and whose right is missing, and blames nobody', () => {
    const finding = runCheck(
      check('cluster.topic', fail),
      subjectWith(unread(denied('kafka', 'ListTopics', 'a cluster'), denied('kafka', 'ListTopics', 'a cluster'))),
    );
    expect(finding).toMatchObject({ status: 'unknown', missingActions: ['kafka:ListTopics'], fixes: [] });
    expect(finding.evidence).toEqual([
      { resource: 'a cluster', fact: 'kafka:ListTopics was denied to your credentials: AccessDeniedException' },
    ]);
  });

  test('a check that passes says what it looked for', () => {
    const passed = check('cluster.topic', () => pass);
    expect(runCheck(passed, subjectWith(known('orders')))).toMatchObject({ status: 'pass', title: passed.title });
  });

  test('a check without fixes has none', () => {
    const { fixes: _fixes, ...without } = check('cluster.topic', fail);
    expect(runCheck(without, subjectWith(known('orders')))).toMatchObject({ status: 'fail', fixes: [] });
  });

  test('reads of different resources that failed are each named', () => {
    const finding = runCheck(
      check('cluster.topic', fail),
      subjectWith(unread(denied('kafka', 'ListTopics', 'a cluster'), denied('kafka', 'ListTopics', 'another'))),
    );
    expect(finding.evidence.map(({ resource }) => resource)).toEqual(['a cluster', 'another']);
    expect(finding.missingActions).toEqual(['kafka:ListTopics']);
  });

  test('what does not apply is skipped with the reason', () => {
    expect(runCheck(check('cluster.topic', fail), subjectWith(notApplicable('there is none')))).toMatchObject({
      status: 'skip',
      title: 'Not applicable: there is none',
    });
    expect(
      runCheck(
        check('cluster.topic', () => skip('not now')),
        subjectWith(known('orders')),
      ),
    ).toMatchObject({ status: 'skip', title: 'Not applicable: not now' });
  });

  test('a reasoner that could follow only so far makes it unknown too', () =>
    expect(
      runCheck(
        check('cluster.topic', () => undecided('the far side is not ours')),
        subjectWith(known('orders')),
      ),
    ).toMatchObject({
      status: 'unknown',
      title: 'Could not check: the far side is not ours',
      missingActions: [],
    }));
});

describe('several checks', () => {
  test('each is judged once, however many others rest on it', () => {
    let judged = 0;
    const premise = check('cluster.auth', () => (judged++, pass));
    const others = (['cluster.broker', 'cluster.topic'] as const).map((id) => check(id, () => pass, ['cluster.auth']));
    runChecks([...others, premise], subjectWith(known('orders')));
    expect(judged).toBe(1);
  });

  const dependent = check('cluster.broker', fail, ['cluster.auth']);

  test('a false premise is said once: what rests on it is skipped, whatever the order of the list', () => {
    const premise = check('cluster.auth', fail);
    const statuses = (list: AnyCheck[]) =>
      Object.fromEntries(
        runChecks(list, subjectWith(known('orders'))).map((finding) => [finding.check, finding.status]),
      );
    expect(statuses([premise, dependent])).toEqual({ 'cluster.auth': 'fail', 'cluster.broker': 'skip' });
    expect(statuses([dependent, premise])).toEqual({ 'cluster.auth': 'fail', 'cluster.broker': 'skip' });
  });

  test('a premise that holds, or was left out, takes nothing away', () => {
    expect(runChecks([check('cluster.auth', () => pass), dependent], subjectWith(known('orders')))[1]!.status).toBe(
      'fail',
    );
    expect(runChecks([dependent], subjectWith(known('orders')))[0]!.status).toBe('fail');
  });
});
