export { readDocx, trackedChanges, type DocxText } from './read';
export type { TrackedAuthor, TrackedChange, TrackedKind, TrackedPlace } from './tracked-change';
export type { DocxView } from './view';
