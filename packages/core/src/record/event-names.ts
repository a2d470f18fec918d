// The names of the events on the bus, and of the schemas of outgoing events. The schemas are in bus-events.ts.
export const JOB_STATUS_CHANGED = 'Job Status Changed';
export const ENTRY_POINT_REQUESTED = 'Entry Point Requested';
export const REQUEST_REJECTED = 'Entry Point Request Rejected';

export const JOB_STATUS_CHANGED_SCHEMA = 'urn:gatehouse:schema:job-status-changed:1';
export const REQUEST_REJECTED_SCHEMA = 'urn:gatehouse:schema:entry-point-request-rejected:1';
