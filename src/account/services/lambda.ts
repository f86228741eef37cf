/** The client and the operations of it that this tool calls; imported when first needed. */
import {
  LambdaClient,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  GetFunctionConfigurationCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionCommand,
  ListFunctionsCommand,
  CreateEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  PutFunctionConcurrencyCommand,
  DeleteFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
  TagResourceCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';

export { LambdaClient as Client };
export const commands = {
  GetEventSourceMapping: GetEventSourceMappingCommand,
  ListEventSourceMappings: ListEventSourceMappingsCommand,
  GetFunctionConfiguration: GetFunctionConfigurationCommand,
  GetFunctionConcurrency: GetFunctionConcurrencyCommand,
  GetFunction: GetFunctionCommand,
  ListFunctions: ListFunctionsCommand,
  CreateEventSourceMapping: CreateEventSourceMappingCommand,
  UpdateEventSourceMapping: UpdateEventSourceMappingCommand,
  DeleteEventSourceMapping: DeleteEventSourceMappingCommand,
  PutFunctionConcurrency: PutFunctionConcurrencyCommand,
  DeleteFunctionConcurrency: DeleteFunctionConcurrencyCommand,
  UpdateFunctionConfiguration: UpdateFunctionConfigurationCommand,
  TagResource: TagResourceCommand,
  ListTags: ListTagsCommand,
};
