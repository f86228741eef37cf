/** The repair of a resource that a template owns: whose it is, and what to add there. */
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { renderDoctor } from '../../src/report/doctor-text.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { isOk, type Keyed } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';

const stack = [
  { Key: 'aws:cloudformation:stack-name', Value: 'orders-app' },
  { Key: 'aws:cloudformation:logical-id', Value: 'Owned' },
];
const terraform = [{ Key: 'ManagedBy', Value: 'terraform' }];

const all = <T>(collection: Keyed<T>): T[] =>
  Object.values(collection).flatMap((read) => (isOk(read) ? [read.value] : []));

function textOf(name: string, tag: (snapshot: Snapshot) => void): string {
  const snapshot = sandboxAccounts.find((account) => account.name === name)!.build();
  tag(snapshot);
  return renderDoctor(diagnose(snapshot), { colour: new Chalk({ level: 0 }), columns: 100, verbose: false });
}

const tagRoles = (Tags: typeof stack) => (snapshot: Snapshot) => {
  for (const role of all(snapshot.roles)) role.Tags = Tags;
};

describe('an owned resource', () => {
  test('a role: the command that prints its statements for the template, then the direct change', () => {
    const text = textOf('managed-policy-only', tagRoles(stack));
    expect(text).toContain('order-handler-role belongs to stack orders-app (Owned): change its template');
    expect(text).toMatch(/^ {7}msk-lambda policy \S+ --output cloudformation$/m);
    expect(text).toMatch(/^ {7}msk-lambda doctor \S+ --fix --change-owned$/m);
    expect(text).not.toMatch(/--fix$/m);
    expect(textOf('managed-policy-only', tagRoles(terraform))).toMatch(/msk-lambda policy \S+ --output terraform$/m);
  });
  test('a security group: the resource to add', () => {
    const text = textOf('no-self-reference', (snapshot) => {
      for (const group of all(snapshot.securityGroups).flat()) group.Tags = stack;
    });
    expect(text).toContain('orders-cluster belongs to stack orders-app (Owned): change its template');
    expect(text).toContain('Type: AWS::EC2::SecurityGroupIngress');
  });
  test('without a tag nothing is said of an owner', () =>
    expect(textOf('managed-policy-only', () => {})).not.toMatch(/belongs to|--change-owned/));
});
