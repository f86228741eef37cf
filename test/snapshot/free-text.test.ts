/** No name of the account is left in an anonymous snapshot, wherever a free text repeats it, and the judgement stays. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchText } from '../../src/catalogue/match.js';
import { textState } from '../../src/catalogue/text-state.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { openAccount, sandboxAccounts } from '../../src/sandbox/index.js';
import { anonymize } from '../../src/snapshot/anonymize/anonymize.js';
import { isOk, ok } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { runs } from '../random/seed.js';

const sameMeaning = (before: string, after: string) =>
  matchText(before)?.id === matchText(after)?.id && textState(before) === textState(after);
const judgement = ({ mappings }: ReturnType<typeof diagnose>) =>
  mappings
    .map(({ verdict, causes, findings }) => [
      verdict,
      causes.map(({ check }) => check),
      findings.map(({ check, status }) => `${check} ${status}`),
    ])
    .map((part) => JSON.stringify(part))
    .toSorted();

/** Names that are known from the members that hold them. */
function namesIn(snapshot: Snapshot): string[] {
  const cluster = Object.values(snapshot.clusters).find(isOk);
  const mapping = Object.values(snapshot.mappings).find(isOk);
  return [
    cluster?.value.ClusterName,
    mapping?.value.FunctionArn?.split(':')[6],
    ...Object.values(snapshot.roles)
      .filter(isOk)
      .map(({ value }) => value.Arn.split('/').at(-1)),
    ...Object.values(snapshot.secrets)
      .filter(isOk)
      .map(({ value }) => value.Name?.replace('AmazonMSK_', '')),
    snapshot.account ?? undefined,
  ].filter((name): name is string => name !== undefined && name.length > 3 && /[^a-z]/.test(name));
}

const written = [
  (name: string) => `AWS Lambda VPC ENI-${name}-5f1c9a52`,
  (name: string) => `managed by ${name}.`,
  (name: string) => `${name.toUpperCase()}_LOGS`,
  (name: string) => `see “${name}” or ${name}/${name}`,
  (name: string) => `The execution role ${name} is not authorized to perform ${name}:x`,
  (name: string) => `error in (${name})`,
];

/** Puts free texts into members that hold such. */
function addTexts(snapshot: Snapshot, texts: string[]): void {
  const next = (() => {
    let index = 0;
    return () => texts[index++ % texts.length]!;
  })();
  for (const read of Object.values(snapshot.networkInterfaces))
    if (isOk(read)) for (const item of read.value) if (item.Description !== undefined) item.Description += ` ${next()}`;
  for (const uuid of Object.keys(snapshot.mappings))
    snapshot.pollerLogs[uuid] = ok([
      { timestamp: snapshot.capturedAt, brokers: [], level: 'INFO', errorMessage: next() } as never,
    ]);
  for (const read of Object.values(snapshot.functions)) if (isOk(read)) read.value.StateReason = next();
  for (const read of Object.values(snapshot.clusters))
    if (isOk(read)) read.value.StateInfo = { Code: 'x', Message: next() } as never;
  for (const text of texts)
    snapshot.reads.push({ service: 'ec2', operation: 'DescribeVpcs', outcome: 'failed', calls: 1, error: text });
}

test.each(sandboxAccounts.map(({ name }) => name))('%s', (account) =>
  fc.assert(
    fc.property(fc.shuffledSubarray(written, { minLength: 6 }), fc.string({ minLength: 8 }), (forms, key) => {
      const snapshot = openAccount(account)!.snapshot();
      const names = namesIn(snapshot);
      addTexts(
        snapshot,
        names.flatMap((name) => forms.map((form) => form(name))),
      );
      const hidden = anonymize(snapshot, { key, sameMeaning });
      const text = JSON.stringify(hidden).toLowerCase();
      expect(names.filter((name) => text.includes(name.toLowerCase()))).toEqual([]);
      expect(judgement(diagnose(hidden))).toEqual(judgement(diagnose(snapshot)));
    }),
    { numRuns: runs(2) },
  ),
);

test.each([
  ['aws:PrincipalTag/Team', 'aws:principaltag/team'],
  ['aws:PrincipalTag/Cost-Center', 'AWS:PRINCIPALTAG/COST-CENTER'],
  ['aws:RequestTag/Owner', 'aws:requesttag/owner'],
  ['aws:ResourceTag/Env', 'Aws:ResourceTag/ENV'],
  ['kafka-cluster:ResourceTag/x', 'KAFKA-CLUSTER:resourcetag/X'],
])('%s and %s stay one condition key', (written1, written2) => {
  const snapshot = openAccount('nat')!.snapshot();
  const policy = (key: string) =>
    JSON.stringify({
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { StringEquals: { [key]: 'a' } } }],
    });
  const [role] = Object.keys(snapshot.roles);
  snapshot.inlinePolicies[`${role}#first`] = ok(policy(written1));
  snapshot.inlinePolicies[`${role}#second`] = ok(policy(written2));
  const keys = Object.values(anonymize(snapshot, { key: 'k', sameMeaning }).inlinePolicies)
    .filter(isOk)
    .flatMap(({ value }) => [...value.matchAll(/"([^"]+tag\/[^"]+)"/gi)].map(([, key]) => key!.toLowerCase()));
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).not.toBe(written1.toLowerCase());
});

test('Sids, tag values and descriptions keep no name, and the judgement stays', () => {
  const snapshot = openAccount('nat')!.snapshot();
  const [role] = Object.keys(snapshot.roles);
  const roleRead = snapshot.roles[role!]!;
  if (isOk(roleRead))
    roleRead.value.AssumeRolePolicyDocument = JSON.stringify({
      ...(JSON.parse(roleRead.value.AssumeRolePolicyDocument!) as object),
      Id: 'ZorgelTrust',
    });
  snapshot.inlinePolicies[`${role}#extra`] = ok(
    JSON.stringify({
      Version: '2012-10-17',
      Id: 'ZorgelPolicy',
      Statement: [
        {
          Sid: 'ZorgelReads',
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::zorgel-bucket/*',
          Condition: { StringEquals: { 'aws:ResourceTag/zorgel': 'Zorgel', 'aws:PrincipalOrgID': 'o-zorgel' } },
        },
      ],
    }),
  );
  for (const read of Object.values(snapshot.networkInterfaces))
    if (isOk(read)) for (const face of [read.value].flat()) Object.assign(face, { Description: 'of zorgel-handler' });
  const hidden = anonymize(snapshot, { key: 'k', sameMeaning });
  const text = JSON.stringify(hidden);
  expect(text).toContain('s3:GetObject');
  expect(text.toLowerCase()).not.toMatch(/zorgel(policy|trust|reads|-bucket)|tag.zorgel|o-zorgel/);
  expect(judgement(diagnose(hidden))).toEqual(judgement(diagnose(snapshot)));
});
