/** A record that is too large for one invocation of a function. */
import { payloadBytes } from '../../aws/limits.js';
import { checks } from '../../checks/index.js';
import type { Finding } from '../../checks/run.js';
import type { CheckId } from '../../catalogue/check-ids.js';
import { manual } from '../../checks/support/secret-use.js';
import type { ProbeResult } from '../probe-result.js';

const check = 'mapping.batch' satisfies CheckId;

/** Key and value are Base64 in an event. A warning where the fetched record alone exceeds the payload; otherwise nothing. */
export function largeRecord({ facts: { record }, topic }: ProbeResult): Finding[] {
  if (record === null || topic === null) return [];
  const bytes = Math.ceil(((record.keyBytes ?? 0) + (record.valueBytes ?? 0)) / 3) * 4;
  if (bytes <= payloadBytes) return [];
  const { severity, stage } = checks.find(({ id }) => id === check)!;
  return [
    {
      check,
      status: 'warn',
      severity,
      stage,
      title: `A record of topic ${topic.name} is larger than the payload of an invocation (6 MB)`,
      evidence: [
        {
          resource: topic.name,
          fact: `partition ${record.partition}, offset ${record.offset}: ${bytes} bytes in Base64`,
        },
      ],
      fixes: [manual('Store large contents in Amazon S3, and write their address to the topic')],
      missingActions: [],
    },
  ];
}
