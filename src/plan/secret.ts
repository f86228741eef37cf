/**
 * The plan that stores a secret and associates it with a cluster. It does not contain the content, only the
 * placeholder `hiddenContent`.
 */
import { shell } from '../text/shell.js';
import type { Finding } from '../checks/run.js';
import { plannedCall } from './calls.js';
import type { Plan, SecretStep } from './plan.js';

export interface SecretRequest {
  name: string;
  description?: string | undefined;
  /** Undefined for the default key. */
  keyArn: string | undefined;
  /** Undefined where the secret is not to be associated. */
  clusterArn: string | undefined;
  /** A secret with the same content from an earlier run: it is kept, and only associated. */
  existingArn?: string | undefined;
  /** The findings about the content. */
  findings?: readonly Finding[];
}

/** The placeholder for the content of a secret, which only the execution receives. */
export const hiddenContent = '(not shown)';

/** The placeholder for the ARN of a new secret. */
export const secretArnOf = (name: string): string => `(ARN of ${name})`;

/** One step to store it and one to associate it: the user agrees to each separately. */
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
    'store the secret',
    { rule: 'sdk' },
    {
      undo: { service: 'secretsmanager', operation: 'DeleteSecret', input: { SecretId: name } },
      placeholders: ['SecretString'],
      yields: { placeholder: arn, from: 'secret', otherwise: name },
      interrupted: {
        during: `Unknown whether the secret ${name} was created. Check it: \`${shell`aws secretsmanager describe-secret --secret-id ${name}`}\`.`,
        after: [
          `The secret was created: ${arn}`,
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
      'associate the secret with the cluster',
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
        : [
            {
              step: 0,
              checks: failing,
              sentence: `Lambda could not use the secret: ${failing.join(', ')} ${failing.length === 1 ? 'fails' : 'fail'}.`,
            },
          ],
  };
}
