// The log of the calls on the wire.
import { openRowLog, type RowLog } from '../files/row-log.ts';

export interface CallRow {
  n: number;
  at: string;
  service: string;
  region: string;
  operation: string;
  request: unknown;
  status: number | 'dropped';
  error?: string;
  changed: boolean;
  fault?: string;
  late?: true;
}

export type CallLog = RowLog<CallRow>;

export const openCallLog = (file: string | undefined): CallLog => openRowLog<CallRow>(file);
