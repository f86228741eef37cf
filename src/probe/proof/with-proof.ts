/** Checks that a probe has decided, and their place among the causes. */
import { pass, undecided, type AnyCheck, type Judgement } from '../../checks/define.js';
import type { Diagnosis, MappingDiagnosis } from '../../diagnosis/diagnosis.js';
import type { Proof, ProvenFinding } from './proof-of-probe.js';

/** The same checks; those that were proven need no fact and give what was proven. */
export const checksWithProof = (checks: readonly AnyCheck[], proof: Proof | undefined): readonly AnyCheck[] =>
  checks.map((check) => {
    const finding = proof?.findings.get(check.id);
    return finding === undefined ? check : provenCheck(check, finding);
  });

/** The same proof without success where a check warns: a login that works today may have a certificate that expires soon. */
export function besidesWarnings(proof: Proof, mapping: Pick<MappingDiagnosis, 'findings'> | undefined): Proof {
  const warned = new Set((mapping?.findings ?? []).flatMap(({ check, status }) => (status === 'warn' ? [check] : [])));
  const findings = [...proof.findings].filter(([check, { status }]) => status !== 'pass' || !warned.has(check));
  return { ...proof, findings: new Map(findings) };
}

function provenCheck(check: AnyCheck, finding: ProvenFinding): AnyCheck {
  const { missing: _missing, kind: _kind, fixes: _fixes, ...rest } = check;
  if (finding.status === 'pass') return { ...rest, needs: [], mayUse: [], judge: () => pass };
  const { title, evidence, fixes, status, kind } = finding;
  const judge = (): Judgement<unknown> =>
    status === 'unknown' ? undecided(title, [], evidence) : { status, evidence: null };
  return {
    ...rest,
    needs: [],
    mayUse: [],
    judge,
    describe: () => ({ title, evidence }),
    fixes: () => fixes,
    ...(kind === undefined ? {} : { kind: () => kind }),
  };
}

/** What a probe shows is more certain than what a configuration suggests. */
const confidence = 0.99;

/** The same diagnosis: proven causes first, and what the probe showed among the hints. */
export const withProof = (diagnosis: Diagnosis, proofs: ReadonlyMap<string, Proof>): Diagnosis => ({
  ...diagnosis,
  mappings: diagnosis.mappings.map((mapping) => {
    const proof = proofs.get(mapping.uuid);
    return proof === undefined ? mapping : proven(mapping, proof);
  }),
});

function proven(mapping: MappingDiagnosis, { findings, hints }: Proof): MappingDiagnosis {
  const isProven = (check: MappingDiagnosis['causes'][number]['check']): boolean =>
    findings.get(check)?.status === 'fail';
  const first = mapping.causes
    .filter(({ check }) => isProven(check))
    .map((cause) => ({ ...cause, confidence, because: becauseOf(findings.get(cause.check)) }));
  return {
    ...mapping,
    causes: [...first, ...mapping.causes.filter(({ check }) => !isProven(check))],
    hints: [...mapping.hints, ...hints],
  };
}

const becauseOf = (finding: ProvenFinding | undefined): string =>
  (finding !== undefined && 'because' in finding ? finding.because : undefined) ??
  'The probe shows it: the brokers answered so.';
