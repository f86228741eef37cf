/** A `serverless.yml` with its variables resolved, as a template. */
import { posix } from 'node:path';
import { hasSymbol, textSymbol } from '../../snapshot/symbols.js';
import type { Scope } from '../cloudformation/identities.js';
import type { RewrittenTemplate, TemplateSource } from '../cloudformation/read-templates.js';
import { readYaml } from '../cloudformation/read-yaml.js';
import type { DocumentPath } from '../location.js';
import { TemplateError, type Json, type JsonObject } from '../resource.js';
import { objectOr } from './parts.js';
import { isService, toTemplate } from './template.js';
import { Variables } from './variables.js';

export interface RewriteOptions {
  scope: Scope;
  parameters: Readonly<Record<string, Json>>;
  readBeside(path: string): string | null;
}

/** Null for a document that is no service. */
export function rewriteService(
  source: TemplateSource,
  document: JsonObject,
  note: (symbol: string, meaning: string) => void,
  { scope, parameters, readBeside }: RewriteOptions,
): RewrittenTemplate | null {
  if (!isService(document)) return null;
  const unknown = (variable: string): string => {
    const symbol = textSymbol(`${source.path}|${variable}`);
    note(symbol, `the variable ${variable}`);
    return symbol;
  };
  const variables = new Variables({
    document,
    given: parameters,
    region: scope.region,
    account: scope.account,
    readFile: (path) => contentOf(posix.join(posix.dirname(source.path), path), readBeside),
    unknown,
  });
  const resolved = objectOr(variables.resolve(document));
  const name = resolved['service'];
  const stage = variables.stage();
  const { template, resources, stackName } = toTemplate({
    document: resolved,
    name: typeof name === 'string' ? name : String(objectOr(name)['name'] ?? unknown('service')),
    stage: typeof stage === 'string' ? stage : unknown('sls:stage'),
    unknown,
  });
  return { format: 'serverless', template, resources, stackName, unread: unreadSections(document, resolved) };
}

/** Functions, and events of functions, of variables that are not known: they may contain mappings. */
function unreadSections(document: JsonObject, resolved: JsonObject): RewrittenTemplate['unread'] {
  const found: { path: DocumentPath; source: string }[] = [];
  const look = (value: Json | undefined, raw: Json | undefined, path: DocumentPath, depth: number): void => {
    if (typeof value === 'string' && hasSymbol(value))
      found.push({ path, source: typeof raw === 'string' ? raw : 'a variable' });
    else if (Array.isArray(value) && depth > 0)
      value.forEach((item, index) => look(item, Array.isArray(raw) ? raw[index] : undefined, [...path, index], depth));
  };
  look(resolved['functions'], document['functions'], ['functions'], 1);
  for (const [name, each] of Object.entries(objectOr(resolved['functions']))) {
    const raw = objectOr(document['functions'])[name];
    look(each, raw, ['functions', name], 0);
    look(objectOr(each)['events'], objectOr(raw)['events'], ['functions', name, 'events'], 1);
  }
  return found;
}

/** Of a YAML or JSON file; undefined for code, and for a file outside the folder. */
function contentOf(path: string, readBeside: (path: string) => string | null): Json | undefined {
  const text = /\.(?:ya?ml|json)$/.test(path) ? readBeside(path) : null;
  if (text === null) return undefined;
  try {
    return readYaml(text, path).data;
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}
