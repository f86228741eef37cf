/** The repair plan by the plainest means: each question is answered by a new diagnosis of a copy of the whole account. */
import { isDeepStrictEqual } from 'node:util';
import { vi } from 'vitest';
import { functionNameOf } from '../../src/aws/function-arn.js';
import type * as diagnosing from '../../src/diagnosis/diagnose.js';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import type { buildRepairPlan } from '../../src/repair/build-repair-plan.js';
import type * as users from '../../src/repair/users-of-resource.js';
import type * as workingAccount from '../../src/repair/working-account.js';
import type * as simulation from '../../src/simulate/simulate.js';
import { isOk } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';

const modules = {
  simulate: '../../src/simulate/simulate.js',
  account: '../../src/repair/working-account.js',
  users: '../../src/repair/users-of-resource.js',
  reads: '../../src/network/network-reads.js',
} as const;

/** `buildRepairPlan` in modules of its own, without anything that is kept from one question to the next. */
export async function planningFromScratch(): Promise<typeof buildRepairPlan> {
  vi.resetModules();
  vi.doMock(modules.reads, () => ({ networkReadsOf: <Reads>(reads: Reads): Reads => reads }));
  vi.doMock(modules.simulate, async () => {
    const actual = await vi.importActual<typeof simulation>(modules.simulate);
    const onCopies: typeof actual.replaySharing = (snapshot, calls) => {
      const after = calls.reduce(actual.replay, snapshot);
      return isDeepStrictEqual(after, snapshot) ? snapshot : after;
    };
    return { ...actual, replaySharing: onCopies };
  });
  vi.doMock(modules.users, async () => ({
    ...(await vi.importActual<typeof users>(modules.users)),
    functionsWithRole,
  }));
  vi.doMock(modules.account, accountFromScratch);
  const { buildRepairPlan: build } = await import('../../src/repair/build-repair-plan.js');
  for (const path of Object.values(modules)) vi.doUnmock(path);
  return build;
}

async function accountFromScratch() {
  const actual = await vi.importActual<typeof workingAccount>(modules.account);
  const { diagnose } = await vi.importActual<typeof diagnosing>('../../src/diagnosis/diagnose.js');
  class FromScratch extends actual.WorkingAccount {
    private whole: { snapshot: Snapshot; diagnosis: Diagnosis } | null = null;
    constructor(
      snapshot: Snapshot,
      private readonly all: ConstructorParameters<typeof actual.WorkingAccount>[1],
    ) {
      super(structuredClone(snapshot), all);
    }
    override leavesUnchanged(): boolean {
      return false;
    }
    override diagnose(uuid: string) {
      const { snapshot } = this;
      if (this.whole?.snapshot !== snapshot)
        this.whole = { snapshot, diagnosis: diagnose(structuredClone(snapshot), this.all) };
      const { mappings, leftOut } = this.whole.diagnosis;
      const found = [...mappings, ...leftOut].find((mapping) => mapping.uuid === uuid);
      return found as ReturnType<typeof actual.WorkingAccount.prototype.diagnose>;
    }
    override applyAll(calls: Parameters<typeof actual.WorkingAccount.prototype.applyAll>[0]) {
      return calls.map((call) => this.apply(call));
    }
  }
  return { ...actual, WorkingAccount: FromScratch };
}

function functionsWithRole(snapshot: Snapshot, roleName: string, uuids: readonly string[]) {
  const role = Object.keys(snapshot.roles).find((arn) => arn.endsWith(`/${roleName}`));
  const served = new Set(
    uuids.flatMap((uuid) => {
      const read = snapshot.mappings[uuid] ?? snapshot.selfManagedMappings[uuid];
      return read !== undefined && isOk(read) ? [functionNameOf(read.value.FunctionArn)] : [];
    }),
  );
  const names = Object.entries(snapshot.functions).flatMap(([arn, read]) =>
    role !== undefined && isOk(read) && read.value.Role === role ? [functionNameOf(arn) ?? arn] : [],
  );
  const unique = [...new Set(names)].toSorted();
  return { served: unique.filter((name) => served.has(name)), others: unique.filter((name) => !served.has(name)) };
}
