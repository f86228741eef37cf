/** The formats in which a repair plan can be written, for `doctor --plan-format`. */
import type { CliPlace } from '../../fixes/render-cli.js';
import type { RepairPlan } from '../../repair/repair-plan.js';
import { toCloudFormationPlan } from './cloudformation.js';
import { toShellScript } from './shell.js';
import { toTerraformPlan } from './terraform.js';

export type PlanFormat = 'shell' | 'terraform' | 'cloudformation';

export const planFormats: Record<PlanFormat, (plan: RepairPlan, flags?: CliPlace) => string> = {
  shell: toShellScript,
  terraform: toTerraformPlan,
  cloudformation: toCloudFormationPlan,
};
