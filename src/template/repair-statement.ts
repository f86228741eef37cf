/** The statement that is missing in a role of the templates, with references in place of what is not known. */
import type { Finding } from '../checks/run.js';
import { replaceSymbols, unknownAccount, unknownRegion } from '../snapshot/symbols.js';
import { isObject, type TemplateFormat, type TemplateResource } from './resource.js';
import type { RepairStatement } from './lint-result.js';
import type { Resources } from './role-policies.js';

/** From the first call of the fixes that adds a policy to a role; null where there is none. */
export function repairStatementsOf(
  { fixes }: Finding,
  mapping: TemplateResource,
  resources: Resources,
): RepairStatement[] {
  const document = fixes.flatMap(({ changes }) => changes).find(({ operation }) => operation === 'PutRolePolicy')
    ?.input['PolicyDocument'];
  if (typeof document !== 'string') return [];
  const parsed: unknown = JSON.parse(document);
  const statements = isObject(parsed) && Array.isArray(parsed['Statement']) ? parsed['Statement'] : [];
  return statements.filter(isObject).map(({ Action: action = [], Resource: resource = [] }) => ({
    actions: [action].flat().map(String),
    resources: [resource]
      .flat()
      .map((arn) => referenceTo(String(arn), mapping, resources) ?? withReferences(String(arn), mapping.format)),
  }));
}

/** Resources that the statement can name as a whole: a pattern for a generated name would allow all of the service. */
const wholeServices = /^arn:[\w-]+:(?:secretsmanager|sqs|sns|s3|kms):/;

/** A reference to a resource of the same file; null for another ARN, and where the address cannot be written in text. */
function referenceTo(arn: string, mapping: TemplateResource, resources: Resources): string | null {
  const resource = wholeServices.test(arn) ? resources.find(arn) : undefined;
  if (resource === undefined || resource.arn !== arn) return null;
  const { address, id } = resource;
  if (resource.locate([]).file !== mapping.locate([]).file) return null;
  if (mapping.format === 'terraform') return /^aws_\w+\.[\w-]+$/.test(address) ? `\${${address}.arn}` : null;
  if (!/^[A-Za-z0-9]+$/.test(address)) return null;
  return id === arn ? `\${${address}}` : `\${${address}.Arn}`;
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
