import { expect, test } from 'vitest';
import type { Finding } from '../../src/checks/run.js';
import { withOneVersion } from '../../src/diagnosis/merge-policy-changes.js';

const statement = (action: string) => ({ Effect: 'Allow', Action: action, Resource: '*' });
const document = (...actions: string[]) => JSON.stringify({ Version: '2012-10-17', Statement: actions.map(statement) });

/** A finding whose fix makes a version of a policy that allows these actions. */
const finding = (check: Finding['check'], policy: string, ...actions: string[]): Finding => ({
  check,
  status: 'fail',
  stage: 'authorization',
  severity: 'error',
  title: check,
  evidence: [],
  missingActions: [],
  fixes: [
    {
      title: `Allow ${actions.at(-1)}`,
      safety: 'care',
      changes: [
        {
          service: 'iam',
          operation: 'CreatePolicyVersion',
          input: { PolicyArn: policy, PolicyDocument: document(...actions), SetAsDefault: true },
          undo: null,
        },
      ],
    },
  ],
});
const documents = (findings: Finding[]) =>
  withOneVersion(findings).map(({ fixes: [fix] }) => ({
    title: fix!.title,
    document: JSON.parse(String(fix!.changes[0]!.input['PolicyDocument'])) as object,
  }));

test('two findings that add to one policy add the statements of both, so that the second does not undo the first', () => {
  const both = JSON.parse(document('kafka:*', 'kafka-cluster:ReadData', 'kafka-cluster:AlterGroup')) as object;
  expect(
    documents([
      finding('access.kafka-topic', 'boundary', 'kafka:*', 'kafka-cluster:ReadData'),
      finding('access.kafka-group', 'boundary', 'kafka:*', 'kafka-cluster:AlterGroup'),
    ]),
  ).toEqual([
    {
      title: 'Allow kafka-cluster:ReadData, together with the other permissions that this mapping needs',
      document: both,
    },
    {
      title: 'Allow kafka-cluster:AlterGroup, together with the other permissions that this mapping needs',
      document: both,
    },
  ]);
});

test('one finding, or findings on different policies, stay as they are', () => {
  const alone = [finding('access.kafka-topic', 'boundary', 'kafka-cluster:ReadData')];
  expect(withOneVersion(alone)).toEqual(alone);
  const apart = [...alone, finding('access.kafka-group', 'other', 'kafka-cluster:AlterGroup')];
  expect(withOneVersion(apart)).toEqual(apart);
});
