// Crashes of functions. The Task fails with Lambda's name for the crash, either before the function has done anything, or
// after it has done everything, when only its answer is lost.
import type { HandlerOf } from '@gatehouse/local/functions';

export interface Crash {
  /** The function, by its file in `functions`, such as `steps/listener`. */
  file: string;
  /** Limits the crash to calls whose event has these members. */
  event?: Record<string, string>;
  error: string;
  when: 'before' | 'after';
}

/** A call meets the first planned crash that fits it. Each crash happens once and is removed from `planned`. */
export function crashing(handlerOf: HandlerOf, planned: () => Crash[]): HandlerOf {
  return async file => {
    const handler = await handlerOf(file);
    return async (event, context) => {
      const crash = planned().find(each => each.file === file && fits(each, event));
      if (!crash) return handler(event, context);
      planned().splice(planned().indexOf(crash), 1);
      if (crash.when === 'after') await handler(event, context);
      throw Object.assign(new Error(`${file} crashes as planned`), { name: crash.error });
    };
  };
}

function fits({ event: members = {} }: Crash, event: unknown): boolean {
  return Object.entries(members).every(([name, value]) => Object(event)[name] === value);
}
