// The one account of all twins.

export const accountId = '123456789012';
