/** The temporary functions of a probe: one in each subnet of the pollers, as data, before anything is created. */
import type { AwsCall } from '../aws/call.js';
import { defaultLogGroup } from '../aws/function-arn.js';
import { expiryTag, probeFunctionPrefix, runTag } from '../aws/probe-functions.js';
import { dnsSuffixOf, partitionOf } from '../aws/partitions.js';
import { NotReadable } from '../errors.js';
import type { ServiceAddress } from '../probe/function/remote-event.js';
import type { ServiceNeed } from '../network/question.js';
import { valueOrNull, type Fact } from '../subject/fact.js';
import type { Subject } from '../subject/subject.js';

/** MB: enough CPU for TLS with many brokers. */
export const memory = 512;
/** Seconds that the function needs besides the probe: its start, the secret, the services. */
const margin = 30;
/** Seconds; the most that Lambda allows. */
const longestTimeout = 900;
/** Minutes after which a function cannot be in use any more. */
const lifetime = 30;

export interface PlannedFunction {
  name: string;
  subnet: string;
  securityGroups: readonly string[];
}

export interface FunctionsPlan {
  /** Eight hexadecimal digits, in every name and tag. */
  run: string;
  region: string;
  roleArn: string;
  /** Where Lambda would write the function's log: that of the mapping's function, so that no log group is created. */
  logGroup: string;
  /** Seconds. */
  timeout: number;
  expires: string;
  functions: readonly PlannedFunction[];
  /** Services that the pollers call, and whether the mapping certainly needs them. */
  services: readonly (ServiceAddress & Pick<ServiceNeed, 'certain'>)[];
}

interface PlanRequest {
  subject: Subject;
  region: string;
  run: string;
  now: Date;
  /** Seconds for the whole probe. */
  probeTimeout: number;
}

/** Throws `NotReadable` where role, subnets or security groups are not known. */
export function planFunctions({ subject, region, run, now, probeTimeout }: PlanRequest): FunctionsPlan {
  const configuration = required(subject.function, 'the function of the mapping');
  const { placements } = required(subject.pollers, 'the subnets of the pollers');
  const roleArn = configuration?.Role;
  if (configuration === null || roleArn === undefined)
    throw new NotReadable(
      'The function of the mapping does not exist, so its execution role is not known.',
      'Probe from this machine, without --from-vpc.',
    );
  const functions = placements.flatMap(({ subnetIds, securityGroupIds }) =>
    subnetIds.map((subnet) => ({ subnet, securityGroups: securityGroupIds })),
  );
  if (functions.length === 0 || functions.some(({ securityGroups }) => securityGroups.length === 0))
    throw new NotReadable(
      'AWS returned no subnets or no security groups of the cluster.',
      'Probe from this machine, without --from-vpc.',
    );
  return {
    run,
    region,
    roleArn,
    logGroup: configuration.LoggingConfig?.LogGroup ?? defaultLogGroup(configuration.FunctionArn),
    timeout: Math.min(longestTimeout, Math.ceil(probeTimeout) + margin),
    expires: new Date(now.getTime() + lifetime * 60_000).toISOString(),
    functions: functions.map((each, index) => ({ name: `${probeFunctionPrefix}${run}-${index + 1}`, ...each })),
    services: (valueOrNull(subject.network)?.question.services ?? []).map(({ service, certain }) => ({
      ...addressOf(service, region),
      certain,
    })),
  };
}

/** The regional endpoint, which the pollers and the SDKs use. */
export const addressOf = (service: string, region: string): ServiceAddress => ({
  service,
  host: `${service}.${region}.${dnsSuffixOf(partitionOf(region))}`,
  port: 443,
});

function required<T>(fact: Fact<T>, name: string): T {
  if (fact.is === 'known') return fact.value;
  const because =
    fact.is === 'unread' ? fact.missing.map(({ action, error }) => `${action}: ${error}`).join('; ') : fact.because;
  throw new NotReadable(`Could not read ${name}: ${because}`, 'Probe from this machine, without --from-vpc.');
}

/** The call that creates a function. `zip`: its code; without it, the call can be shown. */
export const creationOf = (plan: FunctionsPlan, planned: PlannedFunction, zip: Buffer | null): AwsCall => ({
  service: 'lambda',
  operation: 'CreateFunction',
  input: {
    FunctionName: planned.name,
    Description: `Temporary, of msk-lambda probe --from-vpc; delete after ${plan.expires}`,
    Role: plan.roleArn,
    Runtime: 'nodejs22.x',
    Architectures: ['x86_64'],
    Handler: 'index.handler',
    Code: zip === null ? {} : { ZipFile: zip },
    Timeout: plan.timeout,
    MemorySize: memory,
    VpcConfig: { SubnetIds: [planned.subnet], SecurityGroupIds: [...planned.securityGroups] },
    // No line of START, END and REPORT, and no log group of its own that would remain.
    LoggingConfig: {
      LogFormat: 'JSON',
      ApplicationLogLevel: 'FATAL',
      SystemLogLevel: 'WARN',
      LogGroup: plan.logGroup,
    },
    Tags: { [runTag]: plan.run, [expiryTag]: plan.expires },
  },
});

export const deletionOf = (name: string): AwsCall => ({
  service: 'lambda',
  operation: 'DeleteFunction',
  input: { FunctionName: name },
});
