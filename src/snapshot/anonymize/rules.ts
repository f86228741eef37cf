/** How each text of a snapshot is made anonymous, by its member. */
import type { CollectionName } from '../snapshot.js';

/** `keep`: a word of AWS's own. `name`: every word becomes a token. `sentence`: identifiers and the names met in it. */
export type Rule = 'keep' | 'name' | 'sentence' | 'distinguished' | 'policy' | 'filter' | 'property';

const rules: Record<Exclude<Rule, 'name' | 'property'>, readonly string[]> = {
  keep: [
    // of reads
    'outcome', 'service', 'operation', 'action',
    // states, kinds, versions
    'Attribute', 'Authentication', 'AvailabilityMode', 'AvailabilityZone', 'AvailabilityZoneId', 'ClientBroker', 'ClusterType', 'Code', 'ConnectivityType', 'EnhancedMonitoring',
    'ErrorCode', 'EventRecordFormat', 'FunctionResponseTypes', 'InstanceType', 'InterfaceType', 'InternetGatewayBlockMode', 'IpAddressType', 'IpProtocol', 'KafkaVersion', 'KeyManager', 'KeySpec', 'KeyState', 'KeyUsage', 'Operations', 'LastUpdateStatus',
    'LastUpdateStatusReasonCode', 'LogFormat', 'Metrics', 'NetworkType', 'Origin', 'OwningService', 'PeeringStatus', 'PrimaryRegion', 'Protocol', 'Region', 'ResourceType', 'RuleAction', 'Runtime',
    'ServiceRegion', 'StartingPosition', 'State', 'StateReasonCode', 'Status', 'StorageMode', 'SystemLogLevel', 'Type', 'Version', 'VpcEndpointType', 'ZoneIds',
    // instants
    'CreateDate', 'CreationTime', 'DeletedDate', 'DeletionDate', 'LastChangedDate', 'LastModified', 'LastRotatedDate', 'StartingPositionTimestamp', 'timestamp', 'timestamps',
    // profiles, logs, metrics
    'algorithm', 'curve', 'encryption', 'scheme', 'newlinesLostAs', 'found', 'meant', 'members', 'notText', 'notAfter', 'notBefore', 'form', 'container', 'opens', 'matchesCertificate', 'errorCode', 'eventType', 'level', 'saslMechanism', 'securityProtocol', 'kind', 'namespace',
    'statistic', 'region',
  ],
  sentence: ['LastProcessingResult', 'StateTransitionReason', 'StateReason', 'LastUpdateStatusReason', 'Message', 'FailureMessage', 'Description', 'RequesterId', 'ServiceName', 'error', 'errorMessage'],
  distinguished: ['principal', 'subject', 'issuer'],
  policy: ['AssumeRolePolicyDocument', 'PolicyDocument', 'document', 'policy'],
  filter: ['Pattern'],
};

/** Members that mean something else in one collection. */
const ofCollection: Partial<Record<CollectionName, Record<string, Rule>>> = {
  dhcpOptions: { Key: 'keep' },
  metrics: { name: 'keep' },
  serverProperties: { property: 'property' },
  clusterPolicies: { value: 'policy' },
  inlinePolicies: { value: 'policy' },
  managedPolicies: { value: 'policy' },
  secretPolicies: { value: 'policy' },
  keyPolicies: { value: 'policy' },
};

const byMember = new Map(Object.entries(rules).flatMap(([rule, members]) => members.map((member) => [member, rule as Rule])));

export const ruleOf = (collection: CollectionName, member: string): Rule => ofCollection[collection]?.[member] ?? byMember.get(member) ?? 'name';
