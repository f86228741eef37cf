/** Each fault of a template in Terraform too: the same first cause, at the line where it is written. */
import { describe, expect, test } from 'vitest';
import { faults } from '../support/faults.js';
import { problems } from '../support/healthy.js';
import { edited, lintConfiguration } from './lint-configuration.js';
import { endpoints } from './endpoints-stack.js';
import { terraformFaults } from './same-faults.js';

test('a healthy configuration with endpoints', () => {
  const result = lintConfiguration({ 'main.tf': endpoints });
  expect(problems(result)).toEqual([]);
  expect(result.mappings.map(({ verdict }) => verdict)).toEqual(['healthy']);
});

test('every fault of a template is a fault in Terraform', () => {
  expect(Object.keys(terraformFaults)).toEqual(faults.map(({ name }) => name));
});

describe('a fault has the same first cause in Terraform', () => {
  test.each(faults.map((fault) => [fault.name, fault] as const))('%s', (name, { check, status = 'fail' }) => {
    const { text, edits, line } = terraformFaults[name]!;
    const written = edited(text, edits);
    const result = lintConfiguration({ 'main.tf': written });
    const [mapping] = result.mappings;
    if (status === 'fail') expect(mapping!.causes[0]?.check, problems(result).join(', ')).toBe(check);
    else expect(problems(result)).toEqual([check]);
    expect(mapping!.verdict).toBe(status === 'fail' ? 'broken' : 'at-risk');
    const { location } = mapping!.findings.find((finding) => finding.check === check && finding.status === status)!;
    expect(written.split('\n')[location.line - 1]!.trim()).toBe(line);
  });
});
