/**
 * How a new version of a managed policy is reverted: the old version is in force again, and the new one is deleted,
 * because IAM keeps at most five (IAM user guide: versioning IAM policies).
 */
import type { AwsCall } from '../../aws/call.js';
import type { UndoStep } from './undo-file.js';

export function revertVersion(
  PolicyArn: unknown,
  { before, created }: { before: string; created: string },
): Required<Pick<UndoStep, 'cleanup'>> & { undo: AwsCall } {
  return {
    undo: { service: 'iam', operation: 'SetDefaultPolicyVersion', input: { PolicyArn, VersionId: before } },
    cleanup: { service: 'iam', operation: 'DeletePolicyVersion', input: { PolicyArn, VersionId: created } },
  };
}
