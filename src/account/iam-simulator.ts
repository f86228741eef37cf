/** Asks the IAM policy simulator about calls of a role. */
import * as z from 'zod/mini';
import { mapRead, type Read, type ReadRecord } from '../snapshot/read.js';
import type { Clients } from './clients.js';
import { keepList, Reader } from './reader.js';

/** Actions with the same resources; `*` where they have none. */
export interface SimulatedCalls {
  actions: string[];
  resources: string[];
  context: Record<string, string | string[]>;
}

/** The simulator's decision for one action on all its resources. */
export interface SimulatedAnswer {
  action: string;
  resources: string[];
  decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** Condition keys without a value in the request. */
  missingKeys: string[];
}

const callOf = (resource: string) => ({ service: 'iam', operation: 'SimulatePrincipalPolicy', resource });
const resultSchema = z.object({
  EvalActionName: z.string(),
  EvalResourceName: z.optional(z.string()),
  EvalDecision: z.enum(['allowed', 'explicitDeny', 'implicitDeny']),
  MissingContextValues: z._default(z.array(z.string()), []),
  ResourceSpecificResults: z._default(
    z.array(
      z.object({
        EvalResourceDecision: z.enum(['allowed', 'explicitDeny', 'implicitDeny']),
        MissingContextValues: z._default(z.array(z.string()), []),
      }),
    ),
    [],
  ),
});
type Result = z.infer<typeof resultSchema>;

/** One read per set of resources. AWS errors are returned, never thrown. */
export async function simulate(
  clients: Clients,
  roleArn: string,
  calls: readonly SimulatedCalls[],
): Promise<{ answers: Read<SimulatedAnswer[]>[]; reads: ReadRecord[] }> {
  const reader = new Reader(clients);
  const answers = await Promise.all(
    calls.map(async ({ actions, resources, context }): Promise<Read<SimulatedAnswer[]>> => {
      const input = {
        PolicySourceArn: roleArn,
        ActionNames: actions,
        ResourceArns: resources,
        ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
          ContextKeyName,
          ContextKeyValues: [value].flat(),
          ContextKeyType: Array.isArray(value) ? 'stringList' : 'string',
        })),
      };
      const pages = await reader.pages('iam', 'SimulatePrincipalPolicy', input, {
        resource: roleArn,
      });
      return mapRead(keepList(pages, resultSchema, callOf(roleArn)), (results) =>
        actions.flatMap((action) => answerOf(action, resources, results)),
      );
    }),
  );
  return { answers, reads: reader.records() };
}

/** The most restrictive decision for the action. */
function answerOf(action: string, resources: string[], results: readonly Result[]): SimulatedAnswer[] {
  const ofAction = results.filter(({ EvalActionName: name }) => name.toLowerCase() === action.toLowerCase());
  if (ofAction.length === 0) return [];
  const decisions = ofAction.flatMap((result) => [
    result.EvalDecision,
    ...result.ResourceSpecificResults.map((specific) => specific.EvalResourceDecision),
  ]);
  const decision = (['explicitDeny', 'implicitDeny', 'allowed'] as const).find((grave) => decisions.includes(grave))!;
  const missingKeys = ofAction.flatMap((result) => [
    ...result.MissingContextValues,
    ...result.ResourceSpecificResults.flatMap((specific) => specific.MissingContextValues),
  ]);
  return [{ action, resources, decision, missingKeys: [...new Set(missingKeys)].toSorted() }];
}
