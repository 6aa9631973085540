import { generic } from './generic';
import type { HrisProvider } from './provider';

export const PROVIDERS: ReadonlyMap<string, HrisProvider> = new Map([['generic', generic]]);
