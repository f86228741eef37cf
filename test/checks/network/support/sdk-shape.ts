/** Whether an input has only members that the SDK knows, looked up in the schemas that the SDK itself serializes by. */
import * as ec2 from '@aws-sdk/client-ec2';
import * as lambda from '@aws-sdk/client-lambda';

type Schema = unknown;
const kinds = { list: 1, struct: 3 } as const;

/** Members that the SDK would drop without a word, as paths; empty for an input that it takes whole. */
export function unknownMembers({
  service,
  operation,
  input,
}: {
  service: string;
  operation: string;
  input: object;
}): string[] {
  const client = { ec2, lambda }[service] as Record<string, unknown> | undefined;
  const schema = client?.[`${operation}Request$`] ?? client?.[`${operation}Input$`];
  return schema === undefined ? [`${service} ${operation}`] : unknown(schema, input, operation);
}

const resolve = (schema: Schema): Schema => (typeof schema === 'function' ? (schema as () => Schema)() : schema);

function unknown(wrapped: Schema, value: unknown, path: string): string[] {
  let schema = resolve(wrapped);
  // A member with traits of its own: the schema and the traits, as a pair.
  if (Array.isArray(schema) && schema.length === 2 && typeof schema[1] === 'object') schema = resolve(schema[0]);
  if (!Array.isArray(schema))
    return typeof value === 'object' && value !== null && typeof schema === 'number' && schema < 64 ? [path] : [];
  if (schema[0] === kinds.struct) {
    const names = schema[4] as string[];
    return Object.entries(value as object).flatMap(([name, member]) =>
      names.includes(name)
        ? unknown((schema[5] as Schema[])[names.indexOf(name)], member, `${path}.${name}`)
        : [`${path}.${name}`],
    );
  }
  if (schema[0] === kinds.list)
    return Array.isArray(value)
      ? value.flatMap((element, index) => unknown(schema[4], element, `${path}[${index}]`))
      : [`${path} is no list`];
  return [];
}
