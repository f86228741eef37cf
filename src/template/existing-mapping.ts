/** Which mapping of the account is the one that a template describes. */
import type { Mapping } from '../snapshot/resources/index.js';
import { isOk } from '../snapshot/read.js';
import { hasSymbol } from '../snapshot/symbols.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { PlannedMapping } from './deploy/lambda.js';

/** Tags by UUID of the mapping. */
export type TagsByMapping = ReadonlyMap<string, Readonly<Record<string, string>>>;

export interface ExistingMapping {
  mapping: Mapping;
  /** Whether a UUID or tags of the stack prove it. Otherwise it has the same function, source and topic. */
  isProven: boolean;
}

/** Null where the account has none, as far as it was read. */
export function existingMapping(
  { resource, mapping }: PlannedMapping,
  standing: readonly Mapping[],
  tags: TagsByMapping,
): ExistingMapping | null {
  const proven = standing.find(
    ({ UUID: uuid }) =>
      uuid === mapping.UUID ||
      (resource.stackName !== undefined &&
        tags.get(uuid)?.['aws:cloudformation:stack-name'] === resource.stackName &&
        tags.get(uuid)?.['aws:cloudformation:logical-id'] === resource.address),
  );
  if (proven !== undefined) return { mapping: proven, isProven: true };
  const same = standing.find((other) => isSame(other, mapping));
  return same === undefined ? null : { mapping: same, isProven: false };
}

/** Lambda accepts one mapping of a function, source and topic. */
const isSame = (a: Mapping, b: Mapping): boolean =>
  a.FunctionArn === b.FunctionArn && a.EventSourceArn === b.EventSourceArn && a.Topics[0] === b.Topics[0];

/** Mappings that the snapshot has. */
export const mappingsOf = (standing: Snapshot | null): Mapping[] =>
  Object.values(standing?.mappings ?? {}).flatMap((read) => (isOk(read) ? [read.value] : []));

export interface PropertyChange {
  property: string;
  before: string;
  after: string;
}

/** Properties whose change replaces the mapping (CloudFormation: AWS::Lambda::EventSourceMapping). */
export function changesThatReplace(before: Mapping, after: Mapping): PropertyChange[] {
  const [oldGroup, newGroup] = [groupOf(before), groupOf(after)];
  return [
    ...(before.StartingPosition !== undefined &&
    after.StartingPosition !== undefined &&
    before.StartingPosition !== after.StartingPosition &&
    !hasSymbol(after.StartingPosition)
      ? [{ property: 'StartingPosition', before: before.StartingPosition, after: after.StartingPosition }]
      : []),
    // Without one, Lambda names the group after the mapping, and shows that name.
    ...(newGroup !== undefined &&
    oldGroup !== undefined &&
    oldGroup !== newGroup &&
    oldGroup !== before.UUID &&
    !hasSymbol(newGroup)
      ? [{ property: 'AmazonManagedKafkaEventSourceConfig', before: oldGroup, after: newGroup }]
      : []),
  ];
}

const groupOf = ({ AmazonManagedKafkaEventSourceConfig: config }: Mapping): string | undefined =>
  config?.ConsumerGroupId;

/** Whether the mapping keeps its UUID, and so its consumer group. Terraform replaces a mapping for another topic too. */
export const isUpdated = (
  { mapping: before }: ExistingMapping,
  { resource, mapping: after }: PlannedMapping,
): boolean =>
  before.EventSourceArn === after.EventSourceArn &&
  changesThatReplace(before, after).length === 0 &&
  (resource.format !== 'terraform' || before.Topics[0] === after.Topics[0]);
