/** Every command, in the order of the help. A new command is a folder here. */
import type { AnyCommand } from '../define-command.js';
import alarms from './alarms/definition.js';
import apply from './apply/definition.js';
import baseline from './baseline/definition.js';
import broker from './broker/definition.js';
import completion from './completion/definition.js';
import create from './create/definition.js';
import deleteMapping from './delete/definition.js';
import disable from './disable/definition.js';
import doctor from './doctor/definition.js';
import enable from './enable/definition.js';
import event from './event/definition.js';
import explain from './explain/definition.js';
import inspect from './inspect/definition.js';
import lag from './lag/definition.js';
import lint from './lint/definition.js';
import list from './list/definition.js';
import mcp from './mcp/definition.js';
import network from './network/definition.js';
import policy from './policy/definition.js';
import probe from './probe/definition.js';
import recreate from './recreate/definition.js';
import replay from './replay/definition.js';
import sandbox from './sandbox/definition.js';
import secret from './secret/definition.js';
import snapshot from './snapshot/definition.js';
import topic from './topic/definition.js';
import undo from './undo/definition.js';
import update from './update/definition.js';
import watch from './watch/definition.js';

export const commands: readonly AnyCommand[] = [
  doctor,
  watch,
  lint,
  probe,
  baseline,
  explain,
  lag,
  broker,
  network,
  inspect,
  list,
  policy,
  alarms,
  snapshot,
  create,
  update,
  enable,
  disable,
  deleteMapping,
  recreate,
  apply,
  undo,
  topic,
  secret,
  event,
  replay,
  sandbox,
  mcp,
  completion,
];
