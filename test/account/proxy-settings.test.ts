import { describe, expect, test } from 'vitest';
import { excludedBy, namesProxy, proxyFor } from '../../src/account/proxy-settings.js';

const https = { protocol: 'https:', hostname: 'lambda.eu-west-1.amazonaws.com', port: '443' };
const http = { protocol: 'http:', hostname: 'localhost', port: '4566' };
const proxy = 'http://proxy.example:3128';

describe('the proxy of an address, as the AWS CLI finds it', () => {
  test.each([
    { name: 'none set', env: {}, used: null },
    { name: 'HTTPS_PROXY', env: { HTTPS_PROXY: proxy }, used: 'HTTPS_PROXY' },
    { name: 'https_proxy', env: { https_proxy: proxy }, used: 'https_proxy' },
    { name: 'lower case first', env: { HTTPS_PROXY: 'http://other:1', https_proxy: proxy }, used: 'https_proxy' },
    { name: 'turned off by an empty lower case', env: { HTTPS_PROXY: proxy, https_proxy: '' }, used: null },
    { name: 'an empty variable', env: { HTTPS_PROXY: '' }, used: null },
    { name: 'that of the other scheme', env: { HTTP_PROXY: proxy }, used: null },
    { name: 'ALL_PROXY, which botocore does not take', env: { ALL_PROXY: proxy }, used: null },
    { name: 'without a scheme', env: { HTTPS_PROXY: 'proxy.example:3128' }, used: 'HTTPS_PROXY' },
    { name: 'with slashes alone', env: { HTTPS_PROXY: '//proxy.example:3128' }, used: 'HTTPS_PROXY' },
    { name: 'excluded by name', env: { HTTPS_PROXY: proxy, NO_PROXY: https.hostname }, used: null },
    { name: 'excluded by domain', env: { HTTPS_PROXY: proxy, NO_PROXY: 'x.y, amazonaws.com' }, used: null },
    { name: 'excluded with a dot', env: { HTTPS_PROXY: proxy, no_proxy: '.amazonaws.com' }, used: null },
    { name: 'excluded in other letters', env: { HTTPS_PROXY: proxy, NO_PROXY: 'AmazonAWS.com' }, used: null },
    { name: 'excluded with its port', env: { HTTPS_PROXY: proxy, NO_PROXY: 'amazonaws.com:443' }, used: null },
    { name: 'another port', env: { HTTPS_PROXY: proxy, NO_PROXY: 'amazonaws.com:80' }, used: 'HTTPS_PROXY' },
    { name: 'everything excluded', env: { HTTPS_PROXY: proxy, NO_PROXY: '*' }, used: null },
    { name: 'part of a name', env: { HTTPS_PROXY: proxy, NO_PROXY: 'aws.com' }, used: 'HTTPS_PROXY' },
    { name: 'a pattern is no name', env: { HTTPS_PROXY: proxy, NO_PROXY: '*.amazonaws.com' }, used: 'HTTPS_PROXY' },
    { name: 'empty names', env: { HTTPS_PROXY: proxy, NO_PROXY: ',, ,' }, used: 'HTTPS_PROXY' },
  ])('$name: $used', ({ env, used }) => {
    const found = proxyFor(https, env);
    expect(found?.variable ?? null).toBe(used);
    if (found !== null) expect(found.url.host).toBe('proxy.example:3128');
  });

  test('an address without TLS takes HTTP_PROXY, but not in a CGI program', () => {
    expect(proxyFor(http, { HTTP_PROXY: proxy })?.variable).toBe('HTTP_PROXY');
    expect(proxyFor(http, { HTTP_PROXY: proxy, REQUEST_METHOD: 'GET' })).toBeNull();
    expect(proxyFor(http, { http_proxy: proxy, REQUEST_METHOD: 'GET' })?.variable).toBe('http_proxy');
    expect(proxyFor(http, { HTTPS_PROXY: proxy })).toBeNull();
  });

  test('what is no address is said with the variable, and not with its value', () => {
    const wrong = { HTTPS_PROXY: 'http://user:pass word@:::' };
    expect(() => proxyFor(https, wrong)).toThrow(/^HTTPS_PROXY is not a proxy address: use http:\/\/HOST:PORT\.$/);
  });

  test('which variable excludes an address', () => {
    expect(excludedBy(https, { NO_PROXY: 'amazonaws.com' })).toBe('NO_PROXY');
    expect(excludedBy(https, { no_proxy: '*' })).toBe('no_proxy');
    expect(excludedBy(https, { NO_PROXY: 'example.com' })).toBeNull();
    expect(namesProxy({ NO_PROXY: '*' })).toBe(false);
  });
});
