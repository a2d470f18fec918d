// Every case of a Lambda that resumes late; stale-lambdas.test.ts samples them.
import { runStaleCase, staleCases } from '../stale-lambdas.ts';
import { sweep } from '../sweep.ts';

sweep('a Lambda whose job has moved on makes no further change', await staleCases(), runStaleCase);
