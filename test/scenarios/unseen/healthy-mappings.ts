/** Mappings, functions and clusters that work and look odd: nothing in them may be blamed. */
import {
  account,
  clusterArn,
  clusterName,
  clusterUuid,
  functionArn,
  region,
  uuid,
  value,
} from '../../accounts/account.js';
import { ok } from '../../../src/snapshot/read.js';
import { allow, cluster, functionOf, inline, mapping } from '../parts.js';
import { byConnection, moveTo } from '../unusual-healthy.js';
import { kafka, kafkaAll, type HealthyAccount } from './parts.js';

export const healthyMappings: readonly HealthyAccount[] = [
  {
    name: 'China',
    change: (s) => moveTo(s, 'aws-cn', 'cn-northwest-1', 'amazonaws.com.cn'),
    options: { wayOut: 'nat' },
  },
  {
    name: 'GovCloud east by NAT and SCRAM',
    change: (s) => moveTo(s, 'aws-us-gov', 'us-gov-east-1', 'amazonaws.com'),
    options: { wayOut: 'nat', auth: 'scram' },
  },
  { name: 'connection for IAM on demand', change: byConnection('SASL_IAM') },
  {
    name: 'Express brokers',
    change: (s) => {
      cluster(s).Provisioned!.BrokerNodeGroupInfo!.InstanceType = 'express.m7g.4xlarge';
      cluster(s).Provisioned!.CurrentBrokerSoftwareInfo!.KafkaVersion = '3.6.0';
    },
  },
  {
    name: 'cluster is healing',
    verdict: 'at-risk',
    warns: ['cluster.state'],
    change: (s) => void (cluster(s).State = 'HEALING'),
  },
  {
    name: 'cluster in maintenance',
    verdict: 'at-risk',
    warns: ['cluster.state'],
    change: (s) => void (cluster(s).State = 'MAINTENANCE'),
  },
  {
    name: 'all ways in, TLS and plaintext, IAM wins',
    change: (s) => {
      const p = cluster(s).Provisioned!;
      p.ClientAuthentication = {
        Sasl: { Iam: { Enabled: true }, Scram: { Enabled: true } },
        Tls: { Enabled: true, CertificateAuthorityArnList: [] },
        Unauthenticated: { Enabled: true },
      };
      p.EncryptionInfo!.EncryptionInTransit!.ClientBroker = 'TLS_PLAINTEXT';
      const b = value(s.bootstrapBrokers, clusterArn);
      const iam = b.BootstrapBrokerStringSaslIam!;
      Object.assign(b, {
        BootstrapBrokerString: iam.replaceAll('9098', '9092'),
        BootstrapBrokerStringTls: iam.replaceAll('9098', '9094'),
        BootstrapBrokerStringSaslScram: iam.replaceAll('9098', '9096'),
      });
    },
  },
  {
    name: 'LATEST and an idle topic',
    change: (s) => {
      Object.assign(mapping(s), { StartingPosition: 'LATEST', LastProcessingResult: 'No records processed' });
    },
  },
  {
    name: 'being created',
    change: (s) => {
      Object.assign(mapping(s), {
        State: 'Creating',
        LastProcessingResult: 'No records processed',
        LastModified: '2026-11-24T09:59:20.000Z',
      });
    },
  },
  {
    name: 'being updated',
    change: (s) => {
      Object.assign(mapping(s), { State: 'Updating', LastModified: '2026-11-24T09:59:40.000Z' });
    },
  },
  {
    name: 'being enabled',
    change: (s) => {
      Object.assign(mapping(s), { State: 'Enabling', LastModified: '2026-11-24T09:59:40.000Z' });
    },
  },
  {
    name: 'alias with weights and reserved concurrency 5',
    change: (s) => {
      const arn = `${functionArn}:live`;
      mapping(s).FunctionArn = arn;
      s.functions[arn] = ok({ ...functionOf(s), FunctionArn: arn, Version: '12' });
      s.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 5 });
    },
  },
  {
    name: 'function in a VPC of its own without any way out',
    change: (s) => {
      functionOf(s).VpcConfig = {
        VpcId: 'vpc-0ffffffffffffff09',
        SubnetIds: ['subnet-0fffffffffffff09a'],
        SecurityGroupIds: ['sg-0ffffffffffffff09'],
      };
    },
  },
  {
    name: 'consumer group with a name, by pattern',
    change: (s) => {
      mapping(s).AmazonManagedKafkaEventSourceConfig = { ConsumerGroupId: 'payments.consumer_v2' };
      inline(
        s,
        allow(['kafka-cluster:Connect', 'kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], '*'),
        allow(
          ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
          kafka('group', `${clusterName}/${clusterUuid}/payments.*`),
        ),
      );
    },
  },
  {
    name: 'SQS of another region and account as destination',
    options: { wayOut: 'nat' },
    change: (s) => {
      const arn = `arn:aws:sqs:${region}:222233334444:orders-dlq`;
      mapping(s).DestinationConfig = { OnFailure: { Destination: arn } };
      s.destinations[arn] = {
        outcome: 'denied',
        service: 'sqs',
        operation: 'GetQueueAttributes',
        action: 'sqs:GetQueueAttributes',
        resource: arn,
        error: 'AccessDenied',
      };
      inline(s, kafkaAll, allow('sqs:SendMessage', arn));
    },
  },
  {
    name: 'FIFO-like topic name and partitions more than pollers',
    options: { provisioned: true },
    change: (s) => {
      mapping(s).ProvisionedPollerConfig = { MinimumPollers: 2, MaximumPollers: 6 };
    },
  },
  {
    name: 'user disabled, cluster later rebooted',
    change: (s) => {
      Object.assign(mapping(s), { State: 'Disabled', StateTransitionReason: 'User action' });
      cluster(s).State = 'REBOOTING_BROKER';
    },
    verdict: 'disabled',
    warns: ['mapping.state', 'cluster.state'],
  },
  {
    name: 'Glue registry with wide rights',
    options: { provisioned: true },
    change: (s) => {
      const arn = `arn:aws:glue:${region}:${account}:registry/orders`;
      mapping(s).AmazonManagedKafkaEventSourceConfig = {
        ConsumerGroupId: uuid,
        SchemaRegistryConfig: {
          SchemaRegistryURI: arn,
          EventRecordFormat: 'JSON',
          AccessConfigs: [],
          SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
        },
      };
      s.registries[arn] = ok({ RegistryArn: arn, RegistryName: 'orders', Status: 'AVAILABLE' });
      inline(
        s,
        kafkaAll,
        allow(
          ['glue:GetRegistry', 'glue:GetSchemaVersion'],
          [arn, `arn:aws:glue:${region}:${account}:schema/orders/*`],
        ),
      );
    },
  },
  {
    name: 'public access beside private brokers',
    change: (s) => {
      cluster(s).Provisioned!.BrokerNodeGroupInfo!.ConnectivityInfo!.PublicAccess = { Type: 'SERVICE_PROVIDED_EIPS' };
      Object.assign(value(s.bootstrapBrokers, clusterArn), {
        BootstrapBrokerStringPublicSaslIam: `b-1-public.x.${region}.amazonaws.com:9198`,
      });
    },
  },
  {
    name: 'IAM and SCRAM on, the mapping logs in with SCRAM, the role has no kafka-cluster right',
    options: { auth: 'scram' },
    change: (s) => {
      const p = cluster(s).Provisioned!;
      p.ClientAuthentication!.Sasl!.Iam = { Enabled: true };
      const b = value(s.bootstrapBrokers, clusterArn);
      b.BootstrapBrokerStringSaslIam = b.BootstrapBrokerStringSaslScram!.replaceAll('9096', '9098');
    },
  },
  {
    name: 'TLS and plaintext without authentication',
    options: { auth: 'tls' },
    change: (s) => {
      const p = cluster(s).Provisioned!;
      p.EncryptionInfo!.EncryptionInTransit!.ClientBroker = 'TLS_PLAINTEXT';
      const b = value(s.bootstrapBrokers, clusterArn);
      b.BootstrapBrokerString = b.BootstrapBrokerStringTls!.replaceAll('9094', '9092');
    },
  },
  {
    name: 'no text yet',
    change: (s) => {
      delete mapping(s).LastProcessingResult;
    },
  },
  {
    name: 'all of a region’s mappings, one with the same group in another cluster',
    change: (s) => {
      mapping(s).AmazonManagedKafkaEventSourceConfig = { ConsumerGroupId: 'g' };
      inline(s, kafkaAll);
    },
  },
];
