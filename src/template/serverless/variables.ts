/** Variables of the Serverless Framework (`${self:custom.topic, 'orders'}`), as far as the file itself gives their values. */
import { hasSymbol } from '../../snapshot/symbols.js';
import { isObject, type Json, type JsonObject } from '../resource.js';
import { closingBrace, splitSources } from './variable-text.js';

/** What variables need besides the document. */
export interface VariableSources {
  document: JsonObject;
  /** Options and parameters that the user gives. */
  given: Readonly<Record<string, Json>>;
  region: string;
  account: string;
  /** The value of another file; undefined where it cannot be read. */
  readFile(path: string): Json | undefined;
  /** The symbol of a variable whose value is not in the input. */
  unknown(variable: string): string;
}

/** Work that the variables of one file may take. */
const mostSteps = 200_000;
const longestText = 1_000_000;
const deepest = 40;

export class Variables {
  private steps = 0;
  private readonly open = new Set<string>();
  private readonly known = new Map<string, Json>();

  constructor(private readonly sources: VariableSources) {}

  /** The value with all variables replaced; what is not known is a symbol. */
  resolve(value: Json, depth = 0): Json {
    if (typeof value === 'string') return this.text(value, depth);
    if (Array.isArray(value)) return value.map((item) => this.resolve(item, depth));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.resolve(member, depth)]));
  }

  private text(text: string, depth: number): Json {
    let result = '';
    let at = 0;
    for (;;) {
      const start = text.indexOf('${', at);
      const end = start < 0 ? -1 : closingBrace(text, start + 2);
      if (end < 0) return result + text.slice(at);
      result += text.slice(at, start);
      const inner = text.slice(start + 2, end);
      const value = isVariable(inner) ? this.variable(inner, depth + 1) : this.kept(inner, depth);
      if (start === 0 && end === text.length - 1) return value;
      result += typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
      if (result.length > longestText) return this.sources.unknown(text.slice(0, 100));
      at = end + 1;
    }
  }

  /** `${Name}` and `${AWS::Region}` belong to CloudFormation. */
  private kept(inner: string, depth: number): string {
    const value = inner.includes('${') && depth < deepest ? this.text(inner, depth + 1) : inner;
    return `\${${typeof value === 'string' ? value : inner}}`;
  }

  private variable(written: string, depth: number): Json {
    this.steps += 1;
    if (depth > deepest || this.steps > mostSteps) return this.sources.unknown(written);
    const address = written.includes('${') ? this.text(written, depth) : written;
    // A part that is not known may stand for any source.
    if (typeof address !== 'string' || hasSymbol(address)) return this.sources.unknown(written);
    for (const source of splitSources(address)) {
      const value = this.source(source, depth);
      if (value !== undefined && value !== null) return value;
      if (value === null && source === 'null') return null;
    }
    return this.sources.unknown(written);
  }

  /** Undefined where the source has no value, so that the next one counts. */
  private source(source: string, depth: number): Json | undefined {
    const quote = source[0];
    if ((quote === "'" || quote === '"') && source.endsWith(quote)) return source.slice(1, -1);
    if (Object.hasOwn(literals, source)) return literals[source]!;
    if (source !== '' && Number.isFinite(Number(source))) return Number(source);
    if (source.startsWith('file(')) return this.ofFile(source, depth);
    const colon = source.indexOf(':');
    const [type, name] = [source.slice(0, colon), source.slice(colon + 1).trim()];
    switch (type) {
      case 'self':
        return this.self(name, depth);
      case 'opt':
        return memberOf(this.sources.given, name);
      case 'param':
        return memberOf(this.sources.given, name) ?? this.parameter(name, depth);
      case 'sls':
        return name === 'stage' ? this.stage(depth) : this.sources.unknown(source);
      case 'aws':
        return name === 'accountId'
          ? this.sources.account
          : name === 'region'
            ? this.sources.region
            : this.sources.unknown(source);
      // Which variables the shell of the deployment has, the file does not tell; a default after it counts.
      case 'env':
        return undefined;
      default:
        return this.sources.unknown(source);
    }
  }

  /** The stage of the deployment: the option, `provider.stage`, or `dev`. */
  stage(depth = 0): Json {
    return memberOf(this.sources.given, 'stage') ?? this.self('provider.stage', depth) ?? 'dev';
  }

  private parameter(name: string, depth: number): Json | undefined {
    const stage = this.stage(depth);
    return (
      (typeof stage === 'string' ? this.self(`params.${stage}.${name}`, depth) : undefined) ??
      this.self(`params.default.${name}`, depth)
    );
  }

  private self(path: string, depth: number): Json | undefined {
    const known = this.known.get(path);
    if (known !== undefined) return known;
    // A variable that needs itself has no value.
    if (this.open.has(path)) return this.sources.unknown(`self:${path}`);
    this.open.add(path);
    try {
      const value = this.walk(this.sources.document, path, depth);
      if (value !== undefined) this.known.set(path, value);
      return value;
    } finally {
      this.open.delete(path);
    }
  }

  private walk(from: Json, path: string, depth: number): Json | undefined {
    let value: Json | undefined = from;
    for (const name of path === '' ? [] : path.split('.')) {
      if (typeof value === 'string') value = this.resolve(value, depth);
      value = Array.isArray(value) ? value[Number(name)] : isObject(value) ? memberOf(value, name) : undefined;
      if (value === undefined) return undefined;
    }
    this.steps += 1;
    return value === undefined ? undefined : this.resolve(value, depth);
  }

  /** `file(./topics.yml):orders`. */
  private ofFile(source: string, depth: number): Json | undefined {
    const end = source.indexOf(')');
    if (end < 0) return undefined;
    const content = this.sources.readFile(source.slice('file('.length, end).trim());
    if (content === undefined) return this.sources.unknown(source);
    return this.walk(content, source[end + 1] === ':' ? source.slice(end + 2) : '', depth);
  }
}

const literals: Readonly<Record<string, Json>> = { true: true, false: false, null: null };

const memberOf = (object: Readonly<Record<string, Json>>, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** A variable names its source: `self:…`, `file(…)`, `env:…`. */
function isVariable(inner: string): boolean {
  const end = inner.search(/[^A-Za-z0-9_-]/);
  return end > 0 && !inner.startsWith('AWS::') && (inner[end] === ':' || inner[end] === '(');
}
