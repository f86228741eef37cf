/** Each fault in CloudFormation and in SAM: the right cause first, at a place in the file, and nothing beside it. */
import { describe, expect, test } from 'vitest';
import { faults, type Fault } from './support/faults.js';
import { healthy, lintTemplate, problems, undecided, type Template } from './support/healthy.js';
import { toSam } from './support/sam.js';

const languages: readonly [name: string, write: (template: Template) => Template][] = [
  ['CloudFormation', (template) => template],
  ['SAM', toSam],
];

describe.each(languages)('%s', (language, write) => {
  test.each(
    (['iam', 'scram', 'mtls'] as const).flatMap((auth) =>
      (['endpoints', 'nat'] as const).map((network) => ({ auth, network })),
    ),
  )('a healthy template: $auth, $network', (kind) => {
    const result = lintTemplate(write(healthy(kind)));
    expect(result.mappings.map(({ verdict }) => verdict)).toEqual(['healthy']);
    expect(problems(result)).toEqual([]);
    expect(result.mappings.flatMap(undecided)).toEqual([]);
  });

  test.each(
    faults
      .filter(({ notInSam }) => language !== 'SAM' || notInSam !== true)
      .map((fault) => [fault.name, fault] as const),
  )('%s', (_, { auth, network, change, check, status = 'fail' }: Fault) => {
    const template = healthy({
      ...(auth === undefined ? {} : { auth }),
      ...(network === undefined ? {} : { network }),
    });
    change(template);
    const result = lintTemplate(write(template));
    const [mapping] = result.mappings;
    if (status === 'fail') expect(mapping!.causes[0]?.check, problems(result).join(', ')).toBe(check);
    else expect(problems(result)).toEqual([check]);
    expect(mapping!.verdict).toBe(status === 'fail' ? 'broken' : 'at-risk');
    const finding = mapping!.findings.find((each) => each.check === check && each.status === status)!;
    expect(finding.location.line).toBeGreaterThan(1);
    expect(finding.location.path).toMatch(/^Resources\./);
  });
});
