import * as c from '../codec';
import { route } from '../route';

/**
 * The remote codec that the Temporal UI and CLI speak: its endpoint is `/v1/codec`, and they add the last part of the path. A payload may
 * have 2 MB by Temporal's own limit.
 */
export const codecRoutes = {
  decodePayloads: route({
    name: 'decodePayloads',
    method: 'POST',
    path: '/v1/codec/decode',
    rule: 'ops.decode',
    tag: 'ops',
    summary: {
      zh: '解密本运营商租约的工作流数据（Temporal 界面与命令行使用）',
      en: 'Decrypts workflow payloads of the caller’s own operator, for the Temporal UI and CLI',
    },
    body: c.codecBody,
    bodyLimit: '4mb',
    reply: c.codecReply,
  }),
  encodePayloads: route({
    name: 'encodePayloads',
    method: 'POST',
    path: '/v1/codec/encode',
    rule: 'ops.decode',
    tag: 'ops',
    summary: {
      zh: '加密要发给工作流的数据（Temporal 界面与命令行使用）',
      en: 'Encrypts payloads that are about to be sent to a workflow, for the Temporal UI and CLI',
    },
    body: c.codecBody,
    bodyLimit: '4mb',
    reply: c.codecReply,
  }),
};
