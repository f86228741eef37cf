/** The account as it will be after the changes planned so far. */
import type { AwsCall } from '../aws/call.js';
import type { AnyCheck } from '../checks/define.js';
import type { MappingDiagnosis } from '../diagnosis/diagnosis.js';
import { diagnoseMapping, diagnoserOf } from '../diagnosis/diagnose.js';
import { diagnoserOfSelfManaged } from '../diagnosis/self-managed.js';
import { NotReplayable, replaySharing } from '../simulate/simulate.js';
import { isOk } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/**
 * `done`: the account has it now. `unneeded`: it had it already. `refused`: AWS would refuse it. `unknown`: the
 * snapshot does not show the effect.
 */
export type Effect = 'done' | 'unneeded' | 'refused' | 'unknown';

type Judge = (uuid: string) => MappingDiagnosis;

export class WorkingAccount {
  private judge: Judge | null = null;

  constructor(
    private current: Snapshot,
    private readonly checks: readonly AnyCheck[],
  ) {}

  get snapshot(): Snapshot {
    return this.current;
  }

  /** Back to an earlier state. */
  reset(snapshot: Snapshot): void {
    if (snapshot === this.current) return;
    this.current = snapshot;
    this.judge = null;
  }

  diagnose(uuid: string): MappingDiagnosis {
    this.judge ??= judgeOf(this.current, this.checks);
    return this.judge(uuid);
  }

  apply(call: AwsCall): Effect {
    try {
      this.reset(replaySharing(this.current, call));
      return 'done';
    } catch (error) {
      return effectOfRefusal(error);
    }
  }
}

/** Thrown by the simulation under AWS's names. What is not in the snapshot may still be in the account. */
function effectOfRefusal(error: unknown): Effect {
  if (error instanceof NotReplayable) return 'unknown';
  const name = error instanceof Error ? error.name : '';
  if (/Duplicate|AlreadyExists|TopicExists/.test(name)) return 'unneeded';
  if (/NotFound|NoSuchEntity/.test(name)) return 'unknown';
  if (error instanceof Error && '$metadata' in error) return 'refused';
  throw error;
}

function judgeOf(snapshot: Snapshot, checks: readonly AnyCheck[]): Judge {
  const ofMsk = diagnoserOf(snapshot, checks);
  const ofOthers = diagnoserOfSelfManaged(snapshot, checks, diagnoseMapping);
  return (uuid) => ofOthers(uuid) ?? ofMsk(uuid);
}

/** The ids of all endpoints, to recognise the one that a call creates. */
export const endpointIds = ({ vpcEndpoints }: Snapshot): Set<string> =>
  new Set(
    Object.values(vpcEndpoints).flatMap((read) => (isOk(read) ? read.value.map(({ VpcEndpointId: id }) => id) : [])),
  );
