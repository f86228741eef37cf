/** The options of a command line that lead another command to the same account. */
import type { SourceOptions } from './shared-options.js';

/** For another command of this program. */
export const ownSourceWords = ({
  profile,
  ...others
}: Pick<SourceOptions, 'profile' | 'region' | 'endpointUrl' | 'sandbox'>): string[] => [
  ...(profile === undefined ? [] : ['--profile', profile]),
  ...sourceWords(others),
];

/** Without the profile, which AWS CLI commands need too, and without a snapshot file, which no command can change. */
export const sourceWords = ({
  region,
  endpointUrl,
  sandbox,
}: Pick<SourceOptions, 'region' | 'endpointUrl' | 'sandbox'>): string[] => [
  ...(region === undefined ? [] : ['--region', region]),
  ...(endpointUrl === undefined ? [] : ['--endpoint-url', endpointUrl]),
  ...(sandbox === undefined ? [] : ['--sandbox', ...(typeof sandbox === 'string' ? [sandbox] : [])]),
];
