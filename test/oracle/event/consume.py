"""Reads a case on standard input, consumes its event with Powertools for AWS Lambda, prints keys, values and headers."""

import json
import sys

from aws_lambda_powertools.utilities.kafka import SchemaConfig, kafka_consumer


def message_class():
    """The message of the case, without a compiler for .proto files."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    file = descriptor_pb2.FileDescriptorProto(name="order.proto", package="shop", syntax="proto3")
    message = file.message_type.add(name="Order")
    types = descriptor_pb2.FieldDescriptorProto
    message.field.add(name="id", number=1, type=types.TYPE_INT64, label=types.LABEL_OPTIONAL)
    message.field.add(name="note", number=2, type=types.TYPE_STRING, label=types.LABEL_OPTIONAL)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("shop.Order"))


def plain(value):
    """A decoded value as data of JSON."""
    if hasattr(value, "DESCRIPTOR"):
        return {field.name: content for field, content in value.ListFields()}
    return value


case = json.load(sys.stdin)
schemas = {
    "JSON": lambda: SchemaConfig(value_schema_type="JSON"),
    "AVRO": lambda: SchemaConfig(value_schema_type="AVRO", value_schema=case["avro"]),
    "PROTOBUF": lambda: SchemaConfig(value_schema_type="PROTOBUF", value_schema=message_class()),
}


@kafka_consumer(schema_config=schemas[case["format"]]())
def handler(event, context):
    return [
        {
            "topic": record.topic,
            "partition": record.partition,
            "offset": record.offset,
            "key": record.key,
            "value": plain(record.value),
            "headers": [{name: bytes(value).decode()} for name, value in record.headers.items()],
        }
        for record in event.records
    ]


json.dump(handler(case["event"], None), sys.stdout)
