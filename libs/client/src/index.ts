export { createClient, type Client } from './client.js';
export { ApiError, type ErrorBody, type ErrorCode } from './api-error.js';
export { fetchTransport, type FetchOptions } from './fetch-transport.js';
export { withRefresh, type RefreshOptions } from './with-refresh.js';
export type { Answer, Call, Transport } from './transport.js';
