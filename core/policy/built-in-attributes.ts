/** Attributes that every person can have without being declared. */
export const BUILT_IN_ATTRIBUTES = ['email', 'firstName', 'lastName', 'displayName', 'manager', 'zone'] as const;
