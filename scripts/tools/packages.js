'use strict';
/*
 * The packages that judge, from build/tools, where `scripts/setup check` puts them: none of them lies in the source tree.
 */
const { createRequire } = require('node:module');
const path = require('node:path');

const TOP = path.resolve(__dirname, '..', '..');

module.exports = { TOP, load: createRequire(path.join(TOP, 'build', 'tools', 'package.json')) };
