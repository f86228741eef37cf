/** The answer of a probe as data that every format renders. */
import type { ProbeOrigin } from '../../probe/judge/probe-context.js';
import type { ProbeJudgement } from '../../probe/judge/judge-probe.js';
import type { SubnetsReport } from '../documents/probe.js';

/** What `probe` has learned, and from where; `target`: what the user probed, for people. */
export interface ProbeAnswer {
  judgement: ProbeJudgement;
  from: ProbeOrigin;
  target: string;
  region: string | null;
  showsRecord: boolean;
  /** With --from-vpc. */
  remote?: SubnetsReport;
}
