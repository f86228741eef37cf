/** The AWS services that the pollers call from inside the VPC. */
import { lambdaPrincipal } from '../aws/partitions.js';
import { serviceOf } from '../aws/arn.js';
import type { NetworkQuestion, ServiceNeed } from '../network/question.js';
import { textState } from '../catalogue/text-state.js';
import type { FunctionConfiguration, Mapping } from '../snapshot/resources/index.js';
import type { AuthChoice } from './auth.js';
import { valueOrNull, type Fact } from './fact.js';

/**
 * Services called from inside the VPC. On-demand pollers call STS, Lambda, with a secret Secrets Manager, and the
 * on-failure destination; provisioned ones none of the first three (AWS: configuring network security for MSK).
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
  // A mapping that brings records in works without: what fails then is the delivery of what the function refuses.
  if (destination !== null)
    needs.push({ ...destination, principal: role, missing, certain: onDemand && pollsOf(mapping) !== 'proved' });
  const registry = mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig?.SchemaRegistryURI ?? '';
  // Whether a registry is asked from the VPC is not documented: a suspect where Lambda shows an error, and nothing to warn of before.
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

/** Only a poll without an error, by an Enabled mapping, proves that pollers got through to everything: an idle text may be the first one. */
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
