// What no route matches: API Gateway's own answers are no problems (RFC 9457), so its default route leads here.
import { nearest } from '@gatehouse/core/json/nearest';
import type { ApiAnswer } from './answer.ts';
import { type ApiRequest, http } from './http.ts';
import { problem } from './problem.ts';
import { ROUTES } from './routes.ts';

export async function noRoute(_ports: unknown, { method, path }: ApiRequest): Promise<ApiAnswer> {
  const routes = Object.keys(ROUTES).map(route => route.split(' '));
  const allowed = routes.flatMap(([has = '', template = '']) => (matches(template, path) ? [has] : []));
  if (allowed.length === 0) {
    const asked = `${method} ${path}`;
    // Nearly any path is like one where a name may be anything.
    const named = routes.filter(([, template]) => template !== '/docs/{file}');
    const ways = named.map(([has = '', template = '']) => `${has} ${filled(template, path)}`);
    const meant = nearest(asked, ways);
    const known = routes.map(route => route.join(' ')).join(', ');
    const advice = meant === undefined ? 'there are' : `did you mean ${meant}? There are`;
    return problem('RouteNotFound', `${asked} is no route; ${advice} ${known}`);
  }
  const answer = problem('MethodNotAllowed', `${path} takes ${allowed.join(', ')}`);
  return { ...answer, headers: { ...answer.headers, allow: allowed.join(', ') } };
}

function matches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => (part.startsWith('{') ? given[at] !== '' : part === given[at]))
  );
}

/** With what the path has in the place of each parameter. */
function filled(template: string, path: string): string {
  const given = path.split('/');
  return template
    .split('/')
    .map((part, at) => (part.startsWith('{') && given[at]) || part)
    .join('/');
}

export const handler = http(() => undefined, noRoute);
