/** The client and the operations of it that this tool calls; imported when first needed. */
import {
  OrganizationsClient,
  ListParentsCommand,
  ListPoliciesForTargetCommand,
  DescribePolicyCommand,
} from '@aws-sdk/client-organizations';

export { OrganizationsClient as Client };
export const commands = {
  ListParents: ListParentsCommand,
  ListPoliciesForTarget: ListPoliciesForTargetCommand,
  DescribePolicy: DescribePolicyCommand,
};
