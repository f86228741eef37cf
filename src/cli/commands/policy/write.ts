/** The policy for an audience, for one mapping or for several together. */
import { doctorPolicy } from '../../../access/policies/this-tool.js';
import { creatorPolicy, invokerPolicy, rolePolicy } from '../../../access/policies/principals.js';
import { probePolicy } from '../../../access/policies/probe.js';
import {
  clusterPolicy,
  keyPolicy,
  lambdaEndpointPolicy,
  secretPolicy,
  secretsManagerEndpointPolicy,
  stsEndpointPolicy,
} from '../../../access/policies/resources.js';
import { policyOf, type Policy, type PolicyStatement } from '../../../access/policy.js';
import type { PolicySubject } from '../../../access/policy-subject.js';
import type { Audience } from '../../../access/policies/audience.js';

const writers: Record<Exclude<Audience, 'doctor' | 'acls'>, (mapping: PolicySubject) => Policy> = {
  role: rolePolicy,
  creator: creatorPolicy,
  invoker: invokerPolicy,
  probe: probePolicy,
  secret: secretPolicy,
  key: keyPolicy,
  cluster: clusterPolicy,
  'lambda-endpoint': lambdaEndpointPolicy,
  'sts-endpoint': stsEndpointPolicy,
  'secretsmanager-endpoint': secretsManagerEndpointPolicy,
};

/** Statements that are the same in several mappings are written once. */
export function writePolicy(audience: Exclude<Audience, 'acls'>, mappings: readonly PolicySubject[]): Policy {
  if (audience === 'doctor')
    return doctorPolicy(
      distinct(
        mappings.flatMap(({ secretArn, registrySecrets }) => [
          secretArn,
          ...registrySecrets.flatMap(({ uri }) => (uri.startsWith('arn:') ? [uri] : [])),
        ]),
      ),
      distinct(
        mappings.flatMap(({ keyArn, registrySecrets }) => [
          keyArn,
          ...registrySecrets.map(({ keyArn: ofRegistry }) => ofRegistry),
        ]),
      ),
    );
  return policyOf(...merged(mappings.flatMap((mapping) => writers[audience](mapping).Statement)));
}

const distinct = (values: readonly (string | null)[]): string[] => [...new Set(values.flatMap((value) => value ?? []))];

/** Statements about the same resources are merged; a Sid is kept only where it stays unique. */
function merged(statements: readonly PolicyStatement[]): PolicyStatement[] {
  const byRest = new Map<string, PolicyStatement>();
  for (const statement of statements) {
    const { Action: actions, Sid: _, ...rest } = statement;
    const key = JSON.stringify(rest);
    const earlier = byRest.get(key);
    if (earlier === undefined) byRest.set(key, { ...statement, Action: [...actions] });
    else earlier.Action = [...new Set([...earlier.Action, ...actions])];
  }
  const names = [...byRest.values()].map(({ Sid: sid }) => sid);
  return [...byRest.values()].map(({ Sid: sid, ...rest }) =>
    sid === undefined || names.filter((name) => name === sid).length > 1 ? rest : { Sid: sid, ...rest },
  );
}

/** What a mapping lacks for this policy, as a sentence; null where the policy can be written. */
export function lacks(audience: Audience, mapping: PolicySubject): string | null {
  if (/^(secret|key|sts-endpoint|secretsmanager-endpoint)$/.test(audience) && mapping.roleArn === null)
    return 'the execution role is unknown';
  if (/^(secret|secretsmanager-endpoint)$/.test(audience) && mapping.secretArn === null) return 'it has no secret';
  if (audience === 'key' && mapping.keyArn === null) return 'its secret is not encrypted with a customer managed key';
  if (audience === 'acls' && mapping.auth === 'iam')
    return 'with IAM authentication, Kafka ACLs are not evaluated: use --for role';
  return null;
}
