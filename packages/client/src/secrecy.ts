// Where credentials may be sent: over TLS, or within this machine.

const THIS_MACHINE = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Why nothing secret may be sent to this URL; undefined if it may. */
export function notSecret(url: string): string | undefined {
  const { protocol, hostname, origin } = new URL(url);
  if (protocol === 'https:' || THIS_MACHINE.test(hostname)) return undefined;
  return `credentials are sent over https only, or within this machine, and not to ${origin}`;
}
