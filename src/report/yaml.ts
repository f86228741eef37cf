/** YAML that CloudFormation reads. */
import { stringify } from 'yaml';
import { escapeInJson } from '../text/visible.js';

/**
 * Control characters are escaped, so that they cannot control the terminal; YAML allows escapes in double quotes
 * only.
 */
export function toYaml(document: object): string {
  const plain = stringify(document, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
  return escapeInJson(plain) === plain
    ? plain
    : escapeInJson(
        stringify(document, {
          version: '1.1',
          lineWidth: 0,
          aliasDuplicateObjects: false,
          defaultStringType: 'QUOTE_DOUBLE',
        }),
      );
}
