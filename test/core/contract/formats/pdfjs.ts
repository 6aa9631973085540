import path from 'node:path';
import { definePDFJSModule } from 'unpdf';

/**
 * Gives unpdf its PDF.js by Node's own loader: Jest's cannot import a module at run time, and the package offers PDF.js
 * for `import` only. Outside Jest nothing of this is needed. Call it before a test file's first PDF.
 */
export async function usePdfJs(): Promise<void> {
	const native = process.getBuiltinModule('node:module').createRequire(__filename);
	const file = path.join(path.dirname(native.resolve('unpdf')), 'pdfjs.mjs');
	// unpdf polyfills what PDF.js expects of a browser before it imports it; here the order is ours.
	await definePDFJSModule(async () => native(file) as never);
}
