// Every fault at every call, and every death at every write, of every exchange at a bound; exchanges-at-a-bound.test.ts samples
// them. Of the long ones, a sample.
import { EXCHANGES } from '../bounds.ts';
import { baselineOf, deathsOf, type ExchangeCase, faultsOf, runExchange } from '../exchanges.ts';
import { sweep } from '../sweep.ts';

const faults: ExchangeCase[] = [];
const deaths: ExchangeCase[] = [];
for (const exchange of EXCHANGES) {
  const baseline = await baselineOf(exchange);
  const isChosen = (_: unknown, index: number) => !exchange.isLong || index % 17 === 0;
  faults.push(...faultsOf(baseline).filter(isChosen));
  deaths.push(...(await deathsOf(baseline)).filter(isChosen));
}

sweep('a fault at a call of an exchange at a bound', faults, runExchange);
sweep('a death at a write of an exchange at a bound', deaths, runExchange);
