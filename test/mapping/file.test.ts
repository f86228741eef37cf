import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import fileSchema from '../../schema/mapping-file.v1.json' with { type: 'json' };
import { MappingFileWrong, parseMappingFile, printMappingFile } from '../../src/mapping/file.js';
import { validateSettings } from '../../src/mapping/validate.js';
import { everything, least, likelySettings } from './support/settings.js';
import { runs } from '../random/seed.js';

const now = new Date('2026-11-24T10:00:00Z');
const read = (text: string) => parseMappingFile(text, 'm.yaml', now);
const problems = (text: string): readonly string[] => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof MappingFileWrong) return error.problems;
    throw error;
  }
  return [];
};
const validate = new Ajv2020().compile(fileSchema);

test('what is printed is read back, and fits the published schema', () => {
  expect(read(printMappingFile([least, everything]))).toEqual([least, everything]);
  fc.assert(
    fc.property(likelySettings, (settings) => {
      fc.pre(validateSettings(settings, { now }).length === 0);
      const text = printMappingFile([settings]);
      expect(read(text)).toEqual([settings]);
      expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
    }),
    { numRuns: runs(300) },
  );
});

test('JSON, one mapping alone, and an instant as a number or a date are understood', () => {
  expect(read(JSON.stringify({ mappings: [least] }))).toEqual([least]);
  expect(read(JSON.stringify(least))).toEqual([least]);
  const at = (instant: string) =>
    read(
      `function: f-1\ncluster: c-1\ntopic: orders\nstartingPosition: AT_TIMESTAMP\nstartingPositionTimestamp: ${instant}\n`,
    )[0]?.startingPositionTimestamp;
  expect(at('1700000000')).toBe('2023-11-14T22:13:20.000Z');
  expect(at('2023-11-14T22:13:20Z')).toBe('2023-11-14T22:13:20.000Z');
});

