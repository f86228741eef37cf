/** An account in memory that answers the SDK's commands from a snapshot and accepts changes. */
import { isOk } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { newEndpointId } from '../simulate/ec2.js';
import { canReplay, replay } from '../simulate/simulate.js';
import { awsError, type Answers, type Input } from './answers.js';
import type { KafkaState } from './brokers/kafka-state.js';
import type { SandboxBrokers } from './brokers/start-brokers.js';
import { makeIdentities, type SandboxCredentials } from './identities.js';
import { alarmBook } from './lifecycle/alarms.js';
import { startLifecycle } from './lifecycle/lifecycle.js';
import { policyVersions } from './lifecycle/policy-versions.js';
import { tagBook } from './lifecycle/tags.js';
import { temporaryFunctions, type FunctionRunner } from './lifecycle/temporary-functions.js';
import { beginTopicLife } from './lifecycle/topics.js';
import { secretText, secretTypesOf } from './secret-text.js';
import { ec2 } from './services/ec2.js';
import { iam } from './services/iam.js';
import { kafka } from './services/kafka.js';
import { lambda } from './services/lambda.js';
import { cloudwatch, logs } from './services/cloudwatch.js';
import { s3, sns, sqs } from './services/destinations.js';
import { glue } from './services/glue.js';
import { kms } from './services/kms.js';
import { organizations } from './services/organizations.js';
import { sts } from './services/sts.js';
import { route53 } from './services/route53.js';
import { secretsmanager } from './services/secretsmanager.js';

export interface Sandbox {
  /** Answers one call in the SDK's form and throws the SDK's errors. Later calls see the changes. */
  answer(call: { service: string; operation: string; input: object }): Promise<object>;
  /** The account as it is now. */
  snapshot(): Snapshot;
  /** Your credentials in the account; the brokers know them. */
  credentials: SandboxCredentials;
  /** Starts the brokers of the account on loopback; the caller stops them. */
  startBrokers(): Promise<SandboxBrokers>;
}

export interface SandboxOptions {
  /** Contents of secrets, by ARN, where the account needs others than the default ones. */
  contents?: Record<string, (now: Date) => string>;
  /** What runs in the place of a temporary function. */
  runFunction?: FunctionRunner;
  /** What is inside Kafka and does not follow from the snapshot. */
  kafka?: KafkaState;
  /** The clock for certificates and for the dates of changes. */
  now?: () => Date;
}

export function createSandbox(
  start: Snapshot,
  { contents = {}, kafka: state = {}, runFunction, now = () => new Date() }: SandboxOptions = {},
): Sandbox {
  let snapshot = start;
  const lifecycle = startLifecycle(start, now);
  const made = new Map<string, string>();
  // A secret keeps its content when the mapping that named it at the start is deleted.
  const typesAtStart = secretTypesOf(start);
  const typeOf = (id: string): string | undefined => typesAtStart.get(id) ?? secretTypesOf(snapshot).get(id);
  const textOf = (id: string): string => {
    const text = made.get(id) ?? (contents[id] ?? ((at: Date) => secretText(typeOf(id), at)))(now());
    made.set(id, text);
    return text;
  };
  const identities = makeIdentities(now);
  const tags = tagBook();
  const topics = beginTopicLife();
  const versions = policyVersions();
  const account = { snapshot: () => snapshot, state, identities, contentOf: (arn: string) => textOf(arn) };
  const temporary = temporaryFunctions(
    runFunction ??
      (async (event, surroundings) => {
        const { runInSubnet } = await import('./brokers/run-in-subnet.js');
        return runInSubnet(event, surroundings, account, now);
      }),
  );
  const services: Record<string, Answers> = {
    cloudwatch: { ...cloudwatch, ...alarmBook() },
    ec2,
    glue,
    iam: { ...iam, ...versions.answers },
    kafka: { ...kafka, ...topics.answers },
    kms,
    lambda: { ...lambda, ...tags.answers },
    logs,
    organizations,
    route53,
    s3,
    secretsmanager: secretsmanager(textOf, made),
    sns,
    sqs,
    sts: { ...sts, ...identities.answers },
  };
  return {
    snapshot: () => snapshot,
    credentials: identities.caller,
    startBrokers: async () => {
      const { startBrokers } = await import('./brokers/start-brokers.js');
      return startBrokers(account, now);
    },
    answer: async ({ service, operation, input }) => {
      const ofFunction = service === 'lambda' ? await temporary.answer(operation, input as Input, snapshot) : undefined;
      if (ofFunction !== undefined) return structuredClone(ofFunction);
      const changed = service === 'lambda' ? lifecycle.change(operation, input as Input, snapshot) : undefined;
      if (changed !== undefined) {
        snapshot = changed.snapshot;
        tags.note(changed.output, input as Input);
        return structuredClone(changed.output);
      }
      const versioned = service === 'iam' ? versions.change(operation, input as Input, snapshot) : undefined;
      if (versioned !== undefined) {
        snapshot = versioned.snapshot;
        lifecycle.onAccountChanged(snapshot);
        return structuredClone(versioned.output);
      }
      if (operation === 'GetEventSourceMapping')
        snapshot = lifecycle.onRead(snapshot, String((input as Input)['UUID']));
      if (operation === 'ListEventSourceMappings') snapshot = lifecycle.onRead(snapshot);
      const answer = services[service]?.[operation];
      if (answer !== undefined) return temporary.list(operation, structuredClone(answer(input as Input, snapshot)));
      if (!canReplay({ service, operation }))
        throw awsError('UnknownOperationException', `The sandbox does not know ${service} ${operation}.`);
      const before = snapshot;
      snapshot = replay(snapshot, { service, operation, input: input as Input });
      lifecycle.onAccountChanged(snapshot);
      if (service === 'secretsmanager' && operation === 'CreateSecret') return nameMade(snapshot, input as Input, made);
      if (operation === 'CreateVpcEndpoint')
        return { VpcEndpoint: { VpcEndpointId: newEndpointId(before, input as Input) } };
      return operation === 'CreateTopic' ? topics.begin(input as Input) : {};
    },
  };
}

/** The answer to CreateSecret. The content is kept outside the snapshot. */
function nameMade(
  { secrets }: Snapshot,
  { Name: name, SecretString: text }: Input,
  contents: Map<string, string>,
): object {
  const arn = Object.entries(secrets).find(([, read]) => isOk(read) && read.value.Name === name)![0];
  contents.set(arn, String(text));
  return { ARN: arn, Name: name };
}
