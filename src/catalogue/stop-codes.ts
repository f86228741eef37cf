/** Values of StateTransitionReason: who changed the mapping's state last, and why. */
import { claims, comparedText, type KnownText } from './known-text.js';
import { errorTexts, type ErrorTextId } from './texts.js';

const causesOf = (id: ErrorTextId) => errorTexts.find((entry) => entry.id === id)!.causes;
const enableAgain = 'Mend the cause, then enable the mapping: Lambda does not try again by itself.';

/** AWS: troubleshooting Kafka event source mappings. */
export const stopCodes: readonly KnownText[] = [
  {
    id: 'stopped-mapping-not-valid',
    fragments: ['esm_config_not_valid'],
    text: 'ESM_CONFIG_NOT_VALID',
    meaning: 'Lambda found the mapping’s configuration invalid and stopped polling.',
    causes: [
      { check: 'mapping.source-access', because: 'its authentication does not fit the cluster' },
      { check: 'mapping.schema-registry', because: 'its schema registry’s settings or the secrets for it are wrong' },
      { check: 'mapping.destination', because: 'its on-failure destination does not work' },
      { check: 'mapping.filter', because: 'its filter cannot be read' },
      { check: 'mapping.provisioned-pollers', because: 'its limits of pollers contradict each other' },
      { check: 'mapping.batch', because: 'its batching is out of range' },
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
    meaning: 'Lambda lacks a right to reach or read the cluster and stopped polling.',
    causes: [
      ...causesOf('cluster-failed-to-authorize'),
      { check: 'access.msk-api', because: 'the execution role may not ask MSK for the cluster and its brokers' },
      {
        check: 'access.network-interfaces',
        because: 'the execution role may not make the pollers’ network interfaces',
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
  meaning: 'A user, or a tool in a user’s name, changed the mapping last. That says nothing about whether it works.',
  causes: [{ check: 'mapping.state', because: 'where the mapping is Disabled, a user disabled it' }],
};

/** The stop code in a StateTransitionReason with which Lambda says that it stopped the mapping itself. */
export const stoppedBecause = (reason: string): KnownText | undefined =>
  stopCodes.find((code) => claims(code, comparedText(reason)));
