/** What keeps Lambda from a role beside the role's own trust policy: in words, and how to repair it. */
import type { Fix } from '../../../fixes/fix.js';
import { shellQuote } from '../../../text/shell-quote.js';
import type { Evidence } from '../../define.js';

export type RoleFault =
  | { kind: 'gone'; roleArn: string }
  | { kind: 'elsewhere'; roleArn: string; actualArn: string; functionArn: string }
  | { kind: 'renewed'; roleArn: string; made: string; updated: string; functionArn: string }
  /** `by`: statements of the organization's policies, of which AWS says of resource control policies alone that they bind a service. */
  | { kind: 'barred'; roleArn: string; by: string[]; sure: boolean };

export function describeRoleFault(fault: RoleFault): { title: string; evidence: Evidence[] } {
  const { roleArn: resource } = fault;
  switch (fault.kind) {
    case 'gone':
      return {
        title: `The execution role ${resource} is gone`,
        evidence: [{ resource, fact: 'IAM has no role of this name, and the function still names it' }],
      };
    case 'elsewhere':
      return {
        title: `There is no role ${resource}, which the function names`,
        evidence: [{ resource, fact: `the role of this name has another path: it is ${fault.actualArn}` }],
      };
    case 'renewed':
      return {
        title: `The execution role ${resource} is younger than the function’s last update`,
        evidence: [
          {
            resource,
            fact: `it was made ${fault.made}, the function last updated ${fault.updated}: Lambda knows an earlier role of this name`,
          },
        ],
      };
    case 'barred':
      return {
        title: `The organization’s policies deny sts:AssumeRole on ${resource}`,
        evidence: fault.by.map((statement) => ({
          resource,
          fact: fault.sure
            ? `${statement}, a resource control policy, denies sts:AssumeRole to lambda.amazonaws.com`
            : `${statement}, a service control policy, denies sts:AssumeRole; whether that binds the Lambda service itself AWS does not say`,
        })),
      };
  }
}

export function fixRoleFault(fault: RoleFault): Fix[] {
  switch (fault.kind) {
    case 'gone':
      return [
        {
          title: 'Make the role again, then update the function so that it takes the new one',
          safety: 'by-hand',
          changes: [],
        },
      ];
    case 'elsewhere':
      return [
        updateFunction('Give the function the role under the ARN that it has now', fault.functionArn, fault.actualArn),
      ];
    case 'renewed':
      return [
        updateFunction('Update the function, so that it takes the role as it is now', fault.functionArn, fault.roleArn),
      ];
    case 'barred':
      return fault.by.map((statement) => ({
        title: `Leave lambda.amazonaws.com out of ${statement} (aws:PrincipalIsAWSService tells a service from others)`,
        safety: 'by-hand',
        changes: [],
      }));
  }
}

const updateFunction = (title: string, functionArn: string, roleArn: string): Fix => ({
  title,
  safety: 'by-hand',
  changes: [],
  commands: [
    `aws lambda update-function-configuration --function-name ${shellQuote(functionArn)} --role ${shellQuote(roleArn)}`,
  ],
});
