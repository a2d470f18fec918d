// The process around the command line: its streams, and what ends it.
import { EXIT } from './exit.ts';
import { run } from './program.ts';

const stopped = new AbortController();
// Not once: what draws on the terminal ends the process where nobody else listens. A second Ctrl-C waits for nothing.
process.on('SIGINT', () => {
  if (stopped.signal.aborted) process.exit(EXIT.interrupted);
  stopped.abort();
});
// The launcher is gone: nobody reads what is said any more.
process.once('disconnect', () => stopped.abort());
process.channel?.unref();
// `gatehouse list | head` has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.succeeded);
});

const { stdin, stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, stopped: stopped.signal });
