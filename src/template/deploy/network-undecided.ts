/** Parts of networks that are not known: what they could belong to, or could be, is not read where that could help. */
import type { Keyed } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { TemplateResource } from '../resource.js';
import { memberOf, objectsOf, textOf, type Deploying } from './deploying.js';
import { hasOpen, isOpen } from './undecided.js';
import { knownAfterDeployment } from './unknown.js';

interface Part {
  lists: (snapshot: Snapshot) => Keyed<unknown[]>;
  operation: string;
  /** The properties that decide to what the resource belongs and what it does, by type. */
  properties: Record<string, readonly string[]>;
}

const parts: readonly Part[] = [
  {
    lists: ({ routeTables }) => routeTables as Keyed<unknown[]>,
    operation: 'DescribeRouteTables',
    properties: {
      'AWS::EC2::RouteTable': ['VpcId'],
      'AWS::EC2::Route': ['RouteTableId'],
      'AWS::EC2::SubnetRouteTableAssociation': ['RouteTableId'],
    },
  },
  {
    lists: ({ vpcEndpoints }) => vpcEndpoints as Keyed<unknown[]>,
    operation: 'DescribeVpcEndpoints',
    properties: { 'AWS::EC2::VPCEndpoint': ['VpcId', 'ServiceName', 'VpcEndpointType'] },
  },
  {
    lists: ({ securityGroups }) => securityGroups as Keyed<unknown[]>,
    operation: 'DescribeSecurityGroups',
    properties: {
      'AWS::EC2::SecurityGroup': ['VpcId'],
      'AWS::EC2::SecurityGroupIngress': ['GroupId'],
      'AWS::EC2::SecurityGroupEgress': ['GroupId'],
    },
  },
  {
    lists: ({ networkAcls }) => networkAcls as Keyed<unknown[]>,
    operation: 'DescribeNetworkAcls',
    properties: {
      'AWS::EC2::NetworkAcl': ['VpcId'],
      'AWS::EC2::NetworkAclEntry': ['NetworkAclId', 'RuleAction', 'Egress', 'Protocol', 'PortRange', 'CidrBlock'],
      'AWS::EC2::SubnetNetworkAclAssociation': ['NetworkAclId', 'SubnetId'],
    },
  },
];

/** Forgets, where what is not known counts as allowing, each list that a part of it that is not known could complete. */
export function forgetUndecided(deploying: Deploying): void {
  const { snapshot } = deploying;
  for (const { lists, operation, properties } of parts)
    for (const [type, names] of Object.entries(properties))
      for (const resource of deploying.all(type))
        if (names.some((name) => hasOpen(resource.properties[name])) && deploying.allowsUndecided())
          for (const vpc of vpcsOf(deploying, resource))
            lists(snapshot)[vpc] = knownAfterDeployment('ec2', operation, resource.address);
  for (const cluster of deploying.all('AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster')) {
    const groups = [
      memberOf(cluster.properties, 'BrokerNodeGroupInfo', 'SecurityGroups'),
      ...objectsOf(cluster.properties['VpcConfigs']).map(
        (config) => config['SecurityGroups'] ?? config['SecurityGroupIds'],
      ),
    ];
    // Which rules name a group that is not known, is not known either.
    if (groups.some(hasOpen) && deploying.allowsUndecided())
      for (const vpc of Object.keys(snapshot.securityGroups))
        snapshot.securityGroups[vpc] = knownAfterDeployment('ec2', 'DescribeSecurityGroups', cluster.address);
  }
}

/** The VPC that the resource names, or every new one where it may be any. */
function vpcsOf(deploying: Deploying, { properties }: TemplateResource): string[] {
  const vpc = textOf(properties['VpcId']);
  return vpc !== undefined && !isOpen(vpc) ? [vpc] : deploying.all('AWS::EC2::VPC').map(({ id }) => id);
}
