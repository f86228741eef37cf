/** What a probe connects to and as whom, and what is known for the judgement of its result. */
import type { Clients } from '../../../account/clients.js';
import type { AuthMethod } from '../../../aws/msk.js';
import type { ProbeContext } from '../../../probe/judge/probe-context.js';
import type { ProbeJudgement } from '../../../probe/judge/judge-probe.js';
import type { HostPort } from '../../../probe/probe-input.js';
import type { ProbeCredentials } from '../../../probe/probe-input.js';

export interface ProbePlan {
  /** For people: the mapping, the cluster, or the addresses. */
  label: string;
  region: string;
  bootstrap: HostPort[];
  auth: AuthMethod;
  credentials: ProbeCredentials;
  /** Values that no output may contain. */
  hidden: string[];
  topic: string | null;
  group: string | null;
  context: Omit<ProbeContext, 'from' | 'hasAuthority'>;
  /** Null where nothing of an account was read. */
  clients: Clients | null;
}

/** A probe that ended with findings before it connected. */
export interface EndedProbe {
  auth: AuthMethod;
  judgement: ProbeJudgement;
  label: string;
}

/** A probe for which AWS could not be read. The reasons are sentences. */
export interface UnreadProbe {
  label: string;
  because: readonly string[];
}

export const isEnded = (plan: ProbePlan | EndedProbe): plan is EndedProbe => 'judgement' in plan;
export const isUnread = (plan: ProbePlan | EndedProbe | UnreadProbe): plan is UnreadProbe => 'because' in plan;
