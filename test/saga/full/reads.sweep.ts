// Every fault of every read of a cloud; reads.test.ts has one of the three for each read.
import { TROUBLED } from '../reads.ts';
import { runCase, sweep } from '../sweep.ts';

for (const { name, cases } of TROUBLED)
  sweep(`any one look ${name} three times: it changes nothing about the end`, cases, runCase);
