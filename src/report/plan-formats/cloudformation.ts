/** A repair plan as a CloudFormation template. */
import { renderCli, type CliPlace } from '../../fixes/render-cli.js';
import type { RepairPlan, RepairStep } from '../../repair/repair-plan.js';
import { toYaml } from '../yaml.js';
import { cloudFormationOf, type CloudFormationResource } from './cloudformation-resources.js';
import { commentLines, describe } from './comments.js';

/**
 * A template with the chosen steps that create something. What changes an existing resource is no part of a new stack:
 * its AWS CLI commands are in the template's metadata and in a comment.
 */
export function toCloudFormationPlan(plan: RepairPlan, flags: CliPlace = {}): string {
  const chosen = plan.steps.filter(({ isChosen }) => isChosen);
  const made = chosen.map((step) => ({ step, resources: cloudFormationOf(step) }));
  const other = made.filter(({ resources }) => resources.length === 0).map(({ step }) => step);
  const notes = [
    'Repair plan of msk-lambda. Move the resources to the template that owns what they change.',
    ...made.filter(({ resources }) => resources.length > 0).map(({ step }) => describe(step)),
    ...other.map((step) => `${describe(step)}\n  Changes an existing resource, so use: ${renderCli(step, flags)}`),
    ...plan.choices.flatMap(({ question, options, chosen: index }) => [
      `Choice: ${question}`,
      ...options.map(({ title }, position) => `  ${position === index ? 'chosen' : 'not chosen'}: ${title}`),
    ]),
    ...plan.byHand.map(({ title, command }) => `Manual: ${title}${command === null ? '' : `\n  ${command}`}`),
  ];
  return [
    ...notes.flatMap((note) => commentLines(note, '# ')),
    toYaml({
      AWSTemplateFormatVersion: '2010-09-09',
      Description: 'Repair plan of msk-lambda',
      ...(other.length === 0
        ? {}
        : {
            Metadata: { NotInThisTemplate: other.map((step) => ({ Step: step.id, Command: renderCli(step, flags) })) },
          }),
      Resources: inOrder(made),
    }),
  ].join('\n');
}

/** Each resource depends on the step before it: the steps are in a working order. */
function inOrder(made: readonly { step: RepairStep; resources: readonly CloudFormationResource[] }[]) {
  const entries: [string, object][] = [];
  let before: string[] = [];
  for (const { step, resources } of made) {
    if (resources.length === 0) continue;
    const names = resources.map((_, index) => logicalId(step.id, resources.length === 1 ? null : index + 1));
    for (const [index, resource] of resources.entries())
      entries.push([names[index]!, { Type: resource.Type, ...dependsOn(before), Properties: resource.Properties }]);
    before = names;
  }
  return entries.length === 0 ? nothing : Object.fromEntries(entries);
}

const dependsOn = (names: readonly string[]) => (names.length === 0 ? {} : { DependsOn: [...names] });

/** CloudFormation refuses a template without resources. */
const nothing = { NothingToCreate: { Type: 'AWS::CloudFormation::WaitConditionHandle' } };

/** Logical ids are letters and digits. */
const logicalId = (id: string, number: number | null): string =>
  `Step${id.replaceAll(/\D/g, '')}${number === null ? '' : `Rule${number}`}`;
