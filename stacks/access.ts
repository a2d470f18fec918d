// The access rules of a stage, checked before anything is deployed: who can call it depends on its other settings.
import { accessWarnings, parseAccess } from '@gatehouse/functions/permissions';
import type { Settings } from './settings.ts';

/** Of the 4 KB of a function's environment, which has names, ARNs and other settings as well. */
const MAX_BYTES = 2_560;

/** The rules as JSON for the environment of the functions. Throws an Error that lists every issue. */
export function accessOf({ access, jwt, eventSources }: Settings): string {
  const identities = { tokenIssuer: jwt?.issuer, eventSources: Object.keys(eventSources) };
  const checked = parsed(() => parseAccess(access, identities));
  for (const warning of accessWarnings(checked)) console.warn(warning);
  const text = JSON.stringify(checked);
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= MAX_BYTES) return text;
  throw new Error(
    `The access rules have ${bytes} bytes, and the environment of a function has room for ${MAX_BYTES}; use patterns such as arn:aws:lambda:*:123456789012:function:shop-*`,
  );
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The access rules in stacks/settings.ts are not valid: ${why}`, { cause });
  }
}
