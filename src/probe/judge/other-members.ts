/** A consumer group that other clients already use: they and the pollers would share the partitions. */
import { checks } from '../../checks/index.js';
import type { Finding } from '../../checks/run.js';
import type { CheckId } from '../../catalogue/check-ids.js';
import { manual } from '../../checks/support/secret-use.js';
import type { ProbeResult } from '../probe-result.js';
import type { ProbeContext } from './probe-context.js';

const check = 'mapping.consumer-group' satisfies CheckId;

/** A warning where the group has members that are not the pollers of the mapping; otherwise nothing. */
export function otherMembers({ group, verdict }: ProbeResult, context: ProbeContext): Finding[] {
  const members = group?.members ?? 0;
  if (group === null || members === 0 || verdict !== 'reaches' || context.hasPollers) return [];
  const { severity, stage } = checks.find(({ id }) => id === check)!;
  return [
    {
      check,
      status: 'warn',
      severity,
      stage,
      title: `Consumer group ${group.id} has ${members} active ${members === 1 ? 'member' : 'members'}`,
      evidence: [
        {
          resource: context.clusterArn ?? group.id,
          fact: `the group is ${group.state ?? 'active'}: its members share the partitions with every client that joins; the pollers of an enabled mapping are members too`,
        },
      ],
      fixes: [manual('Use a consumer group that no other client uses (--consumer-group of `msk-lambda create`)')],
      missingActions: [],
    },
  ];
}
