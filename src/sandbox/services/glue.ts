import { valueOrError, type Answers } from '../answers.js';

export const glue: Answers = {
  GetRegistry: ({ RegistryId: id }, snapshot) =>
    valueOrError(snapshot.registries, (id as { RegistryArn?: string }).RegistryArn, 'EntityNotFoundException'),
};
