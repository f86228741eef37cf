/** An API call as resources of Terraform's AWS provider. */
import type { Change } from '../../fixes/fix.js';
import { renderCli, type CliPlace } from '../../fixes/render-cli.js';
import { changesExisting } from './changes-existing.js';
import { hclBlock, jsonEncoded, type HclValue } from './hcl.js';
import { rulesOf } from '../../aws/security-group-rules.js';

// oxlint-disable-next-line typescript/no-explicit-any -- the input of any AWS operation
type Input = Record<string, any>;
interface Resource {
  type: string;
  attributes: Record<string, HclValue | undefined>;
}

/**
 * The operations that create something which is a resource of its own, so that describing it changes nothing else.
 * Changes of an existing resource are not here: a resource block would reset the settings that it does not name.
 */
const resources: Record<string, (input: Input) => Resource[]> = {
  'iam PutRolePolicy': ({ RoleName: role, PolicyName: name, PolicyDocument: document }) => [
    { type: 'aws_iam_role_policy', attributes: { name, role, policy: policyOf(document) } },
  ],
  'iam AttachRolePolicy': ({ RoleName: role, PolicyArn: policy }) => [
    { type: 'aws_iam_role_policy_attachment', attributes: { role, policy_arn: policy } },
  ],
  'kms PutKeyPolicy': ({ KeyId: key, Policy: document }) => [
    { type: 'aws_kms_key_policy', attributes: { key_id: key, policy: policyOf(document) } },
  ],
  'secretsmanager PutResourcePolicy': ({ SecretId: secret, ResourcePolicy: document }) => [
    { type: 'aws_secretsmanager_secret_policy', attributes: { secret_arn: secret, policy: policyOf(document) } },
  ],
  'kafka PutClusterPolicy': ({ ClusterArn: cluster, Policy: document }) => [
    { type: 'aws_msk_cluster_policy', attributes: { cluster_arn: cluster, policy: policyOf(document) } },
  ],
  'kafka BatchAssociateScramSecret': ({ ClusterArn: cluster, SecretArnList: secrets }) =>
    (secrets as readonly string[]).map((secret) => ({
      type: 'aws_msk_single_scram_secret_association',
      attributes: { cluster_arn: cluster, secret_arn: secret },
    })),
  'kafka CreateTopic': ({ ClusterArn: cluster, TopicName: name, PartitionCount: count, ReplicationFactor: factor }) => [
    {
      type: 'aws_msk_topic',
      attributes: { cluster_arn: cluster, name, partition_count: count, replication_factor: factor },
    },
  ],
  'ec2 AuthorizeSecurityGroupIngress': (input) => groupRules('aws_vpc_security_group_ingress_rule', input),
  'ec2 AuthorizeSecurityGroupEgress': (input) => groupRules('aws_vpc_security_group_egress_rule', input),
  'ec2 CreateNetworkAclEntry': (input) => [
    {
      type: 'aws_network_acl_rule',
      attributes: {
        network_acl_id: input['NetworkAclId'],
        rule_number: input['RuleNumber'],
        egress: input['Egress'],
        protocol: input['Protocol'],
        rule_action: input['RuleAction'],
        cidr_block: input['CidrBlock'],
        ipv6_cidr_block: input['Ipv6CidrBlock'],
        from_port: portsOf(input)?.From,
        to_port: portsOf(input)?.To,
      },
    },
  ],
  'ec2 CreateRoute': (input) => [
    {
      type: 'aws_route',
      attributes: {
        route_table_id: input['RouteTableId'],
        destination_cidr_block: input['DestinationCidrBlock'],
        destination_ipv6_cidr_block: input['DestinationIpv6CidrBlock'],
        destination_prefix_list_id: input['DestinationPrefixListId'],
        nat_gateway_id: input['NatGatewayId'],
        gateway_id: input['GatewayId'],
        transit_gateway_id: input['TransitGatewayId'],
        network_interface_id: input['NetworkInterfaceId'],
        vpc_peering_connection_id: input['VpcPeeringConnectionId'],
        vpc_endpoint_id: input['VpcEndpointId'],
      },
    },
  ],
  'ec2 CreateVpcEndpoint': (input) => [
    {
      type: 'aws_vpc_endpoint',
      attributes: {
        vpc_id: input['VpcId'],
        service_name: input['ServiceName'],
        vpc_endpoint_type: input['VpcEndpointType'],
        subnet_ids: input['SubnetIds'],
        security_group_ids: input['SecurityGroupIds'],
        route_table_ids: input['RouteTableIds'],
        private_dns_enabled: input['PrivateDnsEnabled'],
        ...(input['PolicyDocument'] === undefined ? {} : { policy: policyOf(input['PolicyDocument']) }),
      },
    },
  ],
};

/** Whether Terraform has a resource for the call; otherwise `terraformOf` runs the AWS CLI. */
export const hasTerraformResource = (change: Change): boolean =>
  resources[`${change.service} ${change.operation}`] !== undefined && !changesExisting(change);

/** The blocks for one call, labelled by `name`; several have a number after it. */
export function terraformOf(change: Change, name: string, flags: CliPlace = {}): string[] {
  const found = hasTerraformResource(change)
    ? resources[`${change.service} ${change.operation}`]!(change.input as Input)
    : undefined;
  if (found === undefined)
    return [
      hclBlock(['resource', 'terraform_data', name], {}, [
        hclBlock(['provisioner', 'local-exec'], { command: renderCli(change, flags) }),
      ]),
    ];
  return found.map(({ type, attributes }, index) =>
    hclBlock(['resource', type, found.length === 1 ? name : `${name}_${index + 1}`], attributes),
  );
}

const policyOf = (document: string) => jsonEncoded(JSON.parse(document));

const portsOf = (input: Input): { From?: number; To?: number } | undefined => input['PortRange'];

const groupRules = (type: string, { GroupId: group, IpPermissions: permissions }: Input): Resource[] =>
  rulesOf(permissions).map(({ protocol, fromPort, toPort, peer, description }) => ({
    type,
    attributes: {
      security_group_id: group,
      ip_protocol: protocol,
      from_port: fromPort,
      to_port: toPort,
      cidr_ipv4: peer.kind === 'cidr' ? peer.value : undefined,
      cidr_ipv6: peer.kind === 'cidr-v6' ? peer.value : undefined,
      prefix_list_id: peer.kind === 'prefix-list' ? peer.value : undefined,
      // The provider takes a group of another account as ACCOUNT/GROUP.
      referenced_security_group_id:
        peer.kind === 'group'
          ? [...(peer.account === undefined ? [] : [peer.account]), peer.value].join('/')
          : undefined,
      description,
    },
  }));
