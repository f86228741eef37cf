/**
 * Headings of AWS's translated pages about these texts (Lambda developer guide, with-kafka-troubleshoot, in zh_cn, ja_jp,
 * de_de and fr_fr): Lambda itself shows every text in English. In Japanese the ending of the verb varies.
 */
import type { ErrorTextId } from './texts.js';

export const translatedHeadings: Partial<Record<ErrorTextId, readonly string[]>> = {
  'cluster-failed-to-authorize': [
    '集群未能授权 Lambda',
    'クラスターが Lambda の認可に失敗',
    'Cluster konnte Lambda nicht autorisieren',
    'Le cluster n’a pas pu autoriser Lambda',
  ],
  'sasl-authentication-failed': [
    'SASL 身份验证失败',
    'SASL 認証に失敗',
    'SASL-Authentifizierung fehlgeschlagen',
    'Échec de l’authentification SASL',
  ],
  'server-failed-to-authenticate-lambda': ['服务器未能通过 Lambda 的身份验证', 'サーバーが Lambda の認証に失敗'],
  'lambda-failed-to-authenticate-server': ['Lambda 未能对服务器进行身份验证', 'Lambda がサーバーの認証に失敗'],
  'invalid-certificate-or-key': ['提供的证书或私有密钥无效'],
};
