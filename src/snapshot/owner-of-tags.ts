/** Which tool created a resource, by its tags. */

/** The tool whose template or configuration created a resource: a direct change is drift, and the next deployment undoes it. */
export interface Owner {
  tool: 'cloudformation' | 'cdk' | 'sam' | 'serverless' | 'terraform';
  /** The stack's name; null where the tags do not tell. */
  name: string | null;
  /** The resource's name in the template; null where the tags do not tell. */
  logicalId: string | null;
}

export type Tags = Readonly<Record<string, string>>;

/**
 * Null where no tag tells. CloudFormation tags what it creates with `aws:cloudformation:stack-name` and `…:logical-id`
 * (CloudFormation user guide: resource tags); SAM adds `lambda:createdBy`, Serverless Framework tags the stack with
 * `STAGE`; a logical id of the CDK ends with a hash of eight hexadecimal digits. Terraform adds no tags: its
 * users have the habit of a tag `Terraform` or `ManagedBy`.
 */
export function ownerOfTags(tags: Tags): Owner | null {
  const name = tags['aws:cloudformation:stack-name'] ?? null;
  const logicalId = tags['aws:cloudformation:logical-id'] ?? null;
  if (tags['lambda:createdBy'] === 'SAM') return { tool: 'sam', name, logicalId };
  if (name !== null || logicalId !== null) return { tool: stackTool(tags, logicalId), name, logicalId };
  return Object.entries(tags).some(isOfTerraform) ? { tool: 'terraform', name: null, logicalId: null } : null;
}

function stackTool(tags: Tags, logicalId: string | null): Owner['tool'] {
  if (Object.keys(tags).some((key) => key.startsWith('aws-cdk:'))) return 'cdk';
  if (tags['STAGE'] !== undefined && /^IamRoleLambdaExecution$|LambdaFunction$/.test(logicalId ?? ''))
    return 'serverless';
  return hasHash(logicalId ?? '') ? 'cdk' : 'cloudformation';
}

/** The last eight characters are an upper-case hash, with a digit among them: a word is none. */
const hasHash = (logicalId: string): boolean => {
  const end = logicalId.slice(-8);
  return logicalId.length > 8 && /^[0-9A-F]{8}$/.test(end) && /\d/.test(end) && /[A-F]/.test(end);
};

const managers = new Set([
  'managedby',
  'createdby',
  'provisioner',
  'provisionedby',
  'tool',
  'iac',
  'deployedby',
  'managed',
]);

function isOfTerraform([key, value]: readonly [string, string]): boolean {
  const plain = key.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (plain === 'terraform' || plain === 'opentofu') return !/^(false|no|0)$/i.test(value);
  if (plain.startsWith('terraform')) return true;
  return managers.has(plain) && /terraform|terragrunt|tofu/i.test(value);
}
