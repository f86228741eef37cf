/** The account as it will be after the changes planned so far. */
import type { AwsCall } from '../aws/call.js';
import type { AnyCheck } from '../checks/define.js';
import type { MappingDiagnosis } from '../diagnosis/diagnosis.js';
import { diagnoseMapping, diagnoserOf } from '../diagnosis/diagnose.js';
import { diagnoserOfSelfManaged } from '../diagnosis/self-managed.js';
import { NotReplayable, replaySharing } from '../simulate/simulate.js';
import { roleArnOf } from './role-grants.js';
import { isOk } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/**
 * `done`: the account has it now. `unneeded`: it had it already. `refused`: AWS would refuse it. `unknown`: the
 * snapshot does not show the effect.
 */
export type Effect = 'done' | 'unneeded' | 'refused' | 'unknown';

type Judge = (uuid: string) => MappingDiagnosis;

/** Reads of a role by its ARN: the facts of a mapping depend on those of its own function's role only. */
const ofRoles: ReadonlySet<string> = new Set(['roles', 'inlinePolicies', 'inlinePolicyNames', 'attachedPolicies']);

export class WorkingAccount {
  private judge: Judge | null = null;
  private isJudged = false;
  private readonly changedRoles = new Set<string>();
  private isChangedElsewhere = false;

  constructor(
    private current: Snapshot,
    private readonly checks: readonly AnyCheck[],
  ) {}

  /** Whether the calls so far cannot have changed the diagnosis of a mapping with this function. */
  leavesUnchanged(functionArn: string | null): boolean {
    const read = this.current.functions[functionArn ?? ''];
    const role = read !== undefined && isOk(read) ? read.value.Role : undefined;
    return !this.isChangedElsewhere && role !== undefined && !this.changedRoles.has(role);
  }

  get snapshot(): Snapshot {
    return this.current;
  }

  /** Back to an earlier state. */
  reset(snapshot: Snapshot): void {
    if (snapshot === this.current) return;
    this.current = snapshot;
    this.judge = null;
    this.isJudged = false;
  }

  diagnose(uuid: string): MappingDiagnosis {
    // Between two steps, most snapshots are judged for one mapping, which has nothing to share.
    if (this.judge === null && !this.isJudged) {
      this.isJudged = true;
      return (
        diagnoserOfSelfManaged(this.current, this.checks, diagnoseMapping)(uuid) ??
        judgeAlone(this.current, uuid, this.checks)
      );
    }
    this.judge ??= judgeOf(this.current, this.checks);
    return this.judge(uuid);
  }

  apply(call: AwsCall): Effect {
    return this.tryTo([call]) ?? 'done';
  }

  /** The effect of each call, in order. */
  applyAll(calls: readonly AwsCall[]): Effect[] {
    // A large account is copied once for all of them, unless one has no effect.
    return this.tryTo(calls) === null ? calls.map(() => 'done') : calls.map((call) => this.apply(call));
  }

  /** Null where all calls are done; otherwise the account stays as it was. */
  private tryTo(calls: readonly AwsCall[]): Effect | null {
    try {
      const after = replaySharing(this.current, calls);
      for (const call of calls) this.noteChanges(after, call);
      this.reset(after);
      return null;
    } catch (error) {
      return effectOfRefusal(error);
    }
  }

  private noteChanges(after: Snapshot, { input }: AwsCall): void {
    const role = typeof input['RoleName'] === 'string' ? roleArnOf(after, input['RoleName']) : undefined;
    const names = Object.keys(after) as (keyof Snapshot)[];
    if (role !== undefined && names.every((name) => ofRoles.has(name) || after[name] === this.current[name]))
      this.changedRoles.add(role);
    else this.isChangedElsewhere = true;
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

const judgeAlone = (snapshot: Snapshot, uuid: string, checks: readonly AnyCheck[]): MappingDiagnosis =>
  diagnoserOf({ ...snapshot, targets: [uuid] }, checks)(uuid);

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
