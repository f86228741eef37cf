/** Which mapping of the account a template describes: by the tags of its stack, by its UUID, or by what it connects. */
import { describe, expect, test } from 'vitest';
import { healthyAccount } from '../../src/sandbox/healthy.js';
import { isOk } from '../../src/snapshot/read.js';
import { lint } from '../../src/template/lint.js';
import type { LintResult } from '../../src/template/lint-result.js';
import type { JsonObject } from '../../src/template/resource.js';
import { findingOf, get, now, toYaml } from './support/healthy.js';

const standing = healthyAccount({ auth: 'iam' });
const [existing] = Object.values(standing.mappings).flatMap((read) => (isOk(read) ? [read.value] : []));
const { UUID: uuid, EventSourceArn: cluster } = existing!;

/** A stack whose function has a generated name, so that only tags tell which mapping is meant. */
function lintStack(changes: JsonObject, tags: Record<string, string> | null): LintResult {
  const template = {
    Resources: {
      Handler: {
        Type: 'AWS::Lambda::Function',
        Properties: { Role: 'arn:aws:iam::111122223333:role/order-handler-role', Timeout: 10 },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: cluster!,
          FunctionName: get('Handler'),
          Topics: existing!.Topics,
          StartingPosition: existing!.StartingPosition!,
          ...changes,
        },
      },
    },
  };
  return lint({
    sources: [{ path: 'cdk.out/Orders.template.json', text: toYaml(template), format: 'cdk', stackName: 'Orders' }],
    parameters: {},
    region: undefined,
    account: undefined,
    standing,
    tags: new Map(tags === null ? [] : [[uuid, tags]]),
    readBeside: () => null,
    tool: { name: 'msk-lambda', version: '0' },
    now,
  });
}
const ofStack = (stack: string, logicalId = 'Mapping') => ({
  'aws:cloudformation:stack-name': stack,
  'aws:cloudformation:logical-id': logicalId,
});
const replacement = (result: LintResult) => findingOf(result, 'template.replacement');

describe('by the tags of the stack', () => {
  test('an unchanged mapping is updated', () =>
    expect(replacement(lintStack({}, ofStack('Orders'))).status).toBe('pass'));
  test('a changed topic stays as it was', () => {
    const finding = replacement(lintStack({ Topics: ['payments'] }, ofStack('Orders')));
    expect(finding).toMatchObject({ status: 'warn' });
    expect(finding.title).toBe(
      `Mapping is ${uuid}, and after the update its topic stays ${existing!.Topics[0]}: Topics of an existing mapping cannot be changed`,
    );
  });
  test('another starting position replaces it', () =>
    expect(replacement(lintStack({ StartingPosition: 'LATEST' }, ofStack('Orders'))).status).toBe('fail'));
  test('a mapping of another cluster is a new one', () => {
    const changes = {
      EventSourceArn: cluster!.replace('orders-cluster', 'other'),
      StartingPosition: 'LATEST',
      Topics: ['x'],
    };
    expect(replacement(lintStack(changes, ofStack('Orders'))).status).toBe('pass');
  });
  test.each([
    ['of another stack', ofStack('Payments')],
    ['of another resource', ofStack('Orders', 'Other')],
    ['that were not read', null],
  ])('tags %s prove nothing', (_, tags) =>
    expect(replacement(lintStack({ StartingPosition: 'LATEST' }, tags)).status).toBe('pass'),
  );
});
