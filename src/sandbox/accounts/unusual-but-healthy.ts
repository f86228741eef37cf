/** Accounts that work although they look unusual, and that other tools would report. */
import { ok } from '../../snapshot/read.js';
import { healthy, value, type SandboxAccount } from '../account.js';
import {
  clusterArn,
  clusterName,
  clusterUuid,
  endpointGroupId,
  fromGroup,
  functionArn,
  groupId,
  managedPolicyArn,
  region,
  roleArn,
  rule,
  subnetIds,
  uuid,
  vpcId,
} from '../healthy.js';
import { account as accountId } from '../healthy.js';
import { throughEgressVpc } from './egress-vpc.js';

const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

export const unusualButHealthy: readonly SandboxAccount[] = [
  healthy('endpoints', 'On-demand pollers in private subnets, with interface endpoints for Lambda and STS', {}),
  healthy('nat', 'On-demand pollers in private subnets with a NAT gateway each', { wayOut: 'nat' }),
  healthy('scram', 'SASL/SCRAM with an associated secret and a customer managed key', { auth: 'scram' }),
  healthy('mtls', 'Mutual TLS with a certificate from the cluster’s private CA', { auth: 'mtls' }),
  healthy('tls', 'TLS without authentication', { auth: 'tls' }),
  healthy('plaintext', 'Plaintext, the only access that the cluster has', { auth: 'plaintext' }),
  healthy('alias', 'The mapping calls an alias of the function', {}, (snapshot) => {
    const aliasArn = `${functionArn}:live`;
    value(snapshot.mappings, uuid).FunctionArn = aliasArn;
    snapshot.functions[aliasArn] = ok({
      ...value(snapshot.functions, functionArn),
      FunctionArn: aliasArn,
      Version: '7',
    });
  }),
  healthy('provisioned-without-way-out', 'Provisioned mode without a route to Lambda and STS, which it does not need', {
    provisioned: true,
    wayOut: 'none',
  }),
  healthy(
    'endpoints-in-one-zone',
    'VPC endpoints in one availability zone, reachable from the others',
    {},
    (snapshot) => {
      for (const endpoint of value(snapshot.vpcEndpoints, vpcId)) endpoint.SubnetIds = [subnetIds[0]!];
    },
  ),
  healthy(
    'shared-group',
    'The endpoints have the cluster’s security group, which allows port 443 from itself',
    {},
    (snapshot) => {
      for (const endpoint of value(snapshot.vpcEndpoints, vpcId)) endpoint.Groups = [{ GroupId: groupId }];
      value(snapshot.securityGroups, vpcId)[0]!.IpPermissions.push(rule(443, 443, fromGroup(groupId)));
    },
  ),
  healthy('prefix-list', 'The brokers’ security group allows the subnets with a prefix list', {}, (snapshot) => {
    value(snapshot.securityGroups, vpcId)[0]!.IpPermissions = [
      rule(9098, 9098, { PrefixListIds: [{ PrefixListId: 'pl-0a1b2c3d4e5f60001' }] }),
    ];
    snapshot.prefixLists['pl-0a1b2c3d4e5f60001'] = ok(['10.0.0.0/22']);
  }),
  healthy('secondary-range', 'Subnets in a secondary CIDR block of the VPC', {}, (snapshot) => {
    const vpc = value(snapshot.vpcs, vpcId);
    vpc.CidrBlockAssociationSet.push({ CidrBlock: '100.64.0.0/16', CidrBlockState: { State: 'associated' } });
    for (const [index, id] of subnetIds.entries()) {
      const CidrBlock = `100.64.${index}.0/24`;
      value(snapshot.subnets, id).CidrBlock = CidrBlock;
      value(snapshot.vpcSubnets, vpcId).find(({ SubnetId }) => SubnetId === id)!.CidrBlock = CidrBlock;
    }
    value(snapshot.securityGroups, vpcId)[0]!.IpPermissions = [
      rule(9098, 9098, { IpRanges: [{ CidrIp: '100.64.0.0/16' }] }),
    ];
  }),
  healthy('narrow-egress', 'Outbound rules only for the brokers and the endpoints', {}, (snapshot) => {
    value(snapshot.securityGroups, vpcId)[0]!.IpPermissionsEgress = [
      rule(9098, 9098, fromGroup(groupId)),
      rule(443, 443, fromGroup(endpointGroupId)),
    ];
  }),
  healthy('nat-instance', 'Routes through a NAT instance, which no API can verify', { wayOut: 'nat' }, (snapshot) => {
    const networkInterface = 'eni-0a1b2c3d4e5f60001';
    for (const table of value(snapshot.routeTables, vpcId))
      for (const route of table.Routes)
        if (route.NatGatewayId !== undefined)
          delete Object.assign(route, { NetworkInterfaceId: networkInterface }).NatGatewayId;
    snapshot.natGateways[vpcId] = ok([]);
    snapshot.networkInterfaces[vpcId] = ok([
      {
        NetworkInterfaceId: networkInterface,
        InterfaceType: 'interface',
        VpcId: vpcId,
        SourceDestCheck: false,
        Groups: [{ GroupId: groupId }],
        Attachment: { InstanceId: 'i-0a1b2c3d4e5f60001', Status: 'attached' },
        Association: { PublicIp: '198.51.100.7' },
      },
    ]);
  }),
  healthy(
    'transit-gateway',
    'Routes through a transit gateway to a VPC of another account',
    { wayOut: 'nat' },
    (snapshot) => {
      for (const table of value(snapshot.routeTables, vpcId))
        for (const route of table.Routes)
          if (route.NatGatewayId !== undefined)
            delete Object.assign(route, { TransitGatewayId: 'tgw-0a1b2c3d4e5f60001' }).NatGatewayId;
      snapshot.natGateways[vpcId] = ok([]);
      snapshot.transitGatewayVpcAttachments[vpcId] = ok([
        {
          TransitGatewayAttachmentId: 'tgw-attach-0a1b2c3d4e5f60001',
          TransitGatewayId: 'tgw-0a1b2c3d4e5f60001',
          VpcId: vpcId,
          State: 'available',
          SubnetIds: [...subnetIds],
        },
      ]);
      snapshot.transitGatewayAttachments['tgw-0a1b2c3d4e5f60001'] = ok([
        {
          TransitGatewayAttachmentId: 'tgw-attach-0a1b2c3d4e5f60001',
          TransitGatewayId: 'tgw-0a1b2c3d4e5f60001',
          ResourceType: 'vpc',
          ResourceId: vpcId,
          State: 'available',
        },
      ]);
    },
  ),
  healthy(
    'egress-vpc',
    'Routes through a transit gateway to a VPC of the same account with NAT gateways',
    { wayOut: 'nat' },
    throughEgressVpc,
  ),
  healthy('rights-by-wildcard', 'One statement with wildcards in action and resource', {}, (snapshot) => {
    snapshot.inlinePolicies[`${roleArn}#kafka-access`] = ok(
      document({
        Effect: 'Allow',
        Action: 'kafka-cluster:*',
        Resource: `arn:aws:kafka:${region}:${accountId}:*/${clusterName}/*`,
      }),
    );
  }),
  healthy('rights-by-condition', 'Permissions with a condition that every call meets', {}, (snapshot) => {
    const Condition = {
      StringEquals: { 'aws:RequestedRegion': region, 'aws:PrincipalAccount': accountId },
      Bool: { 'aws:SecureTransport': 'true' },
    };
    snapshot.inlinePolicies[`${roleArn}#kafka-access`] = ok(
      document({ Effect: 'Allow', Action: 'kafka-cluster:*', Resource: '*', Condition }),
    );
  }),
  healthy(
    'function-in-another-vpc',
    'The function is in another VPC, which does not affect the pollers',
    {},
    (snapshot) => {
      value(snapshot.functions, functionArn).VpcConfig = {
        VpcId: 'vpc-0a1b2c3d4e5f60009',
        SubnetIds: ['subnet-0a1b2c3d4e5f6009a'],
        SecurityGroupIds: ['sg-0a1b2c3d4e5f60009'],
      };
      value(snapshot.managedPolicies, managedPolicyArn);
    },
  ),
  healthy('no-records', 'No records are produced to the topic', {}, (snapshot) => {
    value(snapshot.mappings, uuid).LastProcessingResult = 'No records processed';
  }),
  healthy('serverless', 'A Serverless cluster', {}, (snapshot) => {
    const arn = clusterArn.replace(clusterUuid, '8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-s1');
    const mapping = value(snapshot.mappings, uuid);
    mapping.EventSourceArn = arn;
    const cluster = value(snapshot.clusters, clusterArn);
    snapshot.clusters = {
      [arn]: ok({
        ClusterArn: arn,
        ClusterName: clusterName,
        ClusterType: 'SERVERLESS',
        State: 'ACTIVE',
        ...(cluster.CreationTime === undefined ? {} : { CreationTime: cluster.CreationTime }),
        Serverless: {
          VpcConfigs: [{ SubnetIds: [...subnetIds], SecurityGroupIds: [groupId] }],
          ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
        },
      }),
    };
    snapshot.bootstrapBrokers = {
      [arn]: ok({ BootstrapBrokerStringSaslIam: `boot-abc123.c2.kafka-serverless.${region}.amazonaws.com:9098` }),
    };
    snapshot.topics = {};
    snapshot.mappingLists = { '*': ok([uuid]), [arn]: ok([uuid]) };
    snapshot.inlinePolicies[`${roleArn}#kafka-access`] = ok(
      document({
        Effect: 'Allow',
        Action: 'kafka-cluster:*',
        Resource: `arn:aws:kafka:${region}:${accountId}:*/${clusterName}/*`,
      }),
    );
  }),
];
