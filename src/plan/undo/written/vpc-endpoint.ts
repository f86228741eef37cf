/** What changes of VPC endpoints write. */
import { isOk, type Read } from '../../../snapshot/read.js';
import { canonicalPolicy } from './canonical-policy.js';
import { itemOf, valueOf, type Ask, type Input, type WrittenParts } from './written-part.js';

type Item = Record<string, unknown>;
const texts = (value: unknown): string[] => (value ?? []) as string[];

/** The policy of an endpoint that was made without one, or whose policy was reset (VPC: endpoint policies). */
const openPolicy = JSON.stringify({ Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }] });

const lists = ['SubnetIds', 'SecurityGroupIds', 'RouteTableIds'] as const;

const shape = (item: Item): Record<(typeof lists)[number], string[]> => ({
  SubnetIds: texts(item['SubnetIds']),
  SecurityGroupIds: ((item['Groups'] ?? []) as { GroupId?: string }[]).flatMap(({ GroupId }) => GroupId ?? []),
  RouteTableIds: texts(item['RouteTableIds']),
});

/** An endpoint that is being deleted does not exist any more. */
const isGone = (item: Item | undefined): boolean => item === undefined || /^delet/i.test(String(item['State'] ?? ''));

const describe = (ask: Ask, id: unknown, pick: (item: Item) => unknown): Promise<Read<unknown>> =>
  valueOf(ask.call('ec2', 'DescribeVpcEndpoints', { VpcEndpointIds: [id] }), (answer) => {
    const item = itemOf(answer, 'VpcEndpoints', { VpcEndpointId: id });
    return item === undefined || isGone(item) ? null : pick(item);
  });

/** Ids of the endpoints of a VPC for a service, in order. */
export async function endpointsFor(ask: Ask, { VpcId, ServiceName }: Input): Promise<Read<string[]>> {
  const read = await ask.pages('ec2', 'DescribeVpcEndpoints', {
    Filters: [{ Name: 'vpc-id', Values: [VpcId] }],
  });
  if (!isOk(read)) return read;
  const ids = (read.value as Item[])
    .filter((item) => item['ServiceName'] === ServiceName && !isGone(item))
    .map((item) => String(item['VpcEndpointId']));
  return { outcome: 'ok', value: ids.toSorted() };
}

/** For a call that creates an endpoint, `VpcEndpointId` is the new endpoint. */
export const vpcEndpoints: WrittenParts = {
  CreateVpcEndpoint: {
    read: (ask, { VpcEndpointId: id }) =>
      describe(ask, id, (item) => ({
        VpcId: item['VpcId'],
        ServiceName: item['ServiceName'],
        PrivateDnsEnabled: item['PrivateDnsEnabled'] === true,
        policy: canonicalPolicy(item['PolicyDocument']),
        ...shape(item),
      })),
    after: (input) => ({
      VpcId: input['VpcId'],
      ServiceName: input['ServiceName'],
      ...(typeof input['PrivateDnsEnabled'] === 'boolean' ? { PrivateDnsEnabled: input['PrivateDnsEnabled'] } : {}),
      ...(input['PolicyDocument'] === undefined ? {} : { policy: canonicalPolicy(input['PolicyDocument']) }),
      ...Object.fromEntries(lists.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]]))),
    }),
  },
  DeleteVpcEndpoints: {
    read: (ask, input) => describe(ask, texts(input['VpcEndpointIds'])[0], () => true),
    after: () => null,
  },
  ModifyVpcEndpoint: {
    read: (ask, input) =>
      describe(ask, input['VpcEndpointId'], (item) => ({
        PrivateDnsEnabled: item['PrivateDnsEnabled'] === true,
        DnsOptions: item['DnsOptions'],
        policy: canonicalPolicy(item['PolicyDocument']),
        ...Object.fromEntries(
          lists.flatMap((name) =>
            [...texts(input[`Add${name}`]), ...texts(input[`Remove${name}`])].map((id) => [
              `${name} ${id}`,
              shape(item)[name].includes(id),
            ]),
          ),
        ),
      })),
    after: (input) => ({
      ...(typeof input['PrivateDnsEnabled'] === 'boolean' ? { PrivateDnsEnabled: input['PrivateDnsEnabled'] } : {}),
      ...(input['DnsOptions'] === undefined ? {} : { DnsOptions: input['DnsOptions'] }),
      ...(input['ResetPolicy'] === true ? { policy: canonicalPolicy(openPolicy) } : {}),
      ...(typeof input['PolicyDocument'] === 'string' ? { policy: canonicalPolicy(input['PolicyDocument']) } : {}),
      ...Object.fromEntries(
        lists.flatMap((name) => [
          ...texts(input[`Add${name}`]).map((id) => [`${name} ${id}`, true] as const),
          ...texts(input[`Remove${name}`]).map((id) => [`${name} ${id}`, false] as const),
        ]),
      ),
    }),
  },
};
