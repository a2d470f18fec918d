// The access rules of a stage, checked before anything is deployed: who can call it depends on its other settings.
import { accessWarnings, parseAccess } from '@gatehouse/functions/permissions';
import type { Settings } from './settings.ts';

/** Of the 4 KB of a function's environment, which has names and ARNs as well. */
const MAX_BYTES = 2_560;

/** The rules as JSON for the environment of the functions. Throws an Error that lists every issue. */
export function accessOf({ access, jwt, eventSources }: Settings): string {
  const identities = { tokenIssuer: jwt?.issuer, eventSources: Object.keys(eventSources) };
  const checked = parsed(() => parseAccess(access, identities));
  for (const warning of accessWarnings(checked)) console.warn(warning);
  const text = JSON.stringify(checked);
  refuseIfTooLarge({
    'the access rules': text,
    'the names of eventSources': identities.eventSources.join(','),
    'the issuer of jwt': identities.tokenIssuer ?? '',
  });
  return text;
}

/** Of the settings in the environment, those of any length. */
function refuseIfTooLarge(settings: Record<string, string>): void {
  const sizes = Object.entries(settings).map(
    ([name, text]) => [name, new TextEncoder().encode(text).length] as const,
  );
  const all = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  if (all <= MAX_BYTES) return;
  const each = sizes.map(([name, bytes]) => `${name} ${bytes}`).join(', ');
  throw new Error(
    `The environment of a function has room for ${MAX_BYTES} bytes of settings, and these have ${all}: ${each}; use patterns such as arn:aws:lambda:*:123456789012:function:shop-* and com.example.*`,
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
