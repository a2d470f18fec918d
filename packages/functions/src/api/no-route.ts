// Answers requests that match no route. API Gateway's own answers are not RFC 9457 problems, so its default route leads
// here.
import { nearest } from '@gatehouse/core/json/nearest';
import { shortened } from '@gatehouse/core/json/validation-issues';
import type { ApiAnswer } from './answer.ts';
import { type ApiRequest, http } from './http.ts';
import { problem } from './problem.ts';
import { ROUTES } from './routes.ts';

/** No path of ours is as long. */
const MAX_SHOWN_LENGTH = 200;

export async function noRoute(_ports: unknown, { method, path }: ApiRequest): Promise<ApiAnswer> {
  // A person who types the address of the reference.
  if (method === 'GET' && path === '/docs/') return { status: 302, headers: { location: '/docs' } };
  const routes = Object.keys(ROUTES).map(route => route.split(' '));
  const allowed = routes.flatMap(([has = '', template = '']) => (matches(template, path) ? [has] : []));
  if (allowed.length === 0) {
    const asked = shortened(`${method} ${path}`, MAX_SHOWN_LENGTH);
    // A route whose last part can be anything resembles nearly every path.
    const named = routes.filter(([, template]) => template !== '/docs/{file}');
    const ways = named.map(([has = '', template = '']) => `${has} ${filled(template, path)}`);
    const meant = nearest(asked, ways);
    const known = routes.map(route => route.join(' ')).join(', ');
    const advice = meant === undefined ? 'the routes are' : `did you mean ${meant}? The routes are`;
    return problem('RouteNotFound', `no route matches ${asked}; ${advice} ${known}`);
  }
  const answer = problem(
    'MethodNotAllowed',
    `${shortened(path, MAX_SHOWN_LENGTH)} supports ${allowed.join(', ')}`,
  );
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

/** The template with each parameter replaced by the path's own part. */
function filled(template: string, path: string): string {
  const given = path.split('/');
  return template
    .split('/')
    .map((part, at) => (part.startsWith('{') && given[at]) || part)
    .join('/');
}

export const handler = http(() => undefined, noRoute);
