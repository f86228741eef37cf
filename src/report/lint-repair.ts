/** A statement to add to a policy, in the language of its template. */
import type { RepairStatement } from '../template/lint-result.js';
import { toJson } from './json.js';
import { toYaml } from './yaml.js';

/** HCL writes policies as `aws_iam_policy_document`, or as the object of `jsonencode`. */
export type TemplateSyntax = 'yaml' | 'json' | 'hcl' | 'hcl-object';

/** Lines to copy, without indentation. */
export function repairLines(statements: readonly RepairStatement[], syntax: TemplateSyntax): string[] {
  if (statements.length === 0) return [];
  if (syntax === 'hcl')
    return statements.flatMap(({ actions, resources }) => [
      'statement {',
      `  actions   = ${JSON.stringify(actions)}`,
      `  resources = ${JSON.stringify(resources)}`,
      '}',
    ]);
  if (syntax === 'hcl-object')
    return statements.flatMap(({ actions, resources }) => [
      '{',
      '  Effect   = "Allow"',
      `  Action   = ${JSON.stringify(alone(actions))}`,
      `  Resource = ${JSON.stringify(alone(resources))}`,
      '}',
    ]);
  const list = statements.map(({ actions, resources }) => ({
    Effect: 'Allow',
    Action: alone(actions),
    Resource: alone(resources.map((resource) => (hasReference(resource) ? { 'Fn::Sub': resource } : resource))),
  }));
  return (syntax === 'json' ? list.map(toJson).join('') : toYaml(list)).trimEnd().split('\n');
}

const alone = <T>(list: readonly T[]): T | readonly T[] => (list.length === 1 ? list[0]! : list);
const hasReference = (text: string): boolean => text.includes('${');
