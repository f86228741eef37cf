/** A sandbox account as the invocations need it: the names that commands take, out of a snapshot of it. */

export interface Account {
  name: string;
  uuids: readonly string[];
  /** Names of the first mapping’s function, cluster and topic. */
  function: string;
  cluster: string;
  clusterArn: string;
  topic: string;
  /** Name of a function’s role. */
  role: string;
  /** ARNs. */
  secrets: readonly string[];
  /** ARN of a KMS key. */
  key: string;
  groups: readonly string[];
  subnets: readonly string[];
  routeTables: readonly string[];
  endpoints: readonly string[];
  natGateways: readonly string[];
  /** LastProcessingResult of the mappings. */
  texts: readonly string[];
  /** Calls of the first fix that `doctor` offers; null where it offers none. */
  fix: unknown;
}

type Reads = Record<string, { outcome: string; value?: unknown } | undefined>;

/** What stands in a section of a snapshot, lists flattened; what could not be read is left out. */
const valuesOf = (snapshot: Record<string, unknown>, section: string): Record<string, unknown>[] =>
  Object.values((snapshot[section] ?? {}) as Reads)
    .flatMap((read) => (read?.outcome === 'ok' ? [read.value] : []))
    .flat() as Record<string, unknown>[];

const texts = (values: readonly Record<string, unknown>[], member: string): string[] => [
  ...new Set(values.flatMap((value) => (typeof value[member] === 'string' ? [value[member]] : []))),
];

/** The name of a cluster stands before the last part of its ARN, and of a VPC connection’s. */
const clusterNameOf = (arn: string): string => arn.split('/').at(-2) ?? arn;

/** `snapshot`: as `snapshot` prints it; `diagnosis`: as `doctor --output json` prints it. */
export function accountOf(name: string, snapshot: Record<string, unknown>, diagnosis: unknown): Account {
  const mappings = valuesOf(snapshot, 'mappings');
  const [first = {}] = mappings;
  const clusterArn = String(first['EventSourceArn'] ?? '');
  const functionArn = String(first['FunctionArn'] ?? '');
  return {
    name,
    uuids: Object.keys((snapshot['mappings'] ?? {}) as object),
    function: functionArn.split(':')[6] ?? 'none',
    cluster: clusterNameOf(clusterArn),
    clusterArn,
    topic: (first['Topics'] as string[] | undefined)?.[0] ?? 'orders',
    role: texts(valuesOf(snapshot, 'functions'), 'Role')[0]?.split('/').at(-1) ?? 'order-handler-role',
    secrets: Object.keys((snapshot['secrets'] ?? {}) as object),
    key: Object.keys((snapshot['keys'] ?? {}) as object)[0] ?? 'alias/none',
    groups: texts(valuesOf(snapshot, 'securityGroups'), 'GroupId'),
    subnets: texts(valuesOf(snapshot, 'subnets'), 'SubnetId'),
    routeTables: texts(valuesOf(snapshot, 'routeTables'), 'RouteTableId'),
    endpoints: texts(valuesOf(snapshot, 'vpcEndpoints'), 'VpcEndpointId'),
    natGateways: texts(valuesOf(snapshot, 'natGateways'), 'NatGatewayId'),
    texts: texts(mappings, 'LastProcessingResult'),
    fix: firstFix(diagnosis),
  };
}

interface Diagnosis {
  mappings?: { findings?: { fixes?: { changes?: unknown[] }[] }[] }[];
}

function firstFix(diagnosis: unknown): unknown {
  const findings = ((diagnosis as Diagnosis).mappings ?? []).flatMap((mapping) => mapping.findings ?? []);
  const fixes = findings.flatMap((finding) => finding.fixes ?? []);
  return fixes.find((fix) => (fix.changes ?? []).length > 0)?.changes ?? null;
}
