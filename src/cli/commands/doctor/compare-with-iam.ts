/** `--verify`: compares the IAM policy simulator's answers about the roles with this tool's evaluation. */
import { evaluateCall } from '../../../access/evaluate-call.js';
import type { NeededCall } from '../../../access/needed-calls.js';
import { roleContext } from '../../../access/request-context.js';
import type { RolePolicies } from '../../../access/role-policies.js';
import type { Clients } from '../../../account/clients.js';
import type { SimulatedAnswer } from '../../../account/iam-simulator.js';
import { callsOfMapping, type GuardedCall } from '../../../checks/access/support/guarded-calls.js';
import type { Verification } from '../../../report/documents/verification.js';
import { isOk } from '../../../snapshot/read.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { subjectOf } from '../../../subject/subject.js';

/** What the simulator does not evaluate (IAM API reference: SimulatePrincipalPolicy). */
const limits = [
  'the IAM policy simulator uses the policies of the role, its permissions boundary and the service control policies; it does not use the policies of secrets, keys, clusters and destinations, or resource control policies',
  'it does not know where a call comes from or which tags a resource has: a condition on that counts as not met there',
  'it does not judge the trust policy, endpoint policies, or what Kafka itself decides',
];

/** By UUID, without mappings whose calls or role are not known. */
export async function verifyRights(clients: Clients, snapshot: Snapshot): Promise<Map<string, Verification>> {
  const { simulate } = await import('../../../account/iam-simulator.js');
  const verifications = new Map<string, Verification>();
  for (const uuid of snapshot.targets) {
    const subject = subjectOf(snapshot, uuid);
    const [calls, role, source, organization] = [
      callsOfMapping(subject),
      subject.rolePolicies,
      subject.eventSource,
      subject.organizationPolicies,
    ];
    if (calls.is !== 'known' || role.is !== 'known' || source.is !== 'known' || organization.is !== 'known') continue;
    const context = roleContext({
      roleArn: role.value.roleArn,
      role: role.value.role,
      region: source.value.region,
      at: new Date(snapshot.capturedAt),
    });
    const questions = questionsOf(calls.value, context);
    const { answers, reads } = await simulate(clients, role.value.roleArn, questions);
    snapshot.reads = [...snapshot.reads, ...reads];
    const failed = answers.find((answer) => !isOk(answer));
    const simulated = answers.flatMap((answer) => (isOk(answer) ? answer.value : []));
    const evaluated = calls.value.map(({ needed, resource }) => ({
      needed,
      ...evaluateCall(needed, { role: role.value, organization: organization.value, resource }, context),
      granted: resource?.document !== null && resource !== null,
    }));
    verifications.set(
      uuid,
      compare(
        role.value,
        evaluated,
        simulated,
        failed === undefined || isOk(failed) ? null : `${failed.action}: ${failed.error}`,
      ),
    );
  }
  return verifications;
}

type Context = ReturnType<typeof roleContext>;

/** Requests about the same resources are sent together. */
function questionsOf(calls: readonly GuardedCall[], shared: Context) {
  const byResources = new Map<
    string,
    { actions: string[]; resources: string[]; context: Record<string, string | string[]> }
  >();
  for (const { needed } of calls) {
    const { anyOf, context } = needed;
    const [{ action, resources }] = anyOf;
    const known = Object.entries({ ...shared, ...context }).filter(
      (entry): entry is [string, string | string[]] => typeof entry[1] === 'string' || Array.isArray(entry[1]),
    );
    const key = JSON.stringify([resources, known]);
    const earlier = byResources.get(key);
    if (earlier === undefined)
      byResources.set(key, { actions: [action], resources, context: Object.fromEntries(known) });
    else if (!earlier.actions.includes(action)) earlier.actions.push(action);
  }
  return [...byResources.values()];
}

type EvaluatedCall = ReturnType<typeof evaluateCall> & { needed: NeededCall; granted: boolean };

function compare(
  role: RolePolicies,
  evaluated: readonly EvaluatedCall[],
  simulated: readonly SimulatedAnswer[],
  notRead: string | null,
): Verification {
  const pairs = evaluated.flatMap((call) => {
    const [{ action, resources }] = call.needed.anyOf;
    const iam = simulated.find(
      (answer) => answer.action === action && answer.resources.join(' ') === resources.join(' '),
    );
    return iam === undefined ? [] : [{ call, action, resources, iam }];
  });
  const differ = pairs.filter(
    ({ call, iam }) => call.answer !== 'cannot-tell' && (call.answer === 'allowed') !== (iam.decision === 'allowed'),
  );
  return {
    role: role.roleArn,
    asked: pairs.length,
    agreed: pairs.filter(
      ({ call, iam }) => call.answer !== 'cannot-tell' && (call.answer === 'allowed') === (iam.decision === 'allowed'),
    ).length,
    undecided: pairs.flatMap(({ call, action, resources, iam }) =>
      call.answer === 'cannot-tell' ? [{ action, resources, iam: iam.decision, because: call.because }] : [],
    ),
    differences: differ.map(({ call, action, resources, iam }) => ({
      action,
      resources,
      ours: call.answer,
      iam: iam.decision,
      because: whyDifferent(call, iam),
    })),
    notRead,
    limits,
  };
}

function whyDifferent(call: EvaluatedCall, { decision, missingKeys }: SimulatedAnswer): string {
  if (missingKeys.length > 0) return `the simulation was not told ${missingKeys.join(', ')}`;
  if (call.answer === 'allowed' && decision === 'implicitDeny') {
    if (call.granted) return 'the resource’s own policy may grant it, which the simulation is not given';
    if (call.needed.anyOf.length > 1) return 'another form of the right grants it';
  }
  return call.answer === 'denied' && decision === 'allowed'
    ? 'a policy of the resource or of the organization may deny it, which the simulation is not given; or our judgement is wrong'
    : 'one of the two judgements is wrong';
}
