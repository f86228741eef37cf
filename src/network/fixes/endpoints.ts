/** Changes of endpoints and of the VPC's DNS attributes, so that the default names resolve to a service. */
import type { AccessRequest } from '../../access/access-question.js';
import { evaluateDocument } from '../../access/evaluate.js';
import { withoutDenial } from '../../access/without-denial.js';
import type { Change, Fix } from '../../fixes/fix.js';
import type { VpcEndpoint } from '../../snapshot/resources/index.js';
import type { ServiceName } from '../question.js';

const ec2 = (operation: string, input: Record<string, unknown>) => ({ service: 'ec2', operation, input });
const modify = (id: string, members: Record<string, unknown>, undo: Record<string, unknown>): Change => ({
  ...ec2('ModifyVpcEndpoint', { VpcEndpointId: id, ...members }),
  undo: ec2('ModifyVpcEndpoint', { VpcEndpointId: id, ...undo }),
});

/** `attributesOff`: disabled DNS attributes of the VPC; EC2 requires both for private DNS. */
export function enablePrivateDns(
  { VpcEndpointId: id, VpcId: vpcId = '', PrivateDnsEnabled: was, DnsOptions: before }: VpcEndpoint,
  service: ServiceName,
  attributesOff: readonly string[],
): Fix {
  // Private DNS of S3 endpoints can be for resolvers outside the VPC only, which is the default.
  const options = service === 's3' ? { DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: false } } : {};
  return {
    title: `Enable private DNS for endpoint ${id}`,
    safety: 'care',
    changes: [
      ...(attributesOff.length === 0 ? [] : enableVpcDns(vpcId, attributesOff).changes),
      modify(
        id,
        { PrivateDnsEnabled: true, ...options },
        {
          PrivateDnsEnabled: was === true,
          ...(service === 's3' && before !== undefined ? { DnsOptions: before } : {}),
        },
      ),
    ],
  };
}

/** One attribute per call: EC2 does not accept both. */
export const enableVpcDns = (vpcId: string, attributes: readonly string[]): Fix => ({
  title: `Set ${attributes.join(' and ')} of ${vpcId} to true`,
  safety: 'care',
  changes: attributes.map((attribute) => {
    const member = attribute === 'enableDnsSupport' ? 'EnableDnsSupport' : 'EnableDnsHostnames';
    const call = (on: boolean) => ec2('ModifyVpcAttribute', { VpcId: vpcId, [member]: { Value: on } });
    return { ...call(true), undo: call(false) };
  }),
});

/** Associates a gateway endpoint with route tables. */
export const addRouteTables = ({ VpcEndpointId: id }: VpcEndpoint, tables: readonly string[]): Fix => ({
  title: `Associate gateway endpoint ${id} with ${tables.join(', ')}`,
  safety: 'care',
  changes: [modify(id, { AddRouteTableIds: [...tables] }, { RemoveRouteTableIds: [...tables] })],
});

/** The call that an endpoint's policy must allow. */
export interface AllowedCall {
  action: string;
  resource: string;
  principal: { service: string } | { role: string };
}

/**
 * An edit of the Deny statement, or a new Allow in the endpoint's policy; the default policy where neither is
 * possible.
 */
export function openEndpointPolicy(
  { VpcEndpointId: id, PolicyDocument: policy = '' }: VpcEndpoint,
  call: AllowedCall,
  request: AccessRequest,
  isDenied: boolean,
): Fix {
  const source = { layer: 'endpoint', policy: id } as const;
  const freed = isDenied
    ? withoutDenial({ document: policy, source, requests: [request], exempt: 'by-principal' })
    : policy;
  const allows = typeof freed === 'string' && evaluateDocument(freed, request, source).answer === 'allowed';
  const changed = allows ? freed : typeof freed === 'string' ? withStatement(freed, call) : null;
  if (changed === null)
    return {
      title: `Reset the policy of endpoint ${id} to the default, which allows every call`,
      safety: 'risky',
      changes: [modify(id, { ResetPolicy: true }, { PolicyDocument: policy })],
    };
  return {
    title: isDenied
      ? `Exempt ${call.action} for this mapping from the Deny statement in the policy of endpoint ${id}`
      : `Allow ${call.action} in the policy of endpoint ${id}`,
    safety: isDenied ? 'care' : 'safe',
    changes: [modify(id, { PolicyDocument: changed }, { PolicyDocument: policy })],
  };
}

/** Null for a text that is not a policy. */
function withStatement(policy: string, { action, resource, principal }: AllowedCall): string | null {
  try {
    const document = JSON.parse(policy) as { Statement?: unknown };
    if (document.Statement === undefined) return null;
    const Principal = 'service' in principal ? { Service: principal.service } : { AWS: principal.role };
    return JSON.stringify({
      ...document,
      Statement: [...[document.Statement].flat(), { Effect: 'Allow', Principal, Action: action, Resource: resource }],
    });
  } catch {
    return null;
  }
}
