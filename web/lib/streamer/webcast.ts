/**
 * The webcast protocol: a source client over a WebSocket (github.com/webcast). First a text frame that
 * says who sends what, then the encoded stream in binary frames, and words about it in text frames. Of
 * success the server says nothing.
 */
import type { StreamMetadata } from './stream-status.ts';

/** The WebSocket's subprotocol. */
export const webcastProtocol = 'webcast';

/** The first frame. */
export function helloMessage(hello: { mime: string; user: string; password: string }): string {
  return JSON.stringify({ type: 'hello', data: hello });
}

/** A change of title. */
export function metadataMessage(data: StreamMetadata): string {
  return JSON.stringify({ type: 'metadata', data });
}

/** Why a server of this protocol ended a connection, as far as it says so. */
export type CloseCause = 'wrong-password' | 'unknown-mount' | 'refused' | 'unsaid';

// RFC 6455, 7.4.1.
const protocolError = 1002;
const internalError = 1011;

/** @param reason The server's words; Liquidsoap 2.1 has two. */
export function closeCause(code: number, reason: string): CloseCause {
  if (code === protocolError) return 'refused';
  if (code !== internalError) return 'unsaid';
  if (/auth/i.test(reason)) return 'wrong-password';
  return /mount/i.test(reason) ? 'unknown-mount' : 'refused';
}
