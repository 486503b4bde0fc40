export type { FailureKind } from './errors.js';
export { WechatError } from './errors.js';
export type { Fetch } from './http.js';
export type { FittedData, TemplateValue } from './template-data.js';
export { beijingText, fitTemplateData, fitTemplateValue } from './template-data.js';
export type { StoredToken, TokenStore } from './token-store.js';
export { MemoryTokenStore } from './token-store.js';
export type {
  QrCodeRequest,
  SecCheckRequest,
  SecCheckResult,
  SubscribeMessage,
  SubscribeResult,
  WechatConfig,
  WechatPhone,
  WechatSession,
} from './wechat-client.js';
export { WechatClient } from './wechat-client.js';
