/** Values of StateTransitionReason: who changed the mapping's state last, and why. */
import { claims, comparedText, type KnownText } from './known-text.js';
import { errorTexts, type ErrorTextId } from './texts.js';

const causesOf = (id: ErrorTextId) => errorTexts.find((entry) => entry.id === id)!.causes;
const enableAgain = 'Fix the cause, then enable the mapping. Lambda does not enable it again.';

/** AWS: troubleshooting Kafka event source mappings. */
export const stopCodes: readonly KnownText[] = [
  {
    id: 'stopped-mapping-not-valid',
    fragments: ['esm_config_not_valid'],
    text: 'ESM_CONFIG_NOT_VALID',
    meaning: 'Lambda found the mapping’s configuration invalid and stopped polling.',
    causes: [
      { check: 'mapping.source-access', because: 'its authentication does not match the cluster' },
      { check: 'mapping.schema-registry', because: 'its schema registry or a secret for it is not valid' },
      { check: 'mapping.destination', because: 'its on-failure destination is not valid' },
      { check: 'mapping.filter', because: 'its filter cannot be decrypted or is not valid' },
      { check: 'mapping.provisioned-pollers', because: 'its minimum or maximum event pollers are not valid' },
      { check: 'mapping.batch', because: 'its batch size or batching window is out of range' },
    ],
    remedy: enableAgain,
  },
  {
    id: 'stopped-not-authenticated',
    fragments: ['event_source_authn_error'],
    text: 'EVENT_SOURCE_AUTHN_ERROR',
    meaning: 'Lambda could not log in to the cluster and stopped polling.',
    causes: [
      ...causesOf('sasl-authentication-failed'),
      ...causesOf('server-failed-to-authenticate-lambda').filter(
        ({ check }) => check === 'secret.certificate' || check === 'secret.private-key',
      ),
    ],
    remedy: enableAgain,
  },
  {
    id: 'stopped-not-authorized',
    fragments: ['event_source_authz_error'],
    text: 'EVENT_SOURCE_AUTHZ_ERROR',
    meaning: 'Lambda lacks a permission to reach or read the cluster and stopped polling.',
    causes: [
      ...causesOf('cluster-failed-to-authorize'),
      {
        check: 'access.msk-api',
        because: 'the execution role may not describe the cluster or get its bootstrap brokers',
      },
      {
        check: 'access.network-interfaces',
        because: 'the execution role may not create the pollers’ network interfaces',
      },
    ],
    remedy: enableAgain,
  },
  {
    id: 'stopped-function-not-valid',
    fragments: ['function_config_not_valid'],
    text: 'FUNCTION_CONFIG_NOT_VALID',
    meaning: 'Lambda found the function’s configuration invalid and stopped polling.',
    causes: causesOf('function-call-failed').filter(({ check }) => check !== 'function.errors'),
    remedy: enableAgain,
  },
];

/** Searched last: a pasted mapping contains this code next to the text that matters more. */
export const changedByUser: KnownText = {
  id: 'changed-by-user',
  fragments: ['user_initiated', 'user initiated', 'user action'],
  text: 'USER_INITIATED',
  meaning: 'A user or a tool made the last change of the mapping. This does not show whether the mapping works.',
  causes: [{ check: 'mapping.state', because: 'if the mapping is Disabled, a user disabled it' }],
};

/** The stop code in a StateTransitionReason with which Lambda says that it stopped the mapping itself. */
export const stoppedBecause = (reason: string): KnownText | undefined =>
  stopCodes.find((code) => claims(code, comparedText(reason)));
