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
        title: `Execution role ${lastSegment(resource)} does not exist`,
        evidence: [{ resource, fact: 'the function’s configuration names it; IAM has no role with this name' }],
      };
    case 'elsewhere':
      return {
        title: `The function’s execution role ${lastSegment(resource)} has another path in IAM`,
        evidence: [{ resource, fact: `the function names this ARN, but the role is ${fault.actualArn}` }],
      };
    case 'renewed':
      return {
        title: `Execution role ${lastSegment(resource)} was recreated after the function’s last update`,
        evidence: [
          {
            resource,
            fact: `the role was created ${fault.made}, and the function was last updated ${fault.updated}: Lambda still uses the deleted role of the same name`,
          },
        ],
      };
    case 'barred':
      return {
        title: `The AWS organization denies sts:AssumeRole on role ${lastSegment(resource)}`,
        evidence: fault.by.map((statement) => ({
          resource,
          fact: fault.sure
            ? `${statement} (resource control policy) denies sts:AssumeRole to lambda.amazonaws.com`
            : `${statement} (service control policy) denies sts:AssumeRole; AWS does not document whether this applies to the Lambda service`,
        })),
      };
  }
}

export function fixRoleFault(fault: RoleFault): Fix[] {
  switch (fault.kind) {
    case 'gone':
      return [
        {
          title: `Create the role ${lastSegment(fault.roleArn)} with a trust policy for lambda.amazonaws.com, then update the function`,
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
          title: 'Update the function’s configuration so that Lambda uses the new role',
          safety: 'by-hand',
          changes: [],
          commands: [updateLine(fault.functionArn, fault.roleArn)],
        },
      ];
    case 'barred':
      return fault.by.map((statement) => ({
        title: `Ask the administrator of the AWS organization to exempt AWS services from ${statement} (BoolIfExists aws:PrincipalIsAWSService false)`,
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
  const title = `Set the function’s execution role to ${actualArn}`;
  if (unqualifiedArn(functionArn) !== functionArn)
    return {
      title: `${title}, then publish a version for the mapping (version ${parseFunctionArn(functionArn)?.qualifier} cannot be changed)`,
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
