/**
 * Reads a case on standard input, consumes its event with Powertools for AWS Lambda, prints keys, values and headers.
 * Argument: a folder in which @aws-lambda-powertools/kafka, avro-js and protobufjs are installed.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const require = createRequire(join(process.argv[2], 'package.json'));
const { kafkaConsumer, SchemaType } = require('@aws-lambda-powertools/kafka');
const protobuf = require('protobufjs');

const { event, format, avro, proto } = JSON.parse(await text(process.stdin));
const value = {
  JSON: () => ({ type: SchemaType.JSON }),
  AVRO: () => ({ type: SchemaType.AVRO, schema: avro }),
  PROTOBUF: () => ({ type: SchemaType.PROTOBUF, schema: protobuf.parse(proto).root.lookupType('shop.Order') }),
}[format]();

const handler = kafkaConsumer(
  async ({ records }) =>
    records.map((record) => ({
      topic: record.topic,
      partition: record.partition,
      offset: record.offset,
      key: record.key ?? null,
      value: record.value ?? null,
      headers: record.headers ?? [],
    })),
  { value },
);
process.stdout.write(JSON.stringify(await handler(event, {})));
