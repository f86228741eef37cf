/** Reads resources of Terraform and CloudFormation back as the API calls that create them, to compare formats of one plan. */

type Data = Record<string, unknown>;
interface Call {
  service: string;
  operation: string;
  input: Data;
}

const call = (service: string, operation: string, input: Data): Call => ({ service, operation, input: defined(input) });

const defined = (input: Data): Data =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

/** A rule with its peer, as in `IpPermissions`; several rules of a call become calls of one rule. */
function ruleCall(operation: string, group: unknown, rule: Data, peer: Data): Call {
  return call('ec2', operation, { GroupId: group, IpPermissions: [defined({ ...rule, ...peer })] });
}

const terraform: Record<string, (attributes: Data) => Call> = {
  aws_iam_role_policy: ({ role, name, policy }) =>
    call('iam', 'PutRolePolicy', { RoleName: role, PolicyName: name, PolicyDocument: policy }),
  aws_iam_role_policy_attachment: ({ role, policy_arn }) =>
    call('iam', 'AttachRolePolicy', { RoleName: role, PolicyArn: policy_arn }),
  aws_kms_key_policy: ({ key_id, policy }) => call('kms', 'PutKeyPolicy', { KeyId: key_id, Policy: policy }),
  aws_msk_single_scram_secret_association: ({ cluster_arn, secret_arn }) =>
    call('kafka', 'BatchAssociateScramSecret', { ClusterArn: cluster_arn, SecretArnList: [secret_arn] }),
  aws_msk_topic: ({ cluster_arn, name, partition_count, replication_factor }) =>
    call('kafka', 'CreateTopic', {
      ClusterArn: cluster_arn,
      TopicName: name,
      PartitionCount: partition_count,
      ReplicationFactor: replication_factor,
    }),
  aws_vpc_security_group_ingress_rule: (rule) => terraformRule('AuthorizeSecurityGroupIngress', rule),
  aws_vpc_security_group_egress_rule: (rule) => terraformRule('AuthorizeSecurityGroupEgress', rule),
  aws_network_acl_rule: (rule) =>
    call('ec2', 'CreateNetworkAclEntry', {
      NetworkAclId: rule['network_acl_id'],
      RuleNumber: rule['rule_number'],
      Protocol: String(rule['protocol']),
      RuleAction: rule['rule_action'],
      Egress: rule['egress'],
      CidrBlock: rule['cidr_block'],
      PortRange: { From: rule['from_port'], To: rule['to_port'] },
    }),
  aws_route: (route) =>
    call('ec2', 'CreateRoute', {
      RouteTableId: route['route_table_id'],
      DestinationCidrBlock: route['destination_cidr_block'],
      NatGatewayId: route['nat_gateway_id'],
      TransitGatewayId: route['transit_gateway_id'],
    }),
  aws_vpc_endpoint: (endpoint) =>
    call('ec2', 'CreateVpcEndpoint', {
      VpcId: endpoint['vpc_id'],
      ServiceName: endpoint['service_name'],
      VpcEndpointType: endpoint['vpc_endpoint_type'],
      SubnetIds: endpoint['subnet_ids'],
      SecurityGroupIds: endpoint['security_group_ids'],
      PrivateDnsEnabled: endpoint['private_dns_enabled'],
    }),
};

function terraformRule(operation: string, rule: Data): Call {
  const group = rule['referenced_security_group_id'];
  return ruleCall(
    operation,
    rule['security_group_id'],
    { IpProtocol: rule['ip_protocol'], FromPort: rule['from_port'], ToPort: rule['to_port'] },
    group === undefined ? { IpRanges: [{ CidrIp: rule['cidr_ipv4'] }] } : { UserIdGroupPairs: [{ GroupId: group }] },
  );
}

/** Null for `terraform_data`, which runs a command. */
export const callOfTerraform = (type: string, attributes: Data): Call | null => terraform[type]?.(attributes) ?? null;

const cloudFormation: Record<string, (properties: Data) => Call> = {
  'AWS::IAM::RolePolicy': ({ PolicyDocument, ...properties }) =>
    call('iam', 'PutRolePolicy', { ...properties, PolicyDocument: JSON.stringify(PolicyDocument) }),
  'AWS::MSK::BatchScramSecret': (properties) => call('kafka', 'BatchAssociateScramSecret', properties),
  'AWS::MSK::Topic': (properties) => call('kafka', 'CreateTopic', properties),
  'AWS::EC2::SecurityGroupIngress': (rule) => cloudFormationRule('AuthorizeSecurityGroupIngress', rule, 'Source'),
  'AWS::EC2::SecurityGroupEgress': (rule) => cloudFormationRule('AuthorizeSecurityGroupEgress', rule, 'Destination'),
  'AWS::EC2::NetworkAclEntry': (entry) =>
    call('ec2', 'CreateNetworkAclEntry', { ...entry, Protocol: String(entry['Protocol']) }),
  'AWS::EC2::Route': (route) => call('ec2', 'CreateRoute', route),
  'AWS::EC2::VPCEndpoint': (endpoint) => call('ec2', 'CreateVpcEndpoint', endpoint),
};

function cloudFormationRule(operation: string, rule: Data, side: string): Call {
  const group = rule[`${side}SecurityGroupId`];
  return ruleCall(
    operation,
    rule['GroupId'],
    { IpProtocol: rule['IpProtocol'], FromPort: rule['FromPort'], ToPort: rule['ToPort'] },
    group === undefined ? { IpRanges: [{ CidrIp: rule['CidrIp'] }] } : { UserIdGroupPairs: [{ GroupId: group }] },
  );
}

export const callOfCloudFormation = (type: string, properties: Data): Call => cloudFormation[type]!(properties);

/** Calls in a form that can be compared: calls of one rule or one secret, policies as data, descriptions left out. */
export const normalized = (calls: readonly Call[]): string[] =>
  calls
    .flatMap(({ service, operation, input }) => split(input).map((part) => ({ service, operation, input: part })))
    .map(({ service, operation, input }) =>
      JSON.stringify([
        service,
        operation,
        ...Object.entries(input)
          .map(
            ([name, value]) => [name, /(Document|^Policy)$/.test(name) ? JSON.parse(value as string) : value] as const,
          )
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ]),
    )
    .toSorted();

function split(input: Data): Data[] {
  if (Array.isArray(input['SecretArnList']))
    return input['SecretArnList'].map((secret: unknown) => ({ ...input, SecretArnList: [secret] }));
  if (!Array.isArray(input['IpPermissions'])) return [input];
  return (input['IpPermissions'] as Data[]).flatMap(({ IpRanges = [], UserIdGroupPairs = [], ...rule }) => [
    ...(IpRanges as Data[]).map(({ CidrIp }) => ({ ...input, IpPermissions: [{ ...rule, IpRanges: [{ CidrIp }] }] })),
    ...(UserIdGroupPairs as Data[]).map(({ GroupId }) => ({
      ...input,
      IpPermissions: [{ ...rule, UserIdGroupPairs: [{ GroupId }] }],
    })),
  ]);
}
