import type { Fix } from '../../../fixes/fix.js';
import { ownCommand } from '../../../fixes/own-command.js';
import { shell } from '../../../text/shell.js';
import { manual } from '../../support/secret-use.js';

/** What helps a mapping whose function, version or alias is gone. A version is a number, and is never created again under it; an alias can be (AWS: Lambda versions, aliases). */
export function fixGone(uuid: string, name: string, qualifier: string | null): Fix[] {
  const update = ownCommand('update', uuid, '--function', 'FUNCTION');
  if (qualifier === null || /^(\d+|\$.*)$/.test(qualifier))
    return [manual('Redeploy the function, or update the mapping to an existing function', [update])];
  return [
    manual(`Recreate alias ${qualifier} of function ${name}`, [
      shell`aws lambda create-alias --function-name ${name} --name ${qualifier} --function-version VERSION`,
    ]),
    manual('Update the mapping to an existing function, version or alias', [update]),
  ];
}
