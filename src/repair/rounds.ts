/**
 * Plans fix after fix, each on the account that already has the earlier ones: so each meets its preconditions, a later
 * rewrite of a policy contains the earlier one, and what a fix resolves for other mappings needs none of its own.
 */
import type { AnyCheck } from '../checks/define.js';
import type { Finding } from '../checks/run.js';
import type { CheckId } from '../catalogue/check-ids.js';
import type { LeftOutDiagnosis, MappingDiagnosis } from '../diagnosis/diagnosis.js';
import { stateCheck } from '../diagnosis/rank.js';
import { isDisabledByUser } from '../diagnosis/verdict.js';
import type { Change, Fix } from '../fixes/fix.js';
import { ownCommand } from '../fixes/own-command.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { Accepted } from './accepted.js';
import { alternativesOf, choiceKey, isManual } from './alternatives.js';
import { ManualSteps } from './by-hand.js';
import { Choices, type Candidate } from './choices.js';
import { mergeKey, replacesContent } from './merge-changes.js';
import { grantedBy, isNewGrant, isStatementSet, RoleGrants } from './role-grants.js';
import type { OptionId, TakenChange, Target } from './taken-fix.js';
import { endpointIds, WorkingAccount } from './working-account.js';

/** Fixes of one mapping; each round resolves a cause, so that this is never reached unless two fixes undo each other. */
const mostRounds = 60;
/** Fixes for one check of a mapping: several policies may each lack a statement. */
const mostForCheck = 8;

export type Patient = Pick<
  MappingDiagnosis | LeftOutDiagnosis,
  'uuid' | 'causes' | 'findings' | 'observed' | 'functionArn'
>;

export class Rounds {
  readonly account: WorkingAccount;
  readonly choices: Choices;
  readonly manual = new ManualSteps();
  readonly taken: TakenChange[] = [];
  private readonly grants: RoleGrants;
  /** The creating call of an endpoint, by the id that it has in the simulation only. */
  private readonly created = new Map<string, Change>();

  constructor(
    private readonly before: Snapshot,
    private readonly patients: readonly Patient[],
    checks: readonly AnyCheck[],
    answers: readonly number[] | undefined,
    private readonly accepted: Accepted,
  ) {
    this.account = new WorkingAccount(before, checks);
    this.choices = new Choices(answers);
    this.grants = new RoleGrants(before);
  }

  /** Plans the fixes of all causes of one mapping. */
  repair(patient: Patient): void {
    const visit: Visit = {
      uuid: patient.uuid,
      // A warning is a cause only where nothing fails.
      countsWarnings: !patient.findings.some(isFailing),
      failing: new Set(patient.findings.filter(isFailing).map(({ check }) => check)),
      left: new Set(),
      hasManual: false,
      option: null,
      tried: new Map(),
    };
    const start = this.account.snapshot;
    const isAsBefore = start === this.before || this.account.leavesUnchanged(patient.functionArn);
    for (let round = 0; round < mostRounds; round += 1) {
      const now =
        isAsBefore && this.account.snapshot === start
          ? patient
          : this.accepted.without(this.account.diagnose(patient.uuid));
      const finding = nextCause(now, visit);
      if (finding === undefined) return;
      if (!this.treat(finding, now, visit)) visit.left.add(fixesKey(finding));
    }
  }

  /** Whether the account changed, so that the mapping is diagnosed again. */
  private treat(finding: Finding, now: Patient, visit: Visit): boolean {
    const target: Target = { mapping: visit.uuid, check: finding.check };
    if (finding.check === stateCheck && (isDisabledByUser(now.observed) || visit.hasManual)) {
      if (finding.fixes.length === 0) this.manual.addConsequence(target);
      else this.manual.add(enablingByHand(finding, visit.uuid), target);
      return false;
    }
    const fixes = alternativesOf(finding);
    const option =
      fixes.length > 1
        ? this.choices.choose(finding, fixes, visit.uuid, () => this.candidatesLike(visit.uuid, finding.check))
        : null;
    const fix = fixes[option?.option ?? 0];
    if (fix === undefined) {
      if (!this.manual.addConsequence(target)) this.manual.add(withoutFix(finding), target);
      visit.hasManual = true;
      return false;
    }
    const isMade = !isManual(fix) && this.take(fix, now, { finding, target, option, visit });
    if (!isMade) visit.hasManual = true;
    if (isManual(fix)) this.manual.add(fix, target);
    return isMade;
  }

  /** Other mappings that had the same cause on the same resources before the plan. */
  private candidatesLike(uuid: string, check: CheckId): Candidate[] {
    const candidates = this.patients.flatMap((patient) =>
      patient.findings
        .filter((finding) => finding.check === check && isFailing(finding))
        .map((finding) => ({ uuid: patient.uuid, finding, fixes: alternativesOf(finding) })),
    );
    const keyOf = ({ fixes, uuid: id }: Candidate) => choiceKey(check, fixes, id);
    const same = candidates.find((candidate) => candidate.uuid === uuid);
    if (same === undefined) return [];
    const key = keyOf(same);
    return candidates.filter((candidate) => candidate !== same && keyOf(candidate) === key);
  }

