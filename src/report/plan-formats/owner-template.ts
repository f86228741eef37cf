/** A step in the language of the tool that owns its resource, for the owner to add to the template. */
import type { Change } from '../../fixes/fix.js';
import type { Owner } from '../../snapshot/owner-of-tags.js';
import { toYaml } from '../yaml.js';
import { cloudFormationOf } from './cloudformation-resources.js';
import { hasTerraformResource, terraformOf } from './terraform-resources.js';

/** The lines to add; empty where the owner is not known, or the language cannot express the step as a new resource. */
export function ownerTemplate(step: Change & { owner: Owner | null }): string[] {
  if (step.owner === null) return [];
  if (step.owner.tool === 'terraform')
    return hasTerraformResource(step) ? terraformOf(step, 'msk_lambda').flatMap((block) => block.split('\n')) : [];
  const resources = cloudFormationOf(step);
  if (resources.length === 0) return [];
  const named = Object.fromEntries(
    resources.map((resource, index) => [`MskLambda${resources.length === 1 ? '' : index + 1}`, resource]),
  );
  return toYaml(named).trimEnd().split('\n');
}
