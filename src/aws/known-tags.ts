/**
 * The tags that a snapshot keeps: the name of a resource, and the marks of the tools that create resources from a
 * template. Other tags may hold anything and are not stored.
 */

/** Lower case. The value of each is a name that its owner chose. */
const namingKeys = new Set([
  'name',
  // CloudFormation sets these two on every resource of a stack that can have tags.
  'aws:cloudformation:stack-name',
  'aws:cloudformation:logical-id',
  // CDK, on the subnets of its VPCs.
  'aws-cdk:subnet-name',
  'aws-cdk:subnet-type',
  // Serverless Framework, on the function, its role and its log group.
  'stage',
  'sst:app',
  'sst:stage',
  'pulumi:project',
  'pulumi:stack',
]);

/** Lower case. Conventions, mostly of Terraform modules: the value, or the key itself, names a tool. */
const toolKeys = new Set([
  // SAM sets it on functions and roles.
  'lambda:createdby',
  'terraform',
  'terraform-managed',
  'terraformmanaged',
  'managedby',
  'managed-by',
  'managed_by',
  'managed by',
  'createdby',
  'created-by',
  'created_by',
  'provisionedby',
  'provisioned-by',
  'provisioned_by',
  'provisioner',
  'iac',
]);

/** Values by which a tool is recognised; every other value of such a tag may be a person. */
const toolValue =
  /^(?:true|yes|terraform|opentofu|terragrunt|(?:aws )?cloudformation|aws sam|(?:aws[ -])?cdk|pulumi|serverless(?: framework)?|sst)$/i;

/** A key that names or marks a resource; nobody is identified by it. */
export const isKnownTagKey = (key: string): boolean =>
  namingKeys.has(key.toLowerCase()) || toolKeys.has(key.toLowerCase());

/** The name of a tool that creates resources, or a yes. “Sam” is also a person; Lambda writes the tool as “SAM”. */
export const isToolName = (value: string): boolean => value === 'SAM' || toolValue.test(value);

/** Whether a snapshot stores the tag. */
export const isKnownTag = (key: string | undefined, value: string | undefined): boolean =>
  key !== undefined &&
  (namingKeys.has(key.toLowerCase()) || (toolKeys.has(key.toLowerCase()) && isToolName(value ?? '')));
