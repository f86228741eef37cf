/**
 * Runs all checks on a mapping before it is created or changed: what would stop it, what is a risk, and what could
 * not be decided.
 */
import { checksOfThePast } from '../checks/checks-of-the-past.js';
import { stages } from '../checks/define.js';
import type { Finding } from '../checks/run.js';
import { diagnoseMapping, findingsAmong } from '../diagnosis/diagnose.js';
import type { Fix } from '../fixes/fix.js';
import { isOk, ok } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { subjectOf } from '../subject/subject.js';
import { plannedUuid } from './mapping-of.js';
import type { MappingSettings } from './settings.js';

export interface Preflight {
  /** All findings, in the order of the checks. */
  findings: Finding[];
  blockers: Finding[];
  warnings: Finding[];
  undecided: Finding[];
  /** Why Lambda would not select the asserted authentication method; null where it would, or nothing is asserted. */
  otherAuth: string | null;
  /** The asserted authentication could not be compared, because the cluster could not be read. */
  authUnknown: boolean;
}

const ofThePast = new Set<string>(checksOfThePast);

/** A new mapping, which `readAccount` has put into the snapshot. */
export function judgePlanned(snapshot: Snapshot, mapping: Mapping, auth?: MappingSettings['auth']): Preflight {
  return { ...sortedAsNew(findingsFor(withoutLeaving(snapshot), mapping)), ...assertAuth(snapshot, mapping, auth) };
}

/** The same for many mappings in one snapshot. */
export function plannedJudge(snapshot: Snapshot): (mapping: Mapping, auth?: MappingSettings['auth']) => Preflight {
  const findingsOn = findingsAmong(withoutLeaving(snapshot));
  return (mapping, auth) => ({
    ...sortedAsNew(findingsOn(withoutText(mapping)).filter(isOfNow)),
    ...assertAuth(snapshot, mapping, auth),
  });
}

const sortedAsNew = (findings: readonly Finding[]) =>
  sorted(
    findings
      .map((finding) => (isSharedGroup(finding) ? { ...finding, status: 'fail' as const } : finding))
      .map(ofNewMapping),
  );

const isOfNow = ({ check }: Finding): boolean => !ofThePast.has(check);

/** A mapping after a change: only failures that the change causes block it. */
export function judgeChanged(
  snapshot: Snapshot,
  { before, after }: { before: Mapping; after: Mapping },
  auth?: MappingSettings['auth'],
): Preflight {
  const faultOf = ({ check, evidence }: Finding): string => JSON.stringify([check, evidence]);
  const standing = new Set(
    findingsFor(snapshot, before)
      .filter(({ status }) => status === 'fail')
      .map(faultOf),
  );
  const findings = findingsFor(snapshot, after).map((finding) =>
    finding.status === 'fail' && standing.has(faultOf(finding)) ? { ...finding, status: 'warn' as const } : finding,
  );
  return { ...sorted(findings), ...assertAuth(snapshot, after, auth) };
}

/** An existing mapping, before it is enabled. */
export const judgeStanding = (snapshot: Snapshot, mapping: Mapping): Preflight => ({
  ...sorted(findingsFor(snapshot, mapping)),
  otherAuth: null,
  authUnknown: false,
});

/** Mappings that are being deleted do not block: creation waits for the end of the deletion. */
function withoutLeaving(snapshot: Snapshot): Snapshot {
  const stays = (uuid: string): boolean => {
    const read = snapshot.mappings[uuid];
    return read === undefined || !isOk(read) || read.value.State !== 'Deleting';
  };
  const mappingLists = Object.fromEntries(
    Object.entries(snapshot.mappingLists).map(([key, list]) => [key, isOk(list) ? ok(list.value.filter(stays)) : list]),
  );
  return { ...snapshot, mappingLists };
}

/** Its text is from an earlier time: without it, failures do not count as mere risks of a working mapping. */
function findingsFor(snapshot: Snapshot, shown: Mapping): Finding[] {
  const mapping = withoutText(shown);
  const planned = { ...snapshot, mappings: { ...snapshot.mappings, [mapping.UUID]: ok(mapping) } };
  return diagnoseMapping(planned, mapping.UUID).findings.filter(isOfNow);
}

