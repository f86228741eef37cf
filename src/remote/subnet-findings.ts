/** What a subnet showed besides the brokers: paths to AWS services, the role's access to the secret, refused functions. */
import type { CheckId } from '../catalogue/check-ids.js';
import type { ErrorTextId } from '../catalogue/texts.js';
import type { Evidence } from '../checks/define.js';
import { checks } from '../checks/index.js';
import { runChecks, type Finding } from '../checks/run.js';
import { serviceNames, type ServiceName } from '../network/question.js';
import type { SecretFailure, ServiceReach } from '../probe/function/remote-event.js';
import type { Subject } from '../subject/subject.js';
import { enumerate } from '../text/enumerate.js';
import type { FunctionsPlan } from './plan-functions.js';
import type { SubnetOutcome } from './probe-from-subnets.js';
import type { RemoteRefusal } from './refusal.js';

export interface SubnetFinding {
  finding: Finding;
  /** What Lambda shows for it; null where no text is known. */
  shows: ErrorTextId | null;
}

export interface FindingContext {
  subject: Subject;
  services: FunctionsPlan['services'];
  /** Lambda shows that the mapping processes records: nothing can have stopped it yet. */
  processes: boolean;
}

/** Checks of the configuration that explain why a service cannot be reached, in the order of their precision. */
const pathChecks = [
  'network.vpc-dns',
  'network.endpoint-private-dns',
  'network.https-egress',
  'network.endpoint-ingress',
  'network.nacl',
  'network.aws-path',
] as const satisfies readonly CheckId[];

/** The failing and warning findings of one subnet. */
export function findingsOfSubnet(outcome: SubnetOutcome, context: FindingContext): SubnetFinding[] {
  if (outcome.refusal !== null) return ofRefusal(outcome.subnet, outcome.refusal, context);
  return [
    ...ofServices(outcome.subnet, outcome.answer.services, context),
    ...(outcome.secret === null ? [] : ofSecret(outcome.subnet, outcome.secret, context)),
  ];
}

const label = (service: string): string => serviceNames[service as ServiceName] ?? service;

function ofServices(subnet: string, reached: readonly ServiceReach[], context: FindingContext): SubnetFinding[] {
  const failed = reached.filter(({ status }) => status === 'failed');
  const isCertain = ({ service }: ServiceReach): boolean =>
    context.services.some((each) => each.service === service && each.certain);
  return [failed.filter(isCertain), failed.filter((each) => !isCertain(each))].flatMap((group, index) => {
    const [first] = group;
    if (first === undefined) return [];
    const certain = index === 0 && !context.processes;
    const configured = configuredFailure(pathChecks, context);
    const check = configured?.check ?? (first.step === 'dns' ? 'network.vpc-dns' : 'network.aws-path');
    const evidence = group.map(({ host, step, name, because }): Evidence => ({
      resource: subnet,
      fact: `${(step ?? '').toUpperCase()} to ${host} failed: ${because} (${name})`,
    }));
    const names = enumerate(group.map(({ service }) => label(service)));
    const title = `The pollers cannot reach ${names} from ${subnet}`;
    return [
      {
        finding: findingOf(check, certain ? 'fail' : 'warn', title, [...evidence, ...(configured?.evidence ?? [])], {
          fixes: configured?.fixes ?? [],
        }),
        shows: certain ? ('vpc-cannot-reach-aws' as const) : null,
      },
    ];
  });
}

/** Only an answer of Secrets Manager is about the secret; without one, the path to it is the finding. */
function ofSecret(subnet: string, failure: SecretFailure, context: FindingContext): SubnetFinding[] {
  const check = failure.answered ? checkOfSecret(failure) : null;
  if (check === null) return [];
  const configured = configuredFailure([check], context);
  const evidence: Evidence[] = [
    { resource: subnet, fact: `Secrets Manager answered ${failure.name}: ${failure.because}` },
    ...(configured?.evidence ?? []),
  ];
  const status = context.processes ? 'warn' : 'fail';
  return [
    {
      finding: findingOf(check, status, 'The execution role cannot read the secret', evidence, {
        fixes: configured?.fixes ?? [],
      }),
      shows: status === 'fail' ? 'cannot-access-secret' : null,
    },
  ];
}

/** By the error names and texts of Secrets Manager (API reference, GetSecretValue). */
function checkOfSecret({ name, because }: SecretFailure): CheckId | null {
  if (/endpoint policy/i.test(because)) return 'network.endpoint-policy';
  if (/\bkms\b/i.test(because) || name === 'DecryptionFailure') return 'access.kms';
  if (/AccessDenied/i.test(name)) return 'access.secret';
  if (name === 'ResourceNotFoundException' || /marked for deletion|scheduled for deletion/i.test(because))
    return 'secret.exists';
  return null;
}

function ofRefusal(subnet: string, refusal: RemoteRefusal, context: FindingContext): SubnetFinding[] {
  const { check, because, name, message } = refusal;
  if (check === null) return [];
  const configured = configuredFailure([check], context);
  const evidence: Evidence[] = [
    { resource: subnet, fact: `Lambda refused a function here with ${name}${message === '' ? '' : `: ${message}`}` },
    ...(configured?.evidence ?? []),
  ];
  const shows = { 'access.trust': 'cannot-assume-role', 'access.network-interfaces': 'not-enough-permission' } as const;
  const status = context.processes ? 'warn' : 'fail';
  return [
    {
      finding: findingOf(check, status, because.replace(/\.$/, ''), evidence, { fixes: configured?.fixes ?? [] }),
      shows: status === 'fail' && check in shows ? shows[check as keyof typeof shows] : null,
    },
  ];
}

/** What the configuration says already, with its evidence and fixes. */
const configuredFailure = (ids: readonly CheckId[], { subject }: FindingContext): Finding | undefined =>
  runChecks(
    checks.filter(({ id }) => (ids as readonly string[]).includes(id)),
    subject,
  ).find(({ status }) => status === 'fail');

function findingOf(
  check: CheckId,
  status: 'fail' | 'warn',
  title: string,
  evidence: Evidence[],
  { fixes }: Pick<Finding, 'fixes'>,
): Finding {
  const { severity, stage } = checks.find(({ id }) => id === check)!;
  return { check, status, severity, stage, title, evidence, fixes, missingActions: [] };
}
