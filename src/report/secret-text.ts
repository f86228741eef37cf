/** Secrets for people. Contains nothing of their content. */
import type { Finding } from '../checks/run.js';
import type { SecretDiagnosis } from '../diagnosis/secret.js';
import type { SecretProfile } from '../snapshot/resources/index.js';
import { renderFinding, type FindingStyle } from './doctor-finding.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

const kinds = {
  scram: 'a user for SASL/SCRAM',
  mtls: 'a client certificate for mutual TLS',
  basic: 'a user of a schema registry (BASIC_AUTH)',
  oauth: 'OAuth credentials for a schema registry (OAUTHBEARER_AUTH)',
  'root-ca': 'a root CA certificate of a schema registry (SERVER_ROOT_CA_CERTIFICATE)',
};
const verdicts = {
  healthy: 'All checks pass.',
  'at-risk': 'Usable, with warnings:',
  broken: 'Not usable:',
  unknown: 'Could not check everything:',
};

export interface SecretStyle extends FindingStyle {
  verbose: boolean;
}

export const renderSecrets = (secrets: readonly SecretDiagnosis[], style: SecretStyle): string =>
  secrets.map((secret) => renderSecret(secret, style)).join('\n\n');

function renderSecret({ secret, type, verdict, profile, findings }: SecretDiagnosis, style: SecretStyle): string {
  const { colour, columns, verbose } = style;
  const open = findings
    .filter(({ status }) => status === 'fail')
    .concat(
      findings.filter(({ status }) => status === 'warn'),
      findings.filter(({ status }) => status === 'unknown'),
    );
  const rest = findings.filter((finding) => !open.includes(finding));
  return [
    wrap(
      `${colour.bold(visible(secret))}: ${type === null ? 'its fields are neither those of a user nor those of a client certificate' : kinds[type]}`,
      { columns, hang: 2 },
    ),
    ...(profile === null
      ? []
      : profileLines(profile).map((line) => wrap(visible(line), { columns, indent: 2, hang: 2 }))),
    wrap(verdicts[verdict], { columns, indent: 2 }),
    ...open.map((finding) => renderFinding(finding, style)),
    ...(verbose ? rest.map((finding) => otherLine(finding, columns)) : []),
  ].join('\n');
}

const otherLine = ({ check, status, title }: Finding, columns: number): string =>
  wrap(`- ${check}: ${status === 'pass' ? 'pass' : visible(title)}`, { columns, hang: 2 });

/** The profile of the content in lines, without secret values. */
function profileLines({ bytes, principal, principalWithheld, certificate, privateKey }: SecretProfile): string[] {
  return [
    ...(principalWithheld === true ? ['principal: not shown, because it could be the password'] : []),
    ...(principal === undefined ? [] : [`principal ${principal}`]),
    ...(certificate === undefined
      ? []
      : certificate.chain.map(
          ({ subject, notAfter }, index) =>
            `${index === 0 ? 'certificate' : 'issued by'} ${subject}, valid until ${notAfter.slice(0, 10)}`,
        )),
    ...(privateKey === undefined || privateKey.container === 'none' ? [] : [`key ${keyLine(privateKey)}`]),
    `${bytes} bytes`,
  ];
}

function keyLine({
  container,
  algorithm,
  curve,
  encryption,
  scheme,
  matchesCertificate,
}: NonNullable<SecretProfile['privateKey']>): string {
  return [
    [container, algorithm, curve].filter((word) => word !== undefined).join(' '),
    ...(encryption === undefined ? [] : [`encrypted with ${scheme ?? encryption}`]),
    ...(matchesCertificate === 'yes' ? ['belongs to the certificate'] : []),
  ].join(', ');
}