const head = 'mappings:\n  - function: f-1\n    cluster: c-1\n    topic: orders\n    startingPosition: LATEST\n';
describe('a wrong file is told by line and path', () => {
  test.each<{ name: string; text: string; message: RegExp }>([
    {
      name: 'a range',
      text: `${head}    batchSize: 0\n`,
      message: /^m\.yaml:6: mappings\[0\]\.batchSize must be a whole number/,
    },
    {
      name: 'a text for a number',
      text: `${head}    batchSize: "5"\n`,
      message: /^m\.yaml:6: mappings\[0\]\.batchSize must be a whole number from 1 to 10,000, not 5/,
    },
    {
      name: 'inside a block',
      text: `${head}    provisionedPollers:\n      minimum: 1\n      maximum: 9999\n`,
      message: /^m\.yaml:8: mappings\[0\]\.provisionedPollers\.maximum/,
    },
    {
      name: 'inside a list',
      text: `${head}    filters:\n      - '{"value":[1]}'\n      - '{'\n`,
      message: /^m\.yaml:8: mappings\[0\]\.filters\[1\] is not valid/,
    },
    {
      name: 'a word that is none',
      text: `${head}    batchsize: 5\n`,
      message: /^m\.yaml:6: mappings\[0\]\.batchsize is not a setting of a mapping/,
    },
    {
      name: 'what is missing',
      text: 'mappings:\n  - function: f-1\n    cluster: c-1\n    topic: orders\n',
      message: /^m\.yaml:2: mappings\[0\]\.startingPosition is missing/,
    },
    {
      name: 'what goes together',
      text: `${head}    logLevel: INFO\n`,
      message:
        /^m\.yaml:6: mappings\[0\]\.logLevel requires provisioned mode: also set mappings\[0\]\.provisionedPollers/,
    },
    {
      name: 'the same twice',
      text: `${head}${head.replace('mappings:\n', '')}`,
      message: /^m\.yaml:6: mappings\[1\] has the same cluster, function and topic as mappings\[0\]/,
    },
    {
      name: 'a group twice',
      text: `${head}    consumerGroup: readers\n${head.replace('mappings:\n', '').replace('topic: orders', 'topic: payments')}    consumerGroup: readers\n`,
      message: /^m\.yaml:11: mappings\[1\] has the same consumerGroup as mappings\[0\]/,
    },
    { name: 'a key twice', text: `${head}    topic: other\n`, message: /^m\.yaml:6: .*unique/ },
    { name: 'broken YAML', text: 'mappings:\n  - function: "f\n', message: /^m\.yaml:\d: / },
    { name: 'another document', text: 'hello', message: /“mappings”, a list/ },
    { name: 'a list', text: '- function: f', message: /“mappings”, a list/ },
    { name: 'no list', text: 'mappings: 3', message: /“mappings”, a list/ },
    { name: 'a mapping that is none', text: 'mappings:\n  - 3\n', message: /^m\.yaml:2: .*must be a mapping/ },
    { name: 'more beside', text: `version: 3\n${head}`, message: /^m\.yaml:1: unknown key version/ },
    {
      name: 'a bomb of aliases',
      text: `a: &a [1,1]\n${'bcdefghij'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(12).fill(`*${'abcdefghij'[index]!}`).join(',')}]`)
        .join('\n')}\n`,
      message: /alias/i,
    },
    { name: 'nothing', text: '', message: /“mappings”, a list/ },
  ])('$name', ({ text, message }) => {
    const [first, ...others] = problems(text);
    expect(first).toMatch(message);
    expect(others).toEqual([]);
  });
});

/** The same mapping as other tools write it, with what each key has to become. */
const foreignFiles = {
  'CloudFormation properties': {
    text: 'mappings:\n  - FunctionName: f-1\n    EventSourceArn: c-1\n    Topics: [orders]\n    StartingPosition: LATEST\n    BatchSize: 10\n    MaximumBatchingWindowInSeconds: 5\n    FunctionResponseTypes: [ReportBatchItemFailures]\n',
    advice: {
      FunctionName: 'use “function”',
      EventSourceArn: 'use “cluster”',
      Topics: 'use “topic” with one name, not a list',
      StartingPosition: 'use “startingPosition”',
      BatchSize: 'use “batchSize”',
      MaximumBatchingWindowInSeconds: 'use “batchingWindow”',
      FunctionResponseTypes: 'use “reportBatchItemFailures” with true',
    },
  },
  'the MSK event of SAM': {
    text: `${head}    Stream: c-1\n    ConsumerGroupId: g\n    SecretsManagerKmsKeyId: k\n    DestinationConfig: { OnFailure: { Destination: x } }\n`,
    advice: {
      Stream: 'use “cluster”',
      ConsumerGroupId: 'use “consumerGroup”',
      SecretsManagerKmsKeyId: 'use “kmsKey”',
      DestinationConfig: 'use “onFailure” with the ARN alone',
    },
  },
  Terraform: {
    text: 'mappings:\n  - function_name: f-1\n    event_source_arn: c-1\n    topics: [orders]\n    starting_position: LATEST\n    bisect_batch_on_function_error: true\n    maximum_record_age_in_seconds: 60\n    provisioned_poller_config:\n      minimum_pollers: 1\n      maximum_pollers: 2\n      poller_group_name: g\n',
    advice: {
      function_name: 'use “function”',
      event_source_arn: 'use “cluster”',
      topics: 'use “topic” with one name, not a list',
      starting_position: 'use “startingPosition”',
      bisect_batch_on_function_error: 'use “bisectBatchOnError”',
      maximum_record_age_in_seconds: 'use “maximumRecordAge”',
      provisioned_poller_config: 'use “provisionedPollers”',
      'provisioned_poller_config.minimum_pollers': 'use “provisionedPollers.minimum”',
      'provisioned_poller_config.maximum_pollers': 'use “provisionedPollers.maximum”',
      'provisioned_poller_config.poller_group_name': 'use “provisionedPollers.group”',
    },
  },
  'the msk event of Serverless': {
    text: `${head}    arn: c-1\n    maximumBatchingWindow: 3\n    saslScram512: s\n    filterPatterns: [{ a: [1] }]\n    consumerGroupId: g\n`,
    advice: {
      arn: 'use “cluster”',
      maximumBatchingWindow: 'use “batchingWindow”',
      saslScram512: 'use “secret”',
      filterPatterns: 'use “filters” with a list of patterns as JSON texts',
      consumerGroupId: 'use “consumerGroup”',
    },
  },
  'the answer of the Lambda API': {
    text: `${head}    UUID: u\n    LastProcessingResult: OK\n    State: Enabled\n    LoggingConfig: { SystemLogLevel: INFO }\n    ScalingConfig: {}\n    MetricsConfig: { Metrics: [] }\n`,
    advice: {
      UUID: 'Lambda sets it, remove it',
      LastProcessingResult: 'Lambda sets it, remove it',
      State: 'use “enabled” with true or false',
      LoggingConfig: 'use “logLevel” with the level alone',
      'LoggingConfig.SystemLogLevel': 'use “logLevel”',
      ScalingConfig: 'it does not apply to MSK, remove it',
      MetricsConfig: 'use “metrics” with the list alone',
    },
  },
  'another case, a typing error and a key of nobody': {
    text: `${head}    batch_size: 5\n    maximumRetryAttempt: 1\n    colour: red\n    provisionedPollers:\n      minimumPollers: 1\n      most: 3\n`,
    advice: {
      batch_size: 'use “batchSize”',
      maximumRetryAttempt: 'did you mean “maximumRetryAttempts”?',
      colour: '',
      'provisionedPollers.minimumPollers': 'use “provisionedPollers.minimum”',
      'provisionedPollers.most': '',
    },
  },
};

describe('keys of other tools are recognised, and every wrong key is reported at once', () => {
  test.each(Object.entries(foreignFiles))('%s', (_, { text, advice }) => {
    const sentences = problems(text).map((line) => line.replace(/^m\.yaml:\d+: mappings\[0\]\./, ''));
    expect(sentences.toSorted()).toEqual(
      Object.entries(advice)
        .map(([key, sentence]) => `${key} is not a setting of a mapping${sentence === '' ? '' : `: ${sentence}`}`)
        .toSorted(),
    );
  });

  test('each on its own line of the file', () =>
    expect(problems(foreignFiles.Terraform.text).at(-1)).toMatch(
      /^m\.yaml:11: mappings\[0\]\.provisioned_poller_config\.poller_group_name /,
    ));

  test.each([
    ['AWSTemplateFormatVersion: "2010-09-09"\nResources: {}\n', /CloudFormation or SAM template/],
    ['Type: AWS::Lambda::EventSourceMapping\nProperties: {}\n', /resource of a CloudFormation template/],
    ['service: x\nprovider: {}\nfunctions: {}\n', /Serverless configuration/],
    ['{"resource": {"aws_lambda_event_source_mapping": {}}}', /Terraform configuration/],
  ])('a whole file of another tool: %j', (text, message) => {
    const [first, ...others] = problems(text);
    expect(first).toMatch(message);
    expect(others).toEqual([]);
  });
});

test('no text makes it fail in another way', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => void problems(text)),
    { numRuns: runs(500) },
  );
});
