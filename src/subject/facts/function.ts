/** The function that the mapping calls. */
import { onlyPublishedState, parseFunctionArn, publishedVersionArn, unqualifiedArn } from '../../aws/function-arn.js';
import { lookup } from '../../snapshot/read.js';
import type { FunctionConfiguration } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { all, andThen, fromReadOrGone, mapFact, notApplicable, type Derivations } from '../fact.js';
import type { MappingFacts } from './mapping.js';

export interface FunctionFacts {
  /** For the alias or version that the mapping names; null: does not exist. */
  function: FunctionConfiguration | null;
  /**
   * `$LATEST.PUBLISHED`, which Lambda invokes for a function on Lambda Managed Instances where the mapping names
   * neither version nor alias; null: none is published. Not applicable for other functions.
   */
  publishedVersion: FunctionConfiguration | null;
  /** Reserved concurrency; null: nothing is reserved. */
  reservedConcurrency: number | null;
}

const lambda = (operation: string) => ({ service: 'lambda', operation });

export const functionFacts = (snapshot: Snapshot): Derivations<FunctionFacts, MappingFacts> => ({
  function: ({ mapping }) =>
    andThen(mapping, ({ FunctionArn: arn }) =>
      arn === undefined
        ? notApplicable('the mapping has no function')
        : fromReadOrGone(lookup(snapshot.functions, arn, lambda('GetFunctionConfiguration'))),
    ),
  publishedVersion: ({ mapping, function: functionFact }) =>
    andThen(all(mapping, functionFact), ([{ FunctionArn: arn }, configuration]) => {
      if (configuration?.State !== onlyPublishedState || parseFunctionArn(arn)?.qualifier !== null)
        return notApplicable('the mapping invokes the function without a version or alias');
      return fromReadOrGone(lookup(snapshot.functions, publishedVersionArn(arn!), lambda('GetFunctionConfiguration')));
    }),
  reservedConcurrency: ({ mapping, function: functionFact }) =>
    andThen(all(mapping, functionFact), ([{ FunctionArn: arn }, configuration]) => {
      if (configuration === null) return notApplicable('the function does not exist: see function.state');
      const read = lookup(snapshot.concurrency, unqualifiedArn(arn!), lambda('GetFunctionConcurrency'));
      return mapFact(fromReadOrGone(read), (value) => value?.ReservedConcurrentExecutions ?? null);
    }),
});
