// Lists with page tokens. A token can become invalid while the list is read, for example because the object that it names was
// deleted between two pages.
import { RetryableError, TerminalError } from '@gatehouse/core/ports/errors';

export interface Page<Item> {
  items: Item[] | undefined;
  /** The token of the next page; undefined or empty on the last one. */
  next: string | undefined;
}

interface List<Item> {
  operation: string;
  /** Requests one page; the first one without a token. */
  page(token: string | undefined): Promise<Page<Item>>;
  /** The pages after one with such an item are not read. */
  isLast?(item: Item): boolean;
}

/** For a list whose tokens become invalid during each read. */
const MAX_READS = 3;

/**
 * The items of all pages. The cloud accepted the request for the first page, so if it calls a later one invalid, the token is the
 * cause, and the list is read again from the start. Throws RetryableError if that happens in each of several reads.
 */
export async function allPages<Item>(list: List<Item>): Promise<Item[]> {
  for (let read = 0; read < MAX_READS; read++) {
    const items = await readOnce(list);
    if (items !== 'tokenInvalid') return items;
  }
  throw new RetryableError('Busy', `${list.operation}: the list changed during each read`);
}

async function readOnce<Item>({ operation, page, isLast }: List<Item>): Promise<Item[] | 'tokenInvalid'> {
  const found: Item[] = [];
  const tokens = new Set<string>();
  for (let token: string | undefined; ; ) {
    const answer = await pageOrInvalid(page, token);
    if (answer === 'tokenInvalid') return answer;
    const { items = [], next } = answer;
    found.push(...items);
    if (next === undefined || next === '' || (isLast && items.some(isLast))) return found;
    if (tokens.has(next)) {
      throw new RetryableError('ServiceInternalError', `${operation}: a page token was repeated`);
    }
    tokens.add(next);
    token = next;
  }
}

async function pageOrInvalid<Item>(
  page: List<Item>['page'],
  token: string | undefined,
): Promise<Page<Item> | 'tokenInvalid'> {
  try {
    return await page(token);
  } catch (thrown) {
    if (token !== undefined && isInvalid(thrown)) return 'tokenInvalid';
    throw thrown;
  }
}

/** Only AWS Global Accelerator has an error of its own for a token. */
function isInvalid(thrown: unknown): boolean {
  if (thrown instanceof TerminalError) return thrown.code === 'InvalidRequest';
  return thrown instanceof RetryableError && thrown.provider?.errorCode === 'InvalidNextTokenException';
}
