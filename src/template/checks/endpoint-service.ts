/** The services that pollers call through VPC endpoints. */
import { textOf } from '../deploy/deploying.js';
import type { Json } from '../resource.js';

/** `com.amazonaws.eu-west-1.sts` to `sts`; null for another service. */
export function serviceOfEndpoint(name: Json | undefined): string | null {
  const service = textOf(name)?.split('.').at(-1) ?? '';
  return ['sts', 'lambda', 'secretsmanager'].includes(service) ? service : null;
}
