/** Every command, in the order of the help. A new one is a definition here beside it and a run in ../run. */
import type { AnyCommand } from '../define.js';
import apply from './apply.js';
import broker from './broker.js';
import create from './create.js';
import deleteMapping from './delete.js';
import disable from './disable.js';
import doctor from './doctor.js';
import enable from './enable.js';
import explain from './explain.js';
import inspect from './inspect.js';
import list from './list.js';
import network from './network.js';
import policy from './policy.js';
import recreate from './recreate.js';
import sandbox from './sandbox.js';
import secret from './secret.js';
import snapshot from './snapshot.js';
import topic from './topic.js';
import update from './update.js';

export const commands: readonly AnyCommand[] = [
  doctor,
  explain,
  broker,
  network,
  inspect,
  list,
  policy,
  snapshot,
  create,
  update,
  enable,
  disable,
  deleteMapping,
  recreate,
  apply,
  topic,
  secret,
  sandbox,
];
