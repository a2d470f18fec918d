// Every death at every write of every action; verb-crashes.test.ts samples them.
import { sweep } from '../sweep.ts';
import { runVerbCase, verbCrashes } from '../verb-crashes.ts';

sweep('a verb is carried out once, whichever write a Lambda dies at', await verbCrashes(), runVerbCase);
