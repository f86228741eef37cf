/** The AWS services that the pollers call from inside the VPC. */
import { lambdaPrincipal } from '../aws/partitions.js';
import { serviceOf } from '../aws/arn.js';
import type { NetworkQuestion, ServiceNeed } from '../network/question.js';
import { textState } from '../catalogue/text-state.js';
import type { FunctionConfiguration, Mapping } from '../snapshot/resources/index.js';
import type { AuthChoice } from './auth.js';
import { valueOrNull, type Fact } from './fact.js';

/**
 * The services. On-demand pollers call STS, Lambda, Secrets Manager if there is a secret, and the on-failure
 * destination. Provisioned ones need none of the first three (AWS: configuring network security for MSK).
 */
export function serviceNeeds(
  mapping: Mapping,
  mode: 'on-demand' | 'provisioned',
  auth: AuthChoice,
  functionFact: Fact<FunctionConfiguration | null>,
): ServiceNeed[] {
  const configuration = valueOrNull(functionFact);
  const roleArn = configuration?.Role ?? null;
  const functionArn = mapping.FunctionArn ?? configuration?.FunctionArn ?? null;
  const lambda = { service: lambdaPrincipal };
  const role = roleArn === null ? null : { role: roleArn };
  const missing = functionFact.is === 'unread' ? functionFact.missing : [];
  const onDemand = mode === 'on-demand';
  const needs: ServiceNeed[] = [];
  if (onDemand) {
    needs.push({
      service: 'lambda',
      action: 'lambda:InvokeFunction',
      resource: functionArn,
      principal: lambda,
      missing: [],
      certain: true,
    });
    needs.push({
      service: 'sts',
      action: 'sts:AssumeRole',
      resource: roleArn,
      principal: lambda,
      missing,
      certain: true,
    });
    if (auth.secretUri !== null)
      needs.push({
        service: 'secretsmanager',
        action: 'secretsmanager:GetSecretValue',
        resource: auth.secretUri === '' ? null : auth.secretUri,
        principal: role,
        missing,
        certain: true,
      });
  }
  const destination = destinationNeed(mapping.DestinationConfig?.OnFailure?.Destination ?? '');
  // A mapping that delivers records works without it; only the delivery of failed records would fail.
  if (destination !== null)
    needs.push({ ...destination, principal: role, missing, certain: onDemand && pollsOf(mapping) !== 'proved' });
  const registry = mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig?.SchemaRegistryURI ?? '';
  // AWS does not document whether the registry is called from the VPC: it is a possible cause where Lambda shows an
  // error, but no reason for a warning.
  if (serviceOf(registry) === 'glue' && pollsOf(mapping) === 'failing')
    needs.push({
      service: 'glue',
      action: 'glue:GetSchemaVersion',
      resource: registry,
      principal: role,
      missing,
      certain: false,
    });
  return needs;
}

/**
 * Only a successful poll of an Enabled mapping proves that the pollers reached everything: an idle text may be the
 * mapping's first.
 */
export function pollsOf({ State: state, LastProcessingResult: text }: Mapping): NetworkQuestion['polls'] {
  const shown = textState(text);
  if (state === 'Enabled' && shown === 'ok') return 'proved';
  return shown === 'error' ? 'failing' : 'not-shown';
}

function destinationNeed(destination: string): Pick<ServiceNeed, 'service' | 'action' | 'resource'> | null {
  const service = serviceOf(destination);
  const actions = { sqs: 'sqs:SendMessage', sns: 'sns:Publish', s3: 's3:PutObject' } as const;
  if (service !== 'sqs' && service !== 'sns' && service !== 's3') return null;
  const resource = service === 's3' ? `${destination}/*` : destination;
  return { service, action: actions[service], resource };
}
