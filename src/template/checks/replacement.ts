/**
 * template.replacement: the deployment and the mappings that exist. CloudFormation creates the replacement before it
 * deletes the old mapping, and Lambda accepts no second mapping of the same function, source and topic.
 */
import type { Mapping } from '../../snapshot/resources/index.js';
import { isOk } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { JudgeTemplate, TemplateFault } from './template-check.js';

export const judgeReplacement: JudgeTemplate = ({ resource, mapping }, { standing }) => {
  if (standing === null) return [];
  const existing = existingMappings(standing).filter(
    (other) => other.FunctionArn === mapping.FunctionArn && other.EventSourceArn === mapping.EventSourceArn,
  );
  const same = existing.find((other) => other.Topics[0] === mapping.Topics[0]);
  const fault = (status: TemplateFault['status'], property: string, title: string, fix: string): TemplateFault => ({
    check: 'template.replacement',
    status,
    title,
    evidence: [],
    location: resource.locate(resource.properties[property] === undefined ? [] : ['Properties', property]),
    related: [],
    fix,
  });
  if (same !== undefined)
    return replaced(same, mapping).map(({ property, before, after }) =>
      fault(
        'fail',
        property,
        `${resource.address} replaces ${same.UUID}, which blocks it: ${property} changes from ${before} to ${after}`,
        `Keep ${property} as it is, or run msk-lambda recreate ${same.UUID} first.`,
      ),
    );
  const [other, second] = existing;
  return other === undefined || second !== undefined
    ? []
    : [
        fault(
          'warn',
          'Topics',
          `If ${resource.address} is ${other.UUID}, its topic stays ${other.Topics[0] ?? 'as it is'}: Topics of an existing mapping cannot be changed`,
          `Give the resource a new name, so that a second mapping is created, or run msk-lambda recreate ${other.UUID} --topic ${mapping.Topics[0] ?? 'TOPIC'}.`,
        ),
      ];
};

/** Mappings that the snapshot has. */
export const existingMappings = (standing: Snapshot): Mapping[] =>
  Object.values(standing.mappings).flatMap((read) => (isOk(read) ? [read.value] : []));

/** Properties whose change replaces the mapping (CloudFormation: AWS::Lambda::EventSourceMapping). */
function replaced(before: Mapping, after: Mapping): { property: string; before: string; after: string }[] {
  const [oldGroup, newGroup] = [groupOf(before), groupOf(after)];
  return [
    ...(before.StartingPosition !== undefined &&
    after.StartingPosition !== undefined &&
    before.StartingPosition !== after.StartingPosition
      ? [{ property: 'StartingPosition', before: before.StartingPosition, after: after.StartingPosition }]
      : []),
    // Without one, Lambda names the group after the mapping, and shows that name.
    ...(newGroup !== undefined && oldGroup !== undefined && oldGroup !== newGroup && oldGroup !== before.UUID
      ? [{ property: 'AmazonManagedKafkaEventSourceConfig', before: oldGroup, after: newGroup }]
      : []),
  ];
}

const groupOf = ({ AmazonManagedKafkaEventSourceConfig: config }: Mapping): string | undefined =>
  config?.ConsumerGroupId;
