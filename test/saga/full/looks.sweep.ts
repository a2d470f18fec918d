// Every trouble of every look: of three, looks.test.ts takes one for each look.
import { TROUBLED } from '../looks.ts';
import { runCase, sweep } from '../sweep.ts';

for (const { name, cases } of TROUBLED)
  sweep(`any one look ${name} three times: it changes nothing about the end`, cases, runCase);
