/** What keeps Lambda from using a role, other than its trust policy, and the fixes. */
import { lastSegment } from '../../../aws/arn.js';
import { parseFunctionArn, unqualifiedArn } from '../../../aws/function-arn.js';
import { lambdaPrincipal } from '../../../aws/partitions.js';
import type { Fix } from '../../../fixes/fix.js';
import { shell, type ShellCommand } from '../../../text/shell.js';
import type { Evidence } from '../../define.js';

export type RoleFault =
  | { kind: 'gone'; roleArn: string; functionArn: string | null }
  | { kind: 'elsewhere'; roleArn: string; actualArn: string; functionArn: string }
  | { kind: 'renewed'; roleArn: string; made: string; updated: string; functionArn: string }
  /**
   * `by`: statements of the organization's policies. AWS documents only for resource control policies that they
   * apply to service principals.
   */
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
          title: `Create the role ${lastSegment(fault.roleArn)} with a trust policy for lambda.amazonaws.com, then update the function so that it uses the new role`,
          safety: 'by-hand',
          changes: [],
          commands: [
            shell`aws iam create-role --role-name ${lastSegment(fault.roleArn)} --assume-role-policy-document ${trustPolicy}`,
            ...(fault.functionArn === null ? [] : [updateLine(fault.functionArn, fault.roleArn)]),
          ],
        },
      ];
    case 'elsewhere':
      return [elsewhere(fault)];
    case 'renewed':
      return [
        {
          title: 'Update the function, so that Lambda uses the role as it is now',
          safety: 'by-hand',
          changes: [],
          commands: [updateLine(fault.functionArn, fault.roleArn)],
        },
      ];
    case 'barred':
      return fault.by.map((statement) => ({
        title: `Ask the organization’s administrator to exempt AWS services from ${statement} (BoolIfExists aws:PrincipalIsAWSService false)`,
        safety: 'by-hand',
        changes: [],
      }));
  }
}

const trustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: lambdaPrincipal }, Action: 'sts:AssumeRole' }],
});

const updateLine = (functionArn: string, roleArn: string): ShellCommand =>
  shell`aws lambda update-function-configuration --function-name ${unqualifiedArn(functionArn)} --role ${roleArn}`;

/** A published version cannot be changed, so the fix publishes a new one. */
function elsewhere({ functionArn, actualArn }: RoleFault & { kind: 'elsewhere' }): Fix {
  const title = `Give the function the role’s present ARN ${actualArn}`;
  if (unqualifiedArn(functionArn) !== functionArn)
    return {
      title: `${title}, then publish a version for the mapping: version ${parseFunctionArn(functionArn)?.qualifier} itself cannot be changed`,
      safety: 'by-hand',
      changes: [],
      commands: [
        updateLine(functionArn, actualArn),
        shell`aws lambda publish-version --function-name ${unqualifiedArn(functionArn)}`,
      ],
    };
  return {
    title,
    safety: 'care',
    changes: [
      {
        service: 'lambda',
        operation: 'UpdateFunctionConfiguration',
        input: { FunctionName: functionArn, Role: actualArn },
        // Lambda refuses the ARN of a role that does not exist.
        undo: null,
      },
    ],
  };
}
