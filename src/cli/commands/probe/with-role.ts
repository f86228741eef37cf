/** For a refusal of IAM: whose credentials they were, and what the checks say about the execution role. */
import { readAccount } from '../../../account/scopes/account.js';
import { getCaller } from '../../../account/queries/caller.js';
import { checks } from '../../../checks/index.js';
import { runChecks } from '../../../checks/run.js';
import type { ProbeContext } from '../../../probe/judge/probe-context.js';
import type { ProbeResult } from '../../../probe/probe-result.js';
import { isOk } from '../../../snapshot/read.js';
import { valueOrNull } from '../../../subject/fact.js';
import { subjectOf } from '../../../subject/subject.js';
import { tool } from '../../version.js';
import type { ProbePlan } from './plan.js';

/** The same context where the login was accepted or is not IAM. */
export async function withRole(
  plan: Pick<ProbePlan, 'context' | 'clients'>,
  result: ProbeResult,
): Promise<Pick<ProbeContext, 'identity' | 'roleFindings'>> {
  const { identity, mappingUuid, roleFindings } = plan.context;
  const { clients } = plan;
  if (identity === null || clients === null || result.verdict !== 'blocked') return { identity, roleFindings };
  if (identity.arn === null) {
    const caller = await getCaller(clients);
    return { identity: { ...identity, arn: isOk(caller) ? caller.value.arn : null }, roleFindings };
  }
  if (mappingUuid === null) return { identity, roleFindings };
  const { snapshot } = await readAccount({
    clients,
    targets: [mappingUuid],
    secretValues: false,
    tool,
    now: new Date(),
  });
  const subject = subjectOf(snapshot, mappingUuid);
  const isExecutionRole = valueOrNull(subject.function)?.Role === identity.arn;
  return {
    identity: { ...identity, isExecutionRole },
    roleFindings: isExecutionRole
      ? runChecks(
          checks.filter(({ id }) => id.startsWith('access.kafka-')),
          subject,
        )
      : [],
  };
}
