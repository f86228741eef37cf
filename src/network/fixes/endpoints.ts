/** Changes of endpoints and of the VPC's DNS that let the default names lead to a service. */
import type { Change, Fix } from '../../fixes/fix.js';
import type { VpcEndpoint } from '../../snapshot/resources/index.js';
import type { ServiceName } from '../question.js';

const ec2 = (operation: string, input: Record<string, unknown>) => ({ service: 'ec2', operation, input });
const modify = (id: string, members: Record<string, unknown>, undo: Record<string, unknown>): Change => ({
  ...ec2('ModifyVpcEndpoint', { VpcEndpointId: id, ...members }),
  undo: ec2('ModifyVpcEndpoint', { VpcEndpointId: id, ...undo }),
});

/** `attributesOff`: those of the VPC; EC2 refuses private DNS without both. */
export function enablePrivateDns(
  { VpcEndpointId: id, VpcId: vpcId = '', PrivateDnsEnabled: was }: VpcEndpoint,
  service: ServiceName,
  attributesOff: readonly string[],
): Fix {
  // S3's may be for resolvers outside the VPC alone, which is what it is unless one says otherwise.
  const options = service === 's3' ? { DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: false } } : {};
  return {
    title: `Turn private DNS on for ${id}`,
    safety: 'care',
    changes: [
      ...(attributesOff.length === 0 ? [] : enableVpcDns(vpcId, attributesOff).changes),
      modify(id, { PrivateDnsEnabled: true, ...options }, { PrivateDnsEnabled: was === true }),
    ],
  };
}

/** One attribute a call: EC2 takes no two together. */
export const enableVpcDns = (vpcId: string, attributes: readonly string[]): Fix => ({
  title: `Turn ${attributes.join(' and ')} on for ${vpcId}`,
  safety: 'care',
  changes: attributes.map((attribute) => {
    const member = attribute === 'enableDnsSupport' ? 'EnableDnsSupport' : 'EnableDnsHostnames';
    const call = (on: boolean) => ec2('ModifyVpcAttribute', { VpcId: vpcId, [member]: { Value: on } });
    return { ...call(true), undo: call(false) };
  }),
});

/** Associates a gateway endpoint with route tables. */
export const addRouteTables = ({ VpcEndpointId: id }: VpcEndpoint, tables: readonly string[]): Fix => ({
  title: `Add a route to the gateway endpoint ${id} to ${tables.join(', ')}`,
  safety: 'care',
  changes: [modify(id, { AddRouteTableIds: [...tables] }, { RemoveRouteTableIds: [...tables] })],
});

/** The very call that an endpoint's policy must let pass. */
export interface AllowedCall {
  action: string;
  resource: string;
  principal: { service: string } | { role: string };
}

/** A statement more in the endpoint's policy; where a statement denies the call, the default policy in place of it. */
export function openEndpointPolicy(
  { VpcEndpointId: id, PolicyDocument: policy = '' }: VpcEndpoint,
  call: AllowedCall,
  isDenied: boolean,
): Fix {
  const widened = isDenied ? null : withStatement(policy, call);
  if (widened === null)
    return {
      title: `Give ${id} the default policy, which lets every call pass`,
      safety: 'risky',
      changes: [modify(id, { ResetPolicy: true }, { PolicyDocument: policy })],
    };
  return {
    title: `Let ${call.action} pass the policy of ${id}`,
    safety: 'safe',
    changes: [modify(id, { PolicyDocument: widened }, { PolicyDocument: policy })],
  };
}

/** Null for a text that is no policy. */
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
