/** Mappings on self-managed Kafka: what Lambda shows of each, and the checks that are valid for both kinds of source. */
import { matchText } from '../catalogue/match.js';
import { textState } from '../catalogue/text-state.js';
import { checks as allChecks } from '../checks/index.js';
import type { AnyCheck } from '../checks/define.js';
import { isOk, ok, type ReadFailure } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { selfManagedSource } from '../snapshot/self-managed-source.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { LeftOutDiagnosis, MappingDiagnosis } from './diagnosis.js';

/**
 * Checks of what is the same for both kinds of source: function, role, secret contents, batch settings, destination.
 * A self-managed source has its own subnets and security groups (VPC_SUBNET, VPC_SECURITY_GROUP), and its role needs
 * no permission for MSK's API (AWS: self-managed Apache Kafka permissions), so those checks do not apply.
 */
const sharedChecks: readonly string[] = [
  'mapping.state',
  'mapping.starting-position',
  'mapping.batch',
  'mapping.filter',
  'mapping.destination',
  'mapping.provisioned-pollers',
  'access.trust',
  'access.logs',
  'access.secret',
  'access.kms',
  'access.destination',
  'secret.exists',
  'secret.scram',
  'secret.certificate',
  'secret.private-key',
  'secret.size',
];
const sharedFamilies = /^(function|records)\./;
/**
 * The pollers write to a Kafka topic destination with the mapping's own login, which these checks know for MSK only.
 */
const ofDestination: readonly string[] = ['mapping.destination', 'access.destination'];

type DiagnoseMapping = (snapshot: Snapshot, uuid: string, checks: readonly AnyCheck[]) => MappingDiagnosis;

/**
 * All of the snapshot; checks run for its `selfManagedTargets`. `missing`: failed reads that would show the cluster.
 */
export function diagnoseLeftOut(
  snapshot: Snapshot,
  checks: readonly AnyCheck[],
  diagnoseMapping: DiagnoseMapping,
): { leftOut: LeftOutDiagnosis[]; missing: ReadFailure[] } {
  const mappings = selfManagedMappings(snapshot);
  const sources = new Map(mappings.map((mapping) => [mapping.UUID, selfManagedSource(snapshot, mapping)]));
  const judge = diagnoserOfSelfManaged(snapshot, checks, diagnoseMapping);
  const leftOut = mappings.map((mapping): LeftOutDiagnosis => {
    const { bootstrapServers, clusterArn, because } = sources.get(mapping.UUID)!;
    const judged = judge(mapping.UUID);
    return {
      uuid: mapping.UUID,
      functionArn: mapping.FunctionArn ?? null,
      bootstrapServers,
      clusterArn,
      because,
      topic: mapping.Topics[0] ?? null,
      verdict: judged?.verdict ?? null,
      observed: judged?.observed ?? observedOf(mapping),
      causes: judged?.causes ?? [],
      findings: judged?.findings ?? [],
    };
  });
  return {
    leftOut: leftOut.toSorted((a, b) => (a.uuid < b.uuid ? -1 : 1)),
    missing: [...sources.values()].flatMap(({ missing }) => missing),
  };
}

/** Diagnoses single mappings on self-managed Kafka; null for one that the snapshot's `selfManagedTargets` lack. */
export function diagnoserOfSelfManaged(
  snapshot: Snapshot,
  checks: readonly AnyCheck[],
  diagnoseMapping: DiagnoseMapping,
): (uuid: string) => MappingDiagnosis | null {
  const chosen = new Set(snapshot.selfManagedTargets);
  const mappings = new Map(
    selfManagedMappings(snapshot)
      .filter(({ UUID }) => chosen.has(UUID))
      .map((mapping) => [mapping.UUID, mapping]),
  );
  if (mappings.size === 0) return () => null;
  const view: Snapshot = { ...snapshot, mappings: { ...snapshot.mappings } };
  for (const mapping of mappings.values())
    view.mappings[mapping.UUID] = ok({
      ...mapping,
      EventSourceArn: selfManagedSource(snapshot, mapping).clusterArn ?? undefined,
    });
  return (uuid) => {
    const mapping = mappings.get(uuid);
    return mapping === undefined ? null : diagnoseMapping(view, uuid, checksForSelfManaged(mapping, checks));
  };
}

const selfManagedMappings = (snapshot: Snapshot): Mapping[] =>
  Object.values(snapshot.selfManagedMappings).flatMap((read) => (isOk(read) ? [read.value] : []));

/** The given checks that are valid for a mapping on self-managed Kafka too. */
export function checksForSelfManaged(
  { DestinationConfig: config }: Mapping,
  checks: readonly AnyCheck[] = allChecks,
): AnyCheck[] {
  const toTopic = config?.OnFailure?.Destination?.startsWith('kafka://') === true;
  return checks.filter(
    ({ id }) => (sharedChecks.includes(id) || sharedFamilies.test(id)) && !(toTopic && ofDestination.includes(id)),
  );
}

const observedOf = ({
  State: state,
  StateTransitionReason: reason,
  LastProcessingResult: text,
}: Mapping): LeftOutDiagnosis['observed'] => ({
  state: state ?? null,
  stateTransitionReason: reason ?? null,
  lastProcessingResult: text ?? null,
  error: textState(text) === 'error' ? (matchText(text!)?.id ?? 'unknown') : null,
});
