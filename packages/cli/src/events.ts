// `gatehouse events`: the history of a job, one line per event, up to now or until the job has ended.
import type { JobEvent } from '@gatehouse/client';
import type { Watching } from './follow.ts';
import { jobIdOf } from './jobs.ts';

export async function events(
  watching: Watching,
  word: string,
  { after, follow = false }: { after: number; follow?: boolean },
): Promise<void> {
  const { client, terminal, print } = watching;
  const { stopped: signal } = terminal;
  const id = await jobIdOf(watching, word);
  for await (const event of client.events(id, { after, follow, signal })) {
    print.answer(event, each => [eventLine(each)]);
  }
}

function eventLine(event: JobEvent): string {
  const { sequence, at, status, attempt, action, by, reason, problem, deletesForeign = [] } = event;
  const facts = [`${String(sequence).padStart(3)}  ${at}  ${status}`];
  if (attempt > 0) facts.push(`attempt ${attempt}`);
  if (action) facts.push(`${action} requested${by ? ` by ${by}` : ''}${reason ? `: ${reason}` : ''}`);
  for (const { title, names } of deletesForeign)
    facts.push(`also deletes foreign ${names.join(', ')} with ${title}`);
  if (problem) facts.push(problem.message);
  return facts.join(', ');
}
