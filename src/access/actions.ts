/** Which actions AWS knows: for what looks like a right and is none, and for actions that no ARN grants. */
import { actionList } from './action-list.js';
import { matchText } from './pattern.js';

const split = (text: string): string[] => (text === '' ? [] : text.split(' '));

/** Whether an action is made on no resource that has an ARN: then only `*` surely grants it. */
export function takesNoArn(action: string): boolean {
  const [service = '', name = ''] = action.split(':');
  return split(actionList[service]?.plain ?? '').includes(name);
}

/** The actions of a pattern's service that it means; null for a service whose actions are not known here. */
export function actionsMatching(pattern: string): string[] | null {
  const [service = '', name = ''] = pattern.toLowerCase().split(':');
  const known = actionList[service];
  if (known === undefined) return null;
  const rules = { context: {}, variables: false, wildcards: true };
  return [...split(known.scoped), ...split(known.plain)]
    .filter((action) => matchText(name, action.toLowerCase(), rules).is === 'yes')
    .map((action) => `${service}:${action}`);
}
