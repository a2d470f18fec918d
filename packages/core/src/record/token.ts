// Deterministic identifiers: the job's id, the idempotency token of a create, the hash of a request. None contains an attempt,
// a time or anything random, so a retry always has the same one.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * The idempotency token that is sent to the cloud: 64 hex characters, the shortest limit of all supported clouds. The generation
 * increases only if the ledger proves that the earlier object is gone.
 */
export function idempotencyToken(jobId: string, stepId: string, generation: number): string {
  return sha256(`${jobId}|${stepId}|${generation}`);
}

/** A caller's idempotency key identifies one job: the same caller and key are always the same job. */
export function jobIdOf(caller: string, idempotencyKey: string): string {
  return `job-${sha256(JSON.stringify([caller, idempotencyKey])).slice(0, 32)}`;
}

/** Equal for equal requests: member order, white space, YAML or JSON make no difference. */
export function requestHash(request: unknown): string {
  return sha256(canonicalJson(request));
}

/** RFC 8785 JSON: one text for one value. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only a JSON value has a canonical form');
  return text;
}

/** In hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
