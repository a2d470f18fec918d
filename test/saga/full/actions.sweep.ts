// Every death at every write of every action; action-crashes.test.ts samples them.

import { actionCrashes, runActionCase } from '../action-crashes.ts';
import { sweep } from '../sweep.ts';

sweep('an action is performed once, whichever write a Lambda dies at', await actionCrashes(), runActionCase);
