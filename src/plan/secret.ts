/** The plan that stores a secret and associates it with a cluster. The content is no part of it: `hiddenContent` stands for it. */
import { shell } from '../text/shell.js';
import type { Finding } from '../checks/run.js';
import { plannedCall } from './calls.js';
import type { Plan, SecretStep } from './plan.js';

export interface SecretRequest {
  name: string;
  description?: string | undefined;
  /** Undefined for the default key. */
  keyArn: string | undefined;
  /** Undefined where it is not to be associated. */
  clusterArn: string | undefined;
  /** The secret that an earlier run made with the same content: it is kept, and only the association is missing. */
  existingArn?: string | undefined;
  /** What the checks say of the content. */
  findings?: readonly Finding[];
}

/** Stands for the content of a secret; only an execution that is given the content puts it there. */
export const hiddenContent = '(not shown)';

/** Stands for the ARN of a secret that is to be made. */
export const secretArnOf = (name: string): string => `(ARN of ${name})`;

/** One step to store it, and one for the association: each is agreed to separately. */
export function planSecret({
  name,
  description,
  keyArn,
  clusterArn,
  existingArn,
  findings = [],
}: SecretRequest): Plan<SecretStep> {
  const arn = existingArn ?? secretArnOf(name);
  const store = plannedCall(
    {
      service: 'secretsmanager',
      operation: 'CreateSecret',
      input: {
        Name: name,
        ...(description === undefined ? {} : { Description: description }),
        ...(keyArn === undefined ? {} : { KmsKeyId: keyArn }),
        SecretString: hiddenContent,
      },
    },
    'stores the secret',
    { rule: 'sdk' },
    {
      undo: { service: 'secretsmanager', operation: 'DeleteSecret', input: { SecretId: name } },
      placeholders: ['SecretString'],
      yields: { placeholder: arn, from: 'secret', otherwise: name },
      interrupted: {
        during: `The secret ${name} may have been made: \`${shell`aws secretsmanager describe-secret --secret-id ${name}`}\` tells.`,
        after: [
          `The secret was made: ${arn}`,
          ...(clusterArn === undefined ? [] : ['It may not be associated with the cluster.']),
        ],
        replaces: false,
      },
    },
  );
  const steps: SecretStep[] =
    existingArn === undefined ? [{ kind: 'secret', name, calls: [store], wait: null, onlyAfterSuccess: false }] : [];
  if (clusterArn !== undefined) {
    const input = { ClusterArn: clusterArn, SecretArnList: [arn] };
    const associate = plannedCall(
      { service: 'kafka', operation: 'BatchAssociateScramSecret', input },
      'associates the secret with the cluster',
      { rule: 'sdk' },
      {
        undo: { service: 'kafka', operation: 'BatchDisassociateScramSecret', input },
        placeholders: existingArn === undefined ? ['SecretArnList'] : [],
        refusalsIn: 'UnprocessedScramSecrets',
      },
    );
    steps.push({ kind: 'secret', name, calls: [associate], wait: null, onlyAfterSuccess: existingArn === undefined });
  }
  const failing = findings.filter(({ status }) => status === 'fail').map(({ check }) => check);
  return {
    steps,
    undecided: [],
    findings: [...findings],
    obstacles:
      failing.length === 0
        ? []
        : [{ step: 0, checks: failing, sentence: `The secret would not serve: ${failing.join(', ')}.` }],
  };
}
