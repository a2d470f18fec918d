// The one account that all twins stand for.

export const accountId = '123456789012';
