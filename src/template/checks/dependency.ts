/** How a resource is made to wait for others, in the language of its template. */
import type { TemplateResource } from '../resource.js';

/** A sentence. Terraform’s `depends_on` names resources and modules of the same module, without the index of an instance. */
export function dependencyFix(resource: TemplateResource, others: readonly TemplateResource[]): string {
  const { address, format } = resource;
  if (format !== 'terraform') {
    const names = others.map((other) => other.address);
    return `Add DependsOn: ${names.length === 1 ? names[0]! : `[${names.join(', ')}]`} to ${address}.`;
  }
  const path = stepsOf(address);
  const depth = Math.min(...others.map((other) => sharedSteps(path, stepsOf(other.address))));
  const names = [...new Set(others.map((other) => withoutInstance(stepsOf(other.address)[depth]!)))];
  const target = withoutInstance(path[depth]!);
  return `Add depends_on = [${names.join(', ')}] to ${target === withoutInstance(address) ? target : `${target} in ${path.slice(0, depth).join('.') || 'the root module'}`}.`;
}

/** The modules on the way to the resource, and the resource. */
function stepsOf(address: string): string[] {
  const step = /module\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|[\d*]+)\])?\./y;
  const steps: string[] = [];
  let end = 0;
  for (let match = step.exec(address); match !== null; match = step.exec(address)) {
    steps.push(match[0].slice(0, -1));
    end = step.lastIndex;
  }
  return [...steps, address.slice(end)];
}

/** How many modules both are in. */
function sharedSteps(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length - 1 && count < b.length - 1 && a[count] === b[count]) count++;
  return count;
}

/** The address without the index of `count` or `for_each` at its end. */
export function withoutInstance(address: string): string {
  const bracket = address.endsWith(']') ? address.indexOf('[') : -1;
  return bracket < 0 ? address : address.slice(0, bracket);
}
