/** The contents of all secrets with which a mapping logs in to its schema registry. */
import { secretNameOf } from '../../../aws/secret-arn.js';
import type { Fix } from '../../../fixes/fix.js';
import type { ReadFailure } from '../../../snapshot/read.js';
import type { Facts } from '../../../subject/subject.js';
import { fail, warn, type Evidence, type Judgement } from '../../define.js';
import type { RegistryErrors } from './registry-errors.js';
import { contentFaults } from './registry-secret.js';
import { contentFixes } from './registry-secret-check.js';

/** One fault or risk of a content; the resource of the evidence is the secret. */
export interface ContentFact extends Evidence {
  title: string;
}

export interface RegistryContents {
  /** Lambda cannot use the secret. */
  faults: ContentFact[];
  /** AWS does not document what Lambda does then. */
  risks: ContentFact[];
  /** Failed reads of contents. */
  unread: ReadFailure[];
  /** For each secret with a fault or a risk. */
  fixes: Fix[];
}

export function judgeContents(secrets: Facts['registrySecrets'], now: Date): RegistryContents {
  const judged = secrets.map((entry) => {
    const { type, uri, profile } = entry;
    const { faults, risks } =
      profile.is === 'known' ? contentFaults(type, profile.value, now) : { faults: [], risks: [] };
    const toFact = (fact: string): ContentFact => ({
      resource: uri,
      fact,
      title: `Schema registry secret ${secretNameOf(uri)} (${type ?? 'no type'}): ${fact}`,
    });
    return {
      faults: faults.map(toFact),
      risks: risks.map(toFact),
      unread: profile.is === 'unread' ? profile.missing : [],
      fixes: faults.length + risks.length > 0 ? contentFixes(entry) : [],
    };
  });
  return {
    faults: judged.flatMap(({ faults }) => faults),
    risks: judged.flatMap(({ risks }) => risks),
    unread: judged.flatMap(({ unread }) => unread),
    fixes: judged.flatMap(({ fixes }) => fixes),
  };
}

/**
 * The finding where a content has a fault or a risk, with the errors that the mapping counted; null where none has.
 * `fixes`: for the registry as a whole, after those of the contents.
 */
export function withErrors(
  { faults, risks, fixes: ofContents }: RegistryContents,
  counted: Judgement<RegistryErrors> | null,
  { uuid, works, fixes }: { uuid: string; works: boolean; fixes: readonly Fix[] },
): Judgement<{ uuid: string; facts: string[]; contents: ContentFact[]; fixes: Fix[] }> | null {
  if (faults.length + risks.length === 0) return null;
  const errors = counted?.status === 'warn' || counted?.status === 'fail' ? counted.evidence.facts : [];
  const evidence = { uuid, facts: errors, contents: [...faults, ...risks], fixes: [...ofContents, ...fixes] };
  return counted?.status === 'fail' || (faults.length > 0 && !works) ? fail(evidence) : warn(evidence);
}
