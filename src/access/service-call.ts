/** Calls that the Lambda service makes as itself, which the policy of a resource must allow. */
import { lambdaPrincipal } from '../aws/partitions.js';
import type { AccessAnswer } from './access-question.js';
import { evaluateDocument } from './evaluate.js';
import { serviceContext } from './request-context.js';

interface ServiceCall {
  action: string;
  resource: string;
  region: string;
  at: Date;
}

/** Whether a resource's policy allows the call to lambda.amazonaws.com. `name`: of the policy, for the explanation. */
export const evaluateServiceCall = (
  document: string,
  { action, resource, region, at }: ServiceCall,
  name: string,
): AccessAnswer =>
  evaluateDocument(
    document,
    { action, resource, principal: { service: lambdaPrincipal }, context: serviceContext({ region, at }) },
    { layer: 'resource', policy: name },
  );
