/** What the catalogue knows of a text of AWS, whatever its place: a mapping's result, a refused request, the pollers' log. */
import type { CheckId } from './check-ids.js';

export interface KnownText {
  /** Public, as `explain --list` shows it; never used again for something else. */
  id: string;
  /** Lower-case pieces, any of which tells the text. */
  fragments: readonly string[];
  /** The text as AWS shows it; names of resources in capitals. */
  text: string;
  /** What it says, and how far whoever shows it got. */
  meaning: string;
  /** Checks known to produce it, the most frequent cause first, each with how it leads to this text. */
  causes: readonly ExplainedCause[];
  /** What to do where no check's fix says it. */
  remedy?: string;
}

export interface ExplainedCause {
  check: CheckId;
  because: string;
  /** Only of a mapping whose failed records go to a Kafka topic: no other destination is the cluster's to refuse. */
  ofKafkaDestination?: true;
}

/** For texts of a create that comes right after its role was made. */
export const waitForRights =
  'Rights take some minutes to reach Lambda: where the role or its policy is new, wait and try again.';
