// The errors of a cloud whose codes each have one HTTP status.
import { CloudError } from './cloud.ts';

export function errorsBy<Code extends string>(
  statuses: Readonly<Record<Code, number>>,
): (code: Code, message: string) => CloudError {
  return (code, message) => new CloudError(code, statuses[code], message);
}
