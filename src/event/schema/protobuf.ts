/** Protobuf schemas, by protobufjs. */
import protobuf from 'protobufjs';
import type { Codec } from './schema.js';

/** Reads an imported file; undefined where there is none. */
export type ReadImport = (name: string) => Promise<string | undefined>;

/**
 * The codec of a `.proto` text. `message`: the type to encode, and to decode where no position is given; by default
 * the first of the file. Throws an `Error` for text that is not a Protobuf schema, or an import that is missing.
 */
export async function protobufCodec(text: string, message: string | null, readImport: ReadImport): Promise<Codec> {
  const root = new protobuf.Root();
  const parsed = parse(text, root);
  const read = new Set<string>();
  const open = [...(parsed.imports ?? []), ...(parsed.weakImports ?? [])];
  for (let name = open.shift(); name !== undefined; name = open.shift()) {
    if (read.has(name)) continue;
    read.add(name);
    const known = protobuf.common.get(name);
    if (known !== null) {
      if (known.nested !== undefined) root.addJSON(known.nested);
      continue;
    }
    const imported = await readImport(name);
    if (imported === undefined) throw new Error(`the imported file ${name} was not found`);
    open.push(...(parse(imported, root).imports ?? []));
  }
  root.resolveAll();
  const scope = parsed.package === undefined ? root : (root.lookup(parsed.package) as protobuf.NamespaceBase);
  const types = messagesOf(scope, text);
  const [first] = types;
  if (first === undefined) throw new Error('it defines no message');
  const standard = message === null ? first : root.lookupType(message);
  return {
    dataFormat: 'PROTOBUF',
    decode(bytes, path) {
      const type = path === undefined || message !== null ? standard : at(types, path);
      const object = type.toObject(type.decode(bytes), { longs: String, enums: String, bytes: String, json: true });
      if (bytes.length > 0 && Object.keys(object).length === 0)
        throw new Error(`no field of the message ${type.name} is in the content`);
      return object as unknown;
    },
    encode(data) {
      const value = standard.fromObject(data as Record<string, unknown>);
      const fault = standard.verify(value);
      if (fault !== null) throw new Error(fault);
      return standard.encode(value).finish();
    },
  };
}

function parse(text: string, root: protobuf.Root): protobuf.IParserResult {
  return protobuf.parse(text, root, { keepCase: true });
}

/** The messages of a file in the order in which they are written, by which Confluent numbers them. */
function messagesOf(scope: protobuf.NamespaceBase, text: string): protobuf.Type[] {
  const found = scope.nestedArray.filter((nested): nested is protobuf.Type => nested instanceof protobuf.Type);
  const position = (type: protobuf.Type): number => {
    const at = text.search(new RegExp(String.raw`\bmessage\s+${type.name}\b`));
    return at === -1 ? Number.POSITIVE_INFINITY : at;
  };
  return found.filter((type) => position(type) !== Number.POSITIVE_INFINITY).toSorted((a, b) => position(a) - position(b));
}

function at(types: readonly protobuf.Type[], path: readonly number[]): protobuf.Type {
  const [index = 0, ...rest] = path;
  const type = types[index];
  if (type === undefined) throw new Error(`the schema has no message with the index ${path.join('.')}`);
  const nested = type.nestedArray.filter((inner): inner is protobuf.Type => inner instanceof protobuf.Type);
  return rest.length === 0 ? type : at(nested, rest);
}
