/** Policies that allow what a mapping needs. */
import { takesNoArn } from './actions.js';
import type { CallRequest } from './needed-calls.js';

export interface PolicyStatement {
  Sid?: string;
  Effect: 'Allow';
  Principal?: Record<string, string | string[]>;
  Action: string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface Policy {
  Version: '2012-10-17';
  Statement: PolicyStatement[];
}

export const policyOf = (...Statement: PolicyStatement[]): Policy => ({ Version: '2012-10-17', Statement });

/** A statement with a name that says what it is for. */
export const statement = (Sid: string, Action: string[], Resource: string | string[]): PolicyStatement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
});

export const statementFor = ({ action, resources }: CallRequest): PolicyStatement => {
  // Most of these EC2 calls accept no narrower resource, and the interfaces that Lambda will create are not known in
  // advance.
  const granted = action.startsWith('ec2:') || takesNoArn(action) ? ['*'] : resources;
  return { Effect: 'Allow', Action: [action], Resource: granted.length === 1 ? granted[0]! : granted };
};

/** One statement for each set of resources. */
export function policyAllowing(requests: readonly CallRequest[]): Policy {
  const byResources = new Map<string, PolicyStatement>();
  for (const request of requests) {
    const statement = statementFor(request);
    const key = [statement.Resource].flat().join(' ');
    const earlier = byResources.get(key);
    if (earlier === undefined) byResources.set(key, statement);
    else if (!earlier.Action.includes(request.action)) earlier.Action.push(request.action);
  }
  return policyOf(...byResources.values());
}
