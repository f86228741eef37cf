/** The statement that is missing in a role of the templates, with references in place of what is not known. */
import type { Finding } from '../checks/run.js';
import { replaceSymbols, unknownAccount, unknownRegion } from '../snapshot/symbols.js';
import { isObject, type TemplateFormat } from './resource.js';
import type { RepairStatement } from './lint-result.js';

/** From the first call of the fixes that adds a policy to a role; null where there is none. */
export function repairStatementsOf({ fixes }: Finding, format: TemplateFormat): RepairStatement[] {
  const document = fixes.flatMap(({ changes }) => changes).find(({ operation }) => operation === 'PutRolePolicy')
    ?.input['PolicyDocument'];
  if (typeof document !== 'string') return [];
  const parsed: unknown = JSON.parse(document);
  const statements = isObject(parsed) && Array.isArray(parsed['Statement']) ? parsed['Statement'] : [];
  return statements.filter(isObject).map(({ Action: action = [], Resource: resource = [] }) => ({
    actions: [action].flat().map(String),
    resources: [resource].flat().map((arn) => withReferences(String(arn), format)),
  }));
}

/** Terraform has no pseudo parameters. */
const withReferences = (arn: string, format: TemplateFormat): string =>
  replaceSymbols(arn, (symbol) => {
    if (format !== 'terraform' && symbol === unknownAccount) return '${AWS::AccountId}';
    if (format !== 'terraform' && symbol === unknownRegion) return '${AWS::Region}';
    return '*';
  })
    // A cluster's UUID ends in a number, and a text in which a part is unknown is unknown as a whole.
    .replaceAll(/\*[\w-]+(?=\/|$)/g, '*');
