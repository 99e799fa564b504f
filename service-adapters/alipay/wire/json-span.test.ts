import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { topLevelSpan } from './json-span';

describe('the signed part of an answer', () => {
  it('is taken character by character, spaces and escapes included', () => {
    const inner = '{ "code":"10000" , "qr_code":"https:\\/\\/qr","sub_msg":"a \\"sign\\":\\"x\\"} b" }';
    expect(topLevelSpan(`{"a_response":${inner},"sign":"s"}`, 'a_response')).toBe(inner);
    expect(topLevelSpan(`\n{ "sign" : "s", "a_response" : ${inner} }`, 'a_response')).toBe(inner);
  });

  it('is not taken from deeper down, nor from a text that carries it twice', () => {
    expect(topLevelSpan('{"x":{"a_response":{}},"sign":"s"}', 'a_response')).toBeUndefined();
    expect(topLevelSpan('{"a_response":{"code":"1"},"a_response":{"code":"2"}}', 'a_response')).toBeUndefined();
    expect(topLevelSpan('"a_response"', 'a_response')).toBeUndefined();
    expect(topLevelSpan('{"a_response":{"code":', 'a_response')).toBeUndefined();
  });

  it('is found in any JSON around it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), fc.boolean(), (others, inner, pretty) => {
        const { wanted: _, ...rest } = others;
        const json = JSON.stringify({ ...rest, wanted: inner }, null, pretty ? 2 : 0);
        expect(JSON.parse(topLevelSpan(json, 'wanted') ?? 'missing')).toEqual(JSON.parse(JSON.stringify(inner)));
      }),
    );
  });

  it('never hangs or throws on a text that is no JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\ a1') }), (text) => void topLevelSpan(text, 'a')),
    );
  });
});
