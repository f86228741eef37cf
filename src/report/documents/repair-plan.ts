/** The member `plan` of the document of `doctor --plan` and `doctor --fix`. */
import * as z from 'zod/mini';
import type { RepairPlan } from '../../repair/repair-plan.js';
import { changeSchema, maybeText, text } from './parts.js';

const cost = z.enum(['free', 'data', 'hour']);
const resolves = z.array(z.object({ mapping: text, check: text }));

export const repairPlanSchema = z.object({
  /** In order of execution. */
  steps: z.array(
    z.extend(changeSchema, {
      id: text,
      /** ARN or id of what the call changes. */
      resource: text,
      reason: text,
      safety: z.enum(['safe', 'care', 'risky']),
      /** What else the call affects, one sentence each. */
      dangers: z.array(text),
      cost,
      /** The tool whose template owns the resource, by its tags; null where none is known. */
      owner: z.nullable(
        z.object({
          tool: z.enum(['cloudformation', 'cdk', 'sam', 'serverless', 'terraform']),
          name: maybeText,
          logicalId: maybeText,
        }),
      ),
      resolves,
      /** False for a step of an option that is not chosen. */
      isChosen: z.boolean(),
      /** With `--fix`. */
      outcome: z.optional(z.enum(['made', 'refused', 'not-made'])),
      /** With `--fix`: why it was refused or not made; null for a step that was made. */
      because: z.optional(maybeText),
    }),
  ),
  choices: z.array(
    z.object({
      question: text,
      options: z.array(z.object({ title: text, cost, steps: z.array(text) })),
      /** The position of the option that is taken, from 0. */
      chosen: z.int(),
    }),
  ),
  /** What no call can repair. */
  byHand: z.array(z.object({ title: text, command: maybeText, resolves })),
  /** The diagnosis after the chosen steps, simulated. */
  simulated: z.object({
    verdict: z.enum(['healthy', 'at-risk', 'broken', 'disabled', 'unknown']),
    failing: z.array(text),
  }),
});
export type RepairPlanDocument = z.infer<typeof repairPlanSchema>;
export type StepDocument = RepairPlanDocument['steps'][number];

/** The outcome of a step by its id. */
export type StepOutcomes = ReadonlyMap<string, Required<Pick<StepDocument, 'outcome' | 'because'>>>;

/** `outcomes`: with `--fix`. */
export const toRepairPlanDocument = (
  { steps, choices, byHand, simulated }: RepairPlan,
  outcomes?: StepOutcomes,
): RepairPlanDocument => ({
  steps: steps.map((step) => ({
    id: step.id,
    service: step.service,
    operation: step.operation,
    input: step.input,
    undo: step.undo,
    resource: step.resource,
    reason: step.reason,
    safety: step.safety,
    dangers: step.dangers,
    cost: step.cost,
    owner: step.owner,
    resolves: step.resolves,
    isChosen: step.isChosen,
    ...(outcomes === undefined ? {} : (outcomes.get(step.id) ?? { outcome: 'not-made', because: null })),
  })),
  choices,
  byHand,
  simulated,
});
