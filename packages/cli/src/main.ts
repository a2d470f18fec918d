// The process of the command line: its streams and the events that end it.
import { EXIT } from './exit.ts';
import { run } from './program.ts';

const stopped = new AbortController();
// The listener stays, because log-update ends the process if it finds no other listener. A second Ctrl-C exits at once.
process.on('SIGINT', () => {
  if (stopped.signal.aborted) process.exit(EXIT.interrupted);
  stopped.abort();
});
// The launcher has ended, so nobody reads the output.
process.once('disconnect', () => stopped.abort());
process.channel?.unref();
// A reader such as `head` closes the pipe when it has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.succeeded);
});

const { stdin, stdout, stderr } = process;
// npm sets this for `npx gatehouse`.
const program = process.env['npm_command'] === 'exec' ? 'npx gatehouse' : 'gatehouse';
process.exitCode = await run(process.argv.slice(2), {
  stdin,
  stdout,
  stderr,
  stopped: stopped.signal,
  program,
});
