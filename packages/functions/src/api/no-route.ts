// What no route matches: API Gateway's own answers are no problems (RFC 9457), so its default route leads here.
import { type ApiAnswer, type ApiRequest, http } from './http.ts';
import { problem } from './problem.ts';
import { ROUTES } from './routes.ts';

export async function noRoute(_ports: unknown, { method, path }: ApiRequest): Promise<ApiAnswer> {
  const routes = Object.keys(ROUTES).map(route => route.split(' '));
  const allowed = routes.flatMap(([has = '', template = '']) => (matches(template, path) ? [has] : []));
  if (allowed.length === 0) {
    const known = routes.map(route => route.join(' ')).join(', ');
    return problem('RouteNotFound', `${method} ${path} is no route; there are ${known}`);
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

export const handler = http(() => undefined, noRoute);
