'use strict';

const { remove } = require('./run-folder.js');

/** Ends what run-folder.js began; also in watch mode and after failures, since Jest calls it in every case. */
module.exports = async function removeRunFolder() {
	remove();
};
