export { runDirect } from './direct-run';
export { GROUPS } from './groups';
export { groupFields } from './group-fields';
export { searchGroups, searchUsers } from './list-search';
export { userFields } from './user-fields';
export { USERS } from './users';
