'use strict';
// A date that runs ahead by so many milliseconds as stand in shared memory, the same in every thread. As a thread's first
// file it shifts that thread's date and goes on with the file that was meant.

const { workerData } = require('node:worker_threads');

/** @param {typeof globalThis} scope @param {BigInt64Array} ahead one number */
function shiftDate(scope, ahead) {
	const Real = scope.Date;
	scope.Date = class extends Real {
		constructor(...given) {
			if (given.length === 0) super(Real.now() + Number(Atomics.load(ahead, 0)));
			else super(...given);
		}

		static now() {
			return Real.now() + Number(Atomics.load(ahead, 0));
		}
	};
	return () => {
		scope.Date = Real;
	};
}

if (workerData?.shifted !== undefined) {
	const { ahead, entry } = workerData.shifted;
	shiftDate(globalThis, ahead);
	require(entry);
}

module.exports = { shiftDate };
