/** The environment in which a command executes its plan. */
import type { Clients } from '../../account/clients.js';
import { systemClock, type Clock } from '../../mapping/clock.js';
import type { Environment } from '../../plan/execution/environment.js';
import type { Io } from '../io.js';
import type { Observer } from './observer.js';

export interface ExecutionSetting {
  io: Io;
  clients: Clients;
  observer: Observer;
  clock?: Clock;
  /** The limit for each wait, in seconds. */
  waitTimeout?: number;
  /** By placeholder. */
  secrets?: Environment['secrets'];
  /** Only steps of mappings have checks during the step. */
  read?: Environment['read'];
}

export const environmentFor = ({
  io,
  clients,
  observer,
  clock = systemClock(io.signal),
  waitTimeout = 0,
  secrets = {},
  read = () => Promise.reject(new Error('this step has no mapping to read')),
}: ExecutionSetting): Environment => ({
  clients,
  clock,
  limit: waitTimeout * 1000,
  signal: io.signal,
  read,
  secrets,
  observe: observer.observe,
});
