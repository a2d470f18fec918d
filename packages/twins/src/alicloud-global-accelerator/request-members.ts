// Members of several requests.
import { type Reader, text } from '../shared/input.ts';
import { illegal } from './errors.ts';
import { truth, whole } from './readers.ts';

export const id = text({ min: 1, max: 128 });
export const anyText = text({ max: 4096 });
/** The API exists in this region only, whatever region an endpoint group has. */
export const RegionId: Reader<string> = (value, at) => {
  if (value !== 'cn-hangzhou') throw illegal(at, 'be cn-hangzhou');
  return value;
};
export const clientToken = { ClientToken: text({ min: 1, max: 64, pattern: /^[!-~]+$/ }) };
export const page = { PageNumber: whole(1, 10_000), PageSize: whole(1, 50) };
export const dryRun = { DryRun: truth };
export const onListener = { RegionId, AcceleratorId: id, ListenerId: id };
