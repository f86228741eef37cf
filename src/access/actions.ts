/** The actions that AWS has: to recognise names that are no actions, and actions that no ARN can grant. */
import { actionList } from './action-list.js';
import { matchText } from './pattern.js';

const split = (text: string): string[] => (text === '' ? [] : text.split(' '));

/** Whether no resource of the action has an ARN: then only `*` certainly grants it. */
export function takesNoArn(action: string): boolean {
  const [service = '', name = ''] = action.split(':');
  return split(actionList[service]?.plain ?? '').includes(name);
}

/** The actions that a pattern matches; null for a service whose actions are not known here. */
export function actionsMatching(pattern: string): string[] | null {
  const [service = '', name = ''] = pattern.toLowerCase().split(':');
  const known = actionList[service];
  if (known === undefined) return null;
  const rules = { context: {}, variables: false, wildcards: true };
  return [...split(known.scoped), ...split(known.plain)]
    .filter((action) => matchText(name, action.toLowerCase(), rules).is === 'yes')
    .map((action) => `${service}:${action}`);
}
