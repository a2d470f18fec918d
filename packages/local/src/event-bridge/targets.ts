// The kinds of targets of a rule: a function (called asynchronously), a standard queue, another bus of this account.
export type TargetKind =
  | { kind: 'function'; name: string }
  | { kind: 'queue'; name: string }
  | { kind: 'bus'; name: string };

const KINDS: [TargetKind['kind'], RegExp][] = [
  ['function', /^arn:aws:lambda:[^:]+:\d{12}:function:([A-Za-z0-9_-]+)(?::[^:]+)?$/],
  ['queue', /^arn:aws:sqs:[^:]+:\d{12}:([A-Za-z0-9_-]{1,80})$/],
  ['bus', /^arn:aws:events:[^:]+:\d{12}:event-bus\/([/.\-_A-Za-z0-9]+)$/],
];

export function targetOf(arn: string): TargetKind | undefined {
  for (const [kind, pattern] of KINDS) {
    const [, name] = pattern.exec(arn) ?? [];
    if (name) return { kind, name };
  }
  return undefined;
}
