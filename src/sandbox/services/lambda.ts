import { functionNameOf, parseFunctionArn, qualifiedNameOf } from '../../aws/function-arn.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { valueOrError, listed, page, type Answers } from '../answers.js';

/** The SDK returns instants as dates. */
export const mappingAnswer = ({ LastModified: modified, StartingPositionTimestamp: from, ...mapping }: Mapping) => ({
  ...mapping,
  ...(modified === undefined ? {} : { LastModified: new Date(modified) }),
  ...(from === undefined ? {} : { StartingPositionTimestamp: new Date(from) }),
});

/** Lambda's maximum of mappings per page. */
const mappingsPerPage = 100;
const functionsPerPage = 50;

export const lambda: Answers = {
  GetEventSourceMapping: ({ UUID: uuid }, snapshot) => mappingAnswer(valueOrError(snapshot.mappings, uuid)),
  ListEventSourceMappings: ({ EventSourceArn: source, FunctionName: name, Marker: marker }, snapshot) => {
    const list = snapshot.mappingLists['*'];
    // A refused list stays refused, even if single mappings may be read.
    if (list !== undefined && !isOk(list)) valueOrError(snapshot.mappingLists, '*');
    const matching = listed(snapshot.mappings).filter(
      (mapping) =>
        (source === undefined || mapping.EventSourceArn === source) &&
        (name === undefined || mapping.FunctionArn === name || functionNameOf(mapping.FunctionArn) === name),
    );
    const { items, next } = page(matching, marker, mappingsPerPage);
    return { EventSourceMappings: items.map(mappingAnswer), NextMarker: next };
  },
  GetFunctionConfiguration: ({ FunctionName: name }, snapshot) =>
    valueOrError(snapshot.functions, functionKey(snapshot.functions, name)),
  GetFunction: ({ FunctionName: name }, snapshot) => ({
    Configuration: valueOrError(snapshot.functions, functionKey(snapshot.functions, name)),
    Concurrency: valueOrError(snapshot.concurrency, functionKey(snapshot.concurrency, name)),
  }),
  GetFunctionConcurrency: ({ FunctionName: name }, snapshot) =>
    valueOrError(snapshot.concurrency, functionKey(snapshot.concurrency, name)),
  // The code of a function is not part of the account: it returns nothing.
  Invoke: ({ FunctionName: name }, snapshot) => {
    const { FunctionArn: arn, Version: version = '$LATEST' } = valueOrError(
      snapshot.functions,
      functionKey(snapshot.functions, name),
    );
    const id = '00000000-0000-4000-8000-000000000000';
    const log = `START RequestId: ${id} Version: ${version}\n${arn}: simulated\nEND RequestId: ${id}\nREPORT RequestId: ${id}\tDuration: 2.00 ms\tBilled Duration: 2 ms\n`;
    return {
      StatusCode: 200,
      ExecutedVersion: version,
      Payload: Buffer.from('null'),
      LogResult: Buffer.from(log).toString('base64'),
    };
  },
  ListFunctions: ({ Marker: marker }, snapshot) => {
    // The list does not contain aliases and versions.
    const { items, next } = page(
      listed(snapshot.functions).filter(({ FunctionArn: arn }) => parseFunctionArn(arn)?.qualifier === null),
      marker,
      functionsPerPage,
    );
    return { Functions: items, NextMarker: next };
  },
};

/** Lambda accepts a function's name or ARN. */
const functionKey = (functions: Record<string, unknown>, name: unknown): string =>
  Object.keys(functions).find((arn) => arn === name || qualifiedNameOf(arn) === name) ?? String(name);
