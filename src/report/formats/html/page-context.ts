/** What the sections of a page share. */
import type { Report } from '../report.js';
import type { MappingDetails } from './details.js';

export interface PageContext {
  command: Report['command'];
  details: (id: string) => MappingDetails;
  /** A repair plan follows, so that findings show no repair of their own. */
  hasPlan: boolean;
  hasRegions: boolean;
  account: { profile?: string | undefined; source: readonly string[] };
  /** Network paths that are already on the page, by their contents. */
  drawn: Map<string, { id: string; name: string }>;
}
