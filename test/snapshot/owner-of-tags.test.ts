/** Who owns a resource, by its tags. */
import { expect, test } from 'vitest';
import { ownerOfTags } from '../../src/snapshot/owner-of-tags.js';

const stack = (logicalId: string, more: Record<string, string> = {}) => ({
  'aws:cloudformation:stack-name': 'orders-app',
  'aws:cloudformation:logical-id': logicalId,
  ...more,
});
const owned = (tool: string, logicalId: string) => ({ tool, name: 'orders-app', logicalId });

const cases: { what: string; tags: Record<string, string>; owner: object | null }[] = [
  { what: 'no tags', tags: {}, owner: null },
  { what: 'tags of people', tags: { Name: 'orders', team: 'payments', ManagedBy: 'platform team' }, owner: null },
  { what: 'a stack', tags: stack('ConsumerRole'), owner: owned('cloudformation', 'ConsumerRole') },
  { what: 'a stack of the CDK', tags: stack('ConsumerRoleC9E63B8F'), owner: owned('cdk', 'ConsumerRoleC9E63B8F') },
  { what: 'an id that ends with a word', tags: stack('RoleDEADBEEF'), owner: owned('cloudformation', 'RoleDEADBEEF') },
  {
    what: 'a role that SAM made',
    tags: stack('ConsumerRole', { 'lambda:createdBy': 'SAM' }),
    owner: owned('sam', 'ConsumerRole'),
  },
  { what: 'SAM alone', tags: { 'lambda:createdBy': 'SAM' }, owner: { tool: 'sam', name: null, logicalId: null } },
  {
    what: 'Serverless Framework',
    tags: stack('IamRoleLambdaExecution', { STAGE: 'dev' }),
    owner: owned('serverless', 'IamRoleLambdaExecution'),
  },
  { what: 'a stack with a stage', tags: stack('Topic', { STAGE: 'dev' }), owner: owned('cloudformation', 'Topic') },
  ...Object.entries({ Terraform: 'true', terraform: '', 'managed-by': 'terraform', ManagedBy: 'Terragrunt' }).map(
    ([key, value]) => ({
      what: `${key}: ${value}`,
      tags: { [key]: value },
      owner: { tool: 'terraform', name: null, logicalId: null },
    }),
  ),
  { what: 'no Terraform', tags: { Terraform: 'false' }, owner: null },
];

test.each(cases)('$what', ({ tags, owner }) => expect(ownerOfTags(tags)).toEqual(owner));
