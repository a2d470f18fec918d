// Every trouble of a job of several executions; handover.test.ts has a sample.
import { DEATHS, FAULTS } from '../handovers.ts';
import { runCase, sweep } from '../sweep.ts';

sweep('several executions: a Lambda that dies at any one write is made up for', DEATHS, runCase);
sweep('several executions: any one call, every kind of fault', FAULTS, runCase);
