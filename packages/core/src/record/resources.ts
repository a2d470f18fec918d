// The resources of a cloud API: each applies the desired state that the steps of its kind have.
import type { Kind } from '../ports/kind.ts';
import type { Resource } from '../ports/resource.ts';
import type { DesiredByKind } from '../request/request.ts';

export type Resources = { [K in Kind]?: Resource<DesiredByKind[K]> };
