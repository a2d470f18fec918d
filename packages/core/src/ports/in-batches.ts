/** Calls in batches, because the callee has a rate limit. Results are in the order of `list`. */
export async function inBatches<T, R>(
  list: readonly T[],
  atOnce: number,
  act: (each: T) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = [];
  for (let from = 0; from < list.length; from += atOnce) {
    answers.push(...(await Promise.all(list.slice(from, from + atOnce).map(act))));
  }
  return answers;
}
