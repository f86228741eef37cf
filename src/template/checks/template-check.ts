/** What the checks on templates share. */
import type { TemplateCheckId } from '../../catalogue/template-checks.js';
import type { Evidence } from '../../checks/define.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { Deployment } from '../deploy/deploy.js';
import type { PlannedMapping } from '../deploy/lambda.js';
import type { Location } from '../location.js';

/** A fault of a template, with its place. */
export interface TemplateFault {
  check: TemplateCheckId;
  status: 'fail' | 'warn';
  title: string;
  evidence: Evidence[];
  location: Location;
  related: Location[];
  /** A repair by hand, in a sentence. */
  fix: string;
}

export interface TemplateInput {
  deployment: Deployment;
  /** The account as it is; null where it is not given. */
  standing: Snapshot | null;
}

/** The faults that concern one mapping; the same fault may concern several mappings. */
export type JudgeTemplate = (mapping: PlannedMapping, input: TemplateInput) => TemplateFault[];
