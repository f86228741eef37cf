/**
 * The versions of managed policies. The snapshot has only the default version of each; here the others are kept, at
 * most five of a policy (IAM user guide: versioning IAM policies).
 */
import { replay } from '../../simulate/simulate.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { awsError, valueOrError, type Answers, type Input } from '../answers.js';

const mostVersions = 5;
const gone = 'NoSuchEntityException';

interface Versions {
  byId: Map<string, string>;
  defaultId: string;
  next: number;
}

interface Changed {
  snapshot: Snapshot;
  output: object;
}

export interface PolicyVersions {
  answers: Answers;
  /** Undefined for an operation that is not about versions. Throws IAM's errors. */
  change(operation: string, input: Input, snapshot: Snapshot): Changed | undefined;
}

export function policyVersions(): PolicyVersions {
  const kept = new Map<string, Versions>();
  const versionsOf = (snapshot: Snapshot, input: Input): Versions => {
    const arn = String(input['PolicyArn']);
    const document = valueOrError(snapshot.managedPolicies, arn, gone);
    const versions = kept.get(arn) ?? { byId: new Map([['v1', document]]), defaultId: 'v1', next: 2 };
    kept.set(arn, versions);
    return versions;
  };
  const withDefault = (snapshot: Snapshot, { PolicyArn }: Input, PolicyDocument: string): Snapshot =>
    replay(snapshot, {
      service: 'iam',
      operation: 'CreatePolicyVersion',
      input: { PolicyArn, PolicyDocument, SetAsDefault: true },
    });
  const changes: Record<string, (input: Input, snapshot: Snapshot) => Changed> = {
    CreatePolicyVersion: (input, snapshot) => {
      const versions = versionsOf(snapshot, input);
      if (versions.byId.size >= mostVersions)
        throw awsError(
          'LimitExceededException',
          'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
        );
      const [id, document] = [`v${versions.next++}`, String(input['PolicyDocument'])];
      versions.byId.set(id, document);
      const output = { PolicyVersion: { VersionId: id, IsDefaultVersion: input['SetAsDefault'] === true } };
      if (input['SetAsDefault'] !== true) return { snapshot, output };
      versions.defaultId = id;
      return { snapshot: withDefault(snapshot, input, document), output };
    },
    SetDefaultPolicyVersion: (input, snapshot) => {
      const versions = versionsOf(snapshot, input);
      const id = String(input['VersionId']);
      const document = versions.byId.get(id);
      if (document === undefined) throw awsError(gone, `Policy version ${id} does not exist.`);
      versions.defaultId = id;
      return { snapshot: withDefault(snapshot, input, document), output: {} };
    },
    DeletePolicyVersion: (input, snapshot) => {
      const versions = versionsOf(snapshot, input);
      const id = String(input['VersionId']);
      if (id === versions.defaultId)
        throw awsError('DeleteConflictException', 'Cannot delete the default version of a policy.');
      if (!versions.byId.delete(id)) throw awsError(gone, `Policy version ${id} does not exist.`);
      return { snapshot, output: {} };
    },
  };
  return {
    answers: {
      GetPolicy: (input, snapshot) => ({
        Policy: { Arn: input['PolicyArn'], DefaultVersionId: versionsOf(snapshot, input).defaultId },
      }),
      ListPolicyVersions: (input, snapshot) => {
        const { byId, defaultId } = versionsOf(snapshot, input);
        return { Versions: [...byId.keys()].map((id) => ({ VersionId: id, IsDefaultVersion: id === defaultId })) };
      },
      GetPolicyVersion: (input, snapshot) => {
        const { byId, defaultId } = versionsOf(snapshot, input);
        const id = String(input['VersionId']);
        const document =
          id === defaultId ? valueOrError(snapshot.managedPolicies, input['PolicyArn'], gone) : byId.get(id);
        if (document === undefined) throw awsError(gone, `Policy version ${id} does not exist.`);
        return {
          PolicyVersion: {
            VersionId: id,
            IsDefaultVersion: id === defaultId,
            // IAM returns documents URL-encoded.
            Document: encodeURIComponent(document),
          },
        };
      },
    },
    change: (operation, input, snapshot) => changes[operation]?.(input, snapshot),
  };
}