function withoutText(shown: Mapping): Mapping {
  const { LastProcessingResult: _text, StateTransitionReason: _reason, ...mapping } = shown;
  return mapping;
}

const sorted = (findings: Finding[]) => ({
  findings,
  // In the order in which the pollers would meet them.
  blockers: findings
    .filter(({ status }) => status === 'fail')
    .toSorted((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage)),
  warnings: findings.filter(({ status, severity }) => status === 'warn' && severity !== 'info'),
  undecided: findings.filter(({ status }) => status === 'unknown'),
});

/** AWS refuses a new mapping with a custom group that is in use in the region, although existing ones may share one. */
const isSharedGroup = ({ check, status }: Finding): boolean => check === 'mapping.consumer-group' && status === 'warn';

/**
 * For a mapping without a UUID: permissions on its group are given for every group of the cluster, and there are no
 * update commands yet.
 */
function ofNewMapping(finding: Finding): Finding {
  const earlier = asNew.get(finding);
  if (earlier !== undefined) return earlier;
  const made = JSON.stringify(finding).includes(plannedUuid) ? withoutUuid(finding) : finding;
  asNew.set(finding, made);
  return made;
}

/** Computed once for each finding, which many new mappings can share. */
const asNew = new WeakMap<Finding, Finding>();

function withoutUuid(finding: Finding): Finding {
  const fixes = finding.fixes
    .filter(({ changes }) => !changes.some(({ input }) => input['UUID'] === plannedUuid))
    .map((fix) => withoutPlanned(fix));
  return withNames({ ...finding, fixes });
}

/** The same data with each text `named`. Texts without the UUID are not copied: thousands of findings are kept. */
function withNames<T>(value: T): T {
  if (typeof value === 'string') return named(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => withNames(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, withNames(member)]])),
  ) as T;
}

/** Commands that change the mapping itself follow its creation. */
function withoutPlanned({ commands = [], ...fix }: Fix): Fix {
  const left = commands.filter((command) => !command.includes(plannedUuid));
  // Nothing exists yet that could not be changed.
  const [, start, what] = /^(Recreate the mapping with )(.*) \([^()]* cannot be changed\)$/.exec(fix.title) ?? [];
  const title = start === undefined ? fix.title : `Create the mapping with ${what}`;
  return { ...fix, title, ...(left.length === 0 ? {} : { commands: left }) };
}

const named = (text: string): string =>
  text === plannedUuid
    ? 'the new mapping'
    : !text.includes(plannedUuid)
      ? text
      : text
          .replaceAll(`/${plannedUuid}`, '/*')
          .replaceAll(`consumer group ${plannedUuid}`, 'the consumer group of the new mapping')
          .replaceAll(plannedUuid, 'the UUID of the new mapping');

function assertAuth(
  snapshot: Snapshot,
  mapping: Mapping,
  asserted: MappingSettings['auth'],
): Pick<Preflight, 'otherAuth' | 'authUnknown'> {
  if (asserted === undefined) return { otherAuth: null, authUnknown: false };
  const { auth } = subjectOf({ ...snapshot, mappings: { [mapping.UUID]: ok(mapping) } }, mapping.UUID);
  if (auth.is !== 'known') return { otherAuth: null, authUnknown: true };
  const { method, because } = auth.value;
  return {
    authUnknown: false,
    otherAuth:
      method === asserted
        ? null
        : `Lambda would select ${method}, not ${asserted}: ${because}. ${insteadOf(asserted, method)}`,
  };
}

function insteadOf(asserted: NonNullable<MappingSettings['auth']>, method: string): string {
  if (asserted === 'scram' || asserted === 'mtls') return `For ${asserted}, pass --secret with a secret of that type.`;
  if (method === 'scram' || method === 'mtls') return 'Omit the secret: a secret determines the method.';
  if (asserted === 'iam') return 'Turn on IAM authentication in the cluster.';
  return 'No setting of the mapping changes this: Lambda selects IAM as long as IAM authentication is turned on in the cluster.';
}
