/** A repair plan as Terraform. */
import type { CliPlace } from '../../fixes/render-cli.js';
import type { RepairPlan } from '../../repair/repair-plan.js';
import { commentLines, describe } from './comments.js';
import { HclExpression, hclBlock } from './hcl.js';
import { hasTerraformResource, terraformOf } from './terraform-resources.js';

const label = (id: string): string => id.replaceAll('-', '_');

/**
 * One block or more for each chosen step. What Terraform can only change by taking over an existing resource is a
 * `terraform_data` that runs the AWS CLI once. Options that are not chosen and manual steps are comments.
 */
export function toTerraformPlan(plan: RepairPlan, flags: CliPlace = {}): string {
  const comment = (text: string): string[] => commentLines(text, '# ');
  const chosen = plan.steps.filter(({ isChosen }) => isChosen);
  const addressOf = (step: (typeof chosen)[number]): string => {
    const [first] = terraformOf(step, label(step.id), flags);
    return /^resource "([^"]+)" "([^"]+)"/
      .exec(first ?? '')!
      .slice(1)
      .join('.');
  };
  return [
    ...comment('Repair plan of msk-lambda. Move the blocks to the configuration that owns the resources.'),
    ...chosen.flatMap((step, index) => {
      const blocks = terraformOf(step, label(step.id), flags);
      const before = chosen[index - 1];
      return [
        '',
        ...comment(describe(step)),
        ...(hasTerraformResource(step) ? [] : comment('Changes an existing resource: runs the AWS CLI once.')),
        ...blocks.map((block) => (before === undefined ? block : withDependency(block, addressOf(before)))),
      ];
    }),
    ...plan.choices.flatMap(({ question, options, chosen: index }) => [
      '',
      ...comment(`Choice: ${question}`),
      ...options.flatMap(({ title }, position) => comment(`${position === index ? 'chosen' : 'not chosen'}: ${title}`)),
    ]),
    ...plan.byHand.flatMap(({ title, command }) => [
      '',
      ...comment(`Manual: ${title}`),
      ...(command === null ? [] : [`#   ${command}`]),
    ]),
    '',
  ].join('\n');
}

/** The steps are in a working order, which Terraform does not know. */
function withDependency(block: string, address: string): string {
  const dependency = hclBlock(['x'], { depends_on: new HclExpression(`[${address}]`) }).split('\n')[1]!;
  return block.replace(/\n\}$/, `\n\n${dependency}\n}`);
}
