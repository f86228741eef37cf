/** JSON Schema, by Ajv. */
import type { AnySchemaObject, ValidateFunction } from 'ajv';
import type { Codec } from './schema.js';

/** The codec of a schema; drafts 6, 7, 2019-09 and 2020-12. Throws an `Error` for a document that is not a schema. */
export async function jsonSchemaCodec(schema: AnySchemaObject): Promise<Codec> {
  const validate = await compile(schema);
  const check = (data: unknown): unknown => {
    if (validate(data)) return data;
    const [{ instancePath = '', message = 'it does not match' } = {}] = validate.errors ?? [];
    throw new Error(`${instancePath === '' ? 'the content' : instancePath} ${message}`);
  };
  return {
    dataFormat: 'JSON',
    decode: (bytes) => check(parse(bytes)),
    encode: (data) => Buffer.from(JSON.stringify(check(data)), 'utf8'),
  };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
  } catch (error) {
    throw new Error('the content is not JSON', { cause: error });
  }
}

async function compile({ $schema: draft, ...schema }: AnySchemaObject): Promise<ValidateFunction> {
  const options = { strict: false, validateFormats: false, logger: false } as const;
  if (/2019-09|2020-12/.test(String(draft))) {
    const { Ajv2020 } = await import('ajv/dist/2020.js');
    return new Ajv2020(options).compile(schema);
  }
  const { Ajv } = await import('ajv');
  return new Ajv(options).compile(schema);
}
