/** The client and its operations that this tool calls; imported on first use. */
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
