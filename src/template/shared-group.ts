/** Mappings of one deployment that have the same consumer group, and so share the partitions of a topic. */
import { shared } from '../checks/mapping/support/shared-group.js';
import type { Finding } from '../checks/run.js';
import { enumerate } from '../text/enumerate.js';
import { areDeployedTogether } from './checks/twins.js';
import type { Deployment } from './deploy/deploy.js';
import type { PlannedMapping } from './deploy/lambda.js';
import { booleanOf } from './deploy/deploying.js';
import { isOpen } from './deploy/undecided.js';
import { propertyName } from './property-names.js';

/**
 * The check of consumer groups compares with the mappings of the account; here it compares with those that the templates
 * create. Only certain values count: both mappings are created and enabled, with equal group, cluster and topic. With the
 * same function too, Lambda rejects the second one, which is another finding.
 */
export function withSharedGroup(finding: Finding, planned: PlannedMapping, deployment: Deployment): Finding {
  if (finding.check !== 'mapping.consumer-group' || finding.status !== 'pass') return finding;
  const use = useOf(planned);
  if (use === null) return finding;
  const others = deployment.mappings.filter(
    (other) =>
      other !== planned &&
      groupOf(other) === use.group &&
      useOf(other)?.key === use.key &&
      other.mapping.FunctionArn !== planned.mapping.FunctionArn &&
      areDeployedTogether(other.resource, planned.resource),
  );
  if (others.length === 0) return finding;
  const { resource, mapping } = planned;
  const addresses = others.map((other) => other.resource.address);
  return {
    ...finding,
    status: 'warn',
    title: `${resource.address} shares the consumer group ${use.group} with ${enumerate(addresses)}`,
    evidence: others.map((other) => ({ resource: other.resource.id, fact: shared(mapping, other.mapping) })),
    fixes: [
      {
        title: `Give each mapping its own ${propertyName('ConsumerGroupId', resource.format)}. It cannot be changed after the deployment.`,
        safety: 'by-hand',
        changes: [],
      },
    ],
  };
}

const groupOf = ({ mapping }: PlannedMapping): string | undefined =>
  mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId;

/** What the mapping reads, as which group; null where it is disabled or a part is not known. */
function useOf(planned: PlannedMapping): { group: string; key: string } | null {
  const { resource, mapping } = planned;
  const group = groupOf(planned);
  const [topic] = mapping.Topics;
  const { Enabled: enabled } = resource.properties;
  // A parameter or variable may leave the group out.
  if (group === undefined || isOpen(group) || topic === undefined || mapping.EventSourceArn === undefined) return null;
  if (enabled !== undefined && booleanOf(enabled) !== true) return null;
  return { group, key: JSON.stringify([group, mapping.EventSourceArn, topic]) };
}
