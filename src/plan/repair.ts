/** The steps of a repair plan as the executor's, and which of them are made. Pure. */
import type { AwsCall } from '../aws/call.js';
import type { RepairStep } from '../repair/repair-plan.js';
import { plannedCall } from './calls.js';
import type { FixStep, PlannedCall, RetryRule } from './plan.js';

/** The placeholder for the id of an endpoint that a step creates. */
export const newEndpointOf = ({ id }: Pick<RepairStep, 'id'>): string => `(new endpoint of ${id})`;

const createsEndpoint = ({ operation }: Pick<AwsCall, 'operation'>): boolean => operation === 'CreateVpcEndpoint';

/** The placeholder for the id of a policy version that a step creates. */
export const newVersionOf = ({ id }: Pick<RepairStep, 'id'>): string => `(new policy version of ${id})`;

/** The call that reverts a step; it may name an endpoint by its placeholder. Null where no call can. */
export const undoOf = (step: RepairStep): AwsCall | null =>
  step.undo ??
  (createsEndpoint(step)
    ? { service: 'ec2', operation: 'DeleteVpcEndpoints', input: { VpcEndpointIds: [newEndpointOf(step)] } }
    : null);

/** `token`: unique for this execution of the plan, so that a repeated request creates no second resource. */
export function planRepairStep(
  step: RepairStep,
  { number, of, token }: { number: number; of: number; token: string },
): FixStep {
  const { service, operation, input, reason, safety } = step;
  const call = {
    service,
    operation,
    input: createsEndpoint(step) ? { ...input, ClientToken: `${token}-${step.id}` } : input,
  };
  const what = `step ${number} of ${of} (${service} ${operation} ${step.resource})`;
  return {
    kind: 'fix',
    title: reason,
    safety,
    wait: null,
    onlyAfterSuccess: true,
    calls: [
      plannedCall(call, 'is a step of the repair plan', retryOf(step), {
        undo: undoOf(step),
        yields: yieldsOf(step),
        refusalsIn: /^Batch\w+ScramSecret$/.test(operation) ? 'UnprocessedScramSecrets' : null,
        progress: `Step ${number} of ${of}`,
        interrupted: {
          during: `AWS did not answer yet and may have made ${what}.`,
          after: [`Made: ${what}.`],
          replaces: false,
        } satisfies PlannedCall['interrupted'],
      }),
    ],
  };
}

function yieldsOf(step: RepairStep): PlannedCall['yields'] {
  if (createsEndpoint(step)) return { placeholder: newEndpointOf(step), from: 'endpoint' };
  return step.operation === 'CreatePolicyVersion' ? { placeholder: newVersionOf(step), from: 'policy-version' } : null;
}

function retryOf({ operation }: RepairStep): RetryRule {
  // Lambda refuses a change while another one of the same mapping is in progress.
  if (operation === 'UpdateEventSourceMapping') return { rule: 'repeat', ifGone: 'refused' };
  if (operation === 'CreateTopic') return { rule: 'topic-once', waitIfThere: false };
  return { rule: 'sdk' };
}

/** What the user agreed to beyond `safe` and `care`, by step. */
export interface Permissions {
  risky(step: RepairStep): boolean;
  owned(step: RepairStep): boolean;
}

export type WithheldStep = { step: RepairStep } & (
  | { why: 'risky' | 'owned' }
  /** It resolves the same finding as a withheld step before it. */
  | { why: 'depends'; on: RepairStep }
);

export interface StepSelection {
  /** In order. */
  made: RepairStep[];
  withheld: WithheldStep[];
}

/** The chosen steps that are made, and why others are not. */
export function selectSteps(steps: readonly RepairStep[], permissions: Permissions): StepSelection {
  const selection: StepSelection = { made: [], withheld: [] };
  const blocked = new Map<string, RepairStep>();
  for (const step of steps.filter(({ isChosen }) => isChosen)) {
    const findings = step.resolves.map(({ mapping, check }) => `${mapping} ${check}`);
    const on = findings.map((finding) => blocked.get(finding)).find((blocking) => blocking !== undefined);
    const withheld = withhold(step, on, permissions);
    if (withheld === null) {
      selection.made.push(step);
      continue;
    }
    selection.withheld.push(withheld);
    for (const finding of findings) blocked.set(finding, step);
  }
  return selection;
}

function withhold(step: RepairStep, on: RepairStep | undefined, permissions: Permissions): WithheldStep | null {
  if (step.safety === 'risky' && !permissions.risky(step)) return { step, why: 'risky' };
  if (step.owner !== null && !permissions.owned(step)) return { step, why: 'owned' };
  return on === undefined ? null : { step, why: 'depends', on };
}