  /** Applies the fix to the account and notes its calls; false where that is not possible or changes nothing. */
  private take(fix: Fix, now: Patient, { finding, target, option, visit }: Attempt): boolean {
    const tried = visit.tried.get(finding.check) ?? [];
    const key = JSON.stringify(fix.changes);
    if (tried.includes(key) || tried.length >= mostForCheck) return false;
    visit.tried.set(finding.check, [...tried, key]);
    const changes = this.withStatementSets(fix.changes, now.findings);
    if (changes === null) {
      this.manual.add(tooManyStatements(visit.uuid), target);
      return false;
    }
    const start = this.account.snapshot;
    const made: Change[] = [];
    for (const change of changes) {
      const ids = change.operation === 'CreateVpcEndpoint' ? endpointIds(this.account.snapshot) : null;
      const effect = this.account.apply(change);
      if (effect === 'refused' || (effect === 'unknown' && this.conflicts(change))) {
        this.account.reset(start);
        return false;
      }
      if (effect === 'unneeded') continue;
      if (ids !== null)
        for (const id of endpointIds(this.account.snapshot)) if (!ids.has(id)) this.created.set(id, change);
      made.push(this.onCreated(change));
    }
    // What fails only since an option was taken belongs to this option.
    if (option !== null) visit.option = option;
    const of = visit.failing.has(finding.check) ? option : visit.option;
    for (const change of made)
      for (const { check, title } of causesOf(change, finding, now.findings))
        this.taken.push({ change, for: { mapping: visit.uuid, check }, reason: title, option: of });
    return this.account.snapshot !== start;
  }

  /** A new inline policy becomes part of the role's statement set; null where IAM has no room for it. */
  private withStatementSets(changes: readonly Change[], findings: readonly Finding[]): Change[] | null {
    const after = changes.map((change) => {
      if (!isNewGrant(change)) return change;
      const role = String(change.input['RoleName']);
      return this.grants.add(role, grantsFor(role, findings).flatMap(grantedBy), this.account.snapshot);
    });
    return after.includes(null) ? null : (after as Change[]);
  }

  /** An endpoint that the plan creates has no id yet: a change of it becomes part of its creation. */
  private onCreated(change: Change): Change {
    const creation = this.created.get(String(change.input['VpcEndpointId']));
    if (change.operation !== 'ModifyVpcEndpoint' || creation === undefined) return change;
    const { VpcId, ServiceName, VpcEndpointType } = creation.input;
    const { VpcEndpointId: _id, ...settings } = change.input;
    return { ...creation, input: { VpcId, ServiceName, VpcEndpointType, ...settings } };
  }

  /** A content that could not be simulated does not contain what an earlier step writes. */
  private conflicts(change: Change): boolean {
    return replacesContent(change) && this.taken.some((earlier) => mergeKey(earlier.change) === mergeKey(change));
  }
}

interface Visit {
  uuid: string;
  countsWarnings: boolean;
  /** The checks that fail before the plan. */
  failing: Set<CheckId>;
  /** Causes that the plan leaves, with the fixes that they had: another step may give them one by a call. */
  left: Set<string>;
  /** Whether one of them still stops the mapping after the plan. */
  hasManual: boolean;
  /** The option that was taken last. */
  option: OptionId | null;
  /** The calls that were tried for a check. */
  tried: Map<CheckId, string[]>;
}

const fixesKey = ({ check, fixes }: Finding): string => JSON.stringify([check, fixes]);

const isFailing = ({ status }: Finding): boolean => status === 'fail';

interface Attempt {
  finding: Finding;
  target: Target;
  option: OptionId | null;
  visit: Visit;
}

function nextCause({ causes, findings }: Patient, { countsWarnings, left }: Visit): Finding | undefined {
  for (const { check } of causes) {
    const finding = findings.find((candidate) => candidate.check === check)!;
    if (!left.has(fixesKey(finding)) && (finding.status === 'fail' || countsWarnings)) return finding;
  }
  return undefined;
}

/** Everything that the role lacks for the mapping, recommended permissions included: what `policy` prints as missing. */
const grantsFor = (role: string, findings: readonly Finding[]): Change[] =>
  findings
    .flatMap(({ fixes }) => fixes.flatMap(({ changes }) => changes))
    .filter((change) => isNewGrant(change) && change.input['RoleName'] === role);

/** A statement set is for every permission that fails, not only for the one that is treated. */
const causesOf = (change: Change, finding: Finding, findings: readonly Finding[]): Finding[] =>
  isStatementSet(change)
    ? [
        finding,
        ...findings.filter(
          (other) =>
            other !== finding && isFailing(other) && grantsFor(String(change.input['RoleName']), [other]).length > 0,
        ),
      ]
    : [finding];

/** No fix is known: the page of the check tells how to look further. */
const withoutFix = ({ check, title }: Finding): Pick<Fix, 'title' | 'commands'> => ({
  title: `No fix is known for: ${title}`,
  commands: [ownCommand('explain', check)],
});

/** Only the user knows why the mapping is disabled, or when the manual steps are done. */
const enablingByHand = ({ fixes }: Finding, uuid: string): Pick<Fix, 'title' | 'commands'> => ({
  title: fixes[0]!.title,
  commands: isManual(fixes[0]!) ? (fixes[0]!.commands ?? []) : [ownCommand('update', uuid, '--enabled')],
});

const tooManyStatements = (uuid: string): Pick<Fix, 'title' | 'commands'> => ({
  title: 'Attach a managed policy with these statements to the role: its inline policies have no room for them',
  commands: [ownCommand('policy', uuid)],
});
