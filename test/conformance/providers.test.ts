// The suite of providers: an entry that is right passes, one that is not fails, and others are named.
import { describe, expect, test } from 'vitest';
import { oldField, providerFixtures } from './provider-fixtures.js';
import { runFile } from './runner.js';
import * as providers from './suites/providers.js';

/** From the AWS documentation, as vectors/http has it, in the form of an entry. */
const AWS = {
  id: 'aws-sigv4/one',
  provider: 'AWS',
  direction: 'sign',
  key: { value: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
  message: {
    context: {
      region: 'us-east-1',
      service: 's3',
      timestamp: '2013-05-24T00:00:00Z',
      sign_body: true,
    },
    request: 'GET /?lifecycle HTTP/1.1\nHost:examplebucket.s3.amazonaws.com\n',
    canonicalRequest:
      'GET\n/\nlifecycle=\nhost:examplebucket.s3.amazonaws.com\nx-amz-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nx-amz-date:20130524T000000Z\n\nhost;x-amz-content-sha256;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    stringToSign:
      'AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n9766c798316ff2757b517bc739a67f6213b4ab36dd5da2f94eaebf79c77395ca',
  },
  expected: { value: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543' },
};
/** draft-cavage-http-signatures-12, C.1. */
const CAVAGE = {
  id: 'cavage/C.1',
  provider: 'draft',
  direction: 'verify',
  key: {
    value:
      '-----BEGIN PUBLIC KEY-----\nMIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3\n6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6\nZ4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw\noYi+1hqp1fIekaxsyQIDAQAB\n-----END PUBLIC KEY-----\n',
    keyId: 'Test',
  },
  message: { signingString: 'date: Sun, 05 Jan 2014 21:31:40 GMT' },
  expected: {
    value:
      'SjWJWbWN7i0wzBvtPl8rbASWz5xQW6mcJmn+ibttBqtifLN7Sazz6m79cNfwwb8DMJ5cou1s7uEGKKCs+FLEEaDV5lp7q25WqS+lavg7T8hc0GppauB6hbgEKTwblDHYGEtbGmtdHgVCk9SuS13F0hZ8FD0k/5OxEPXe5WozsbM=',
  },
};
const DIGEST = {
  id: 'empty',
  provider: 'psd2-rabobank',
  direction: 'digest',
  body: '',
  expected_header: 'sha-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
};
const OAUTH = {
  id: 'mastercard-oauth1/base',
  provider: 'Mastercard',
  direction: 'canonicalisation',
  message: { method: 'GET', baseUri: 'https://a.example/b', paramString: 'c=d%20e' },
  expected: { value: 'GET&https%3A%2F%2Fa.example%2Fb&c%3Dd%2520e' },
};
const HASH = {
  ...OAUTH,
  message: { body: '' },
  expected: { value: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' },
};

function reportOf(content: unknown): ReturnType<typeof runFile> {
  const file = {
    path: 'p.json',
    name: 'p.json',
    octets: () => new TextEncoder().encode(JSON.stringify(content)),
    text: () => JSON.stringify(content),
    json: () => content,
    beside: () => undefined,
  };
  return runFile([providers], file);
}

function counts(content: unknown): readonly number[] | undefined {
  const report = reportOf(content);
  return report === undefined ? undefined : [report.passed, report.failed, report.skipped];
}

describe('the suite of providers', () => {
  test.each([
    ['SigV4', AWS],
    ['draft-cavage', CAVAGE],
    ['a digest', DIGEST],
    ['a base string', OAUTH],
    ['a digest of a body', HASH],
  ])('passes what is right and fails what is not: %s', (_title, entry) => {
    const wrong = JSON.parse(
      JSON.stringify(entry).replace(/fea454ca|SjWJWbWN|47DEQpj8|a\.example%2Fb/, (text) =>
        text.split('').toReversed().join(''),
      ),
    ) as unknown;
    expect(counts([entry])).toEqual([1, 0, 0]);
    expect(counts([wrong])).toEqual([0, 1, 0]);
  });

  test.each(providerFixtures().map((fixture) => [fixture.title, fixture] as const))(
    'passes what is right of each provider, and fails what is not: %s',
    (_title, { right, wrong, questions, failures }) => {
      const others = right.length - 1;
      expect(counts(right)).toEqual([questions, 0, others]);
      expect(counts(wrong)).toEqual([questions - failures, failures, others]);
    },
  );

  test('names what policy refuses, once it was refused', () => {
    expect(reportOf(oldField())?.refused).toEqual({ 'policy: RSAES-PKCS1-v1_5': 1 });
  });

  test('names an entry whose key is elsewhere, and one that it can not read', () => {
    const entry = { id: 'a', provider: 'wechatpay-v3', direction: 'sign' };
    const signed = { message: 'a', expected_signature: 'AA==', private_key_ref: 'none' };
    const content = [{ ...entry, ...signed }, entry, { ...entry, provider: 'alipay-v2' }];
    expect(reportOf(content)?.notRun).toEqual({
      'its key is that of another entry, which is not here': 1,
      'an entry of a form that is not known': 2,
    });
  });

  test('names what it does not run, and knows no other file', () => {
    expect(counts([{ id: 'a/b', provider: 'Other', direction: 'sign' }])).toEqual([0, 0, 1]);
    expect(counts([{ id: 'a/b' }])).toBeUndefined();
    expect(counts({ provider: 'Other' })).toBeUndefined();
    expect(counts([])).toBeUndefined();
  });
});
