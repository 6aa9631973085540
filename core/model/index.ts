export * from './access';
export * from './approval';
export * from './canonical';
export * from './contract';
export * from './errors';
export * from './lifecycle';
export * from './plan';
export * from './states';
