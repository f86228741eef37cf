/** Accounts for the tests of repair plans. */
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { buildRepairPlan } from '../../src/repair/build-repair-plan.js';
import type { RepairPlan } from '../../src/repair/repair-plan.js';
import { ok } from '../../src/snapshot/read.js';
import type { Mapping } from '../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { accountWith, roleArn, uuid, value, type HealthyOptions } from '../accounts/account.js';

/** The plan for the healthy account after a change. */
export function planFor(
  change: (snapshot: Snapshot) => void,
  options: HealthyOptions = {},
  choose?: readonly number[],
): RepairPlan {
  const snapshot = accountWith(change, options);
  return buildRepairPlan(snapshot, diagnose(snapshot), { choose });
}

/** Another mapping like the healthy one, as it is by then, with other members. */
export function addTwin(snapshot: Snapshot, members: Partial<Mapping>, number = 2): Mapping {
  const id = `${uuid.slice(0, -2)}${String(number).padStart(2, '0')}`;
  const twin: Mapping = {
    ...structuredClone(value(snapshot.mappings, uuid)),
    UUID: id,
    EventSourceMappingArn: `arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:${id}`,
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: id },
    ...members,
  };
  snapshot.mappings[id] = ok(twin);
  snapshot.targets.push(id);
  for (const key of ['*', twin.EventSourceArn!]) value(snapshot.mappingLists, key).push(id);
  return twin;
}

/** The role may do everything inside Kafka. */
export function allowKafka(snapshot: Snapshot): void {
  snapshot.inlinePolicies[`${roleArn}#kafka-access`] = ok(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'kafka-cluster:*', Resource: '*' }],
    }),
  );
}
