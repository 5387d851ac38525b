'use strict';
/*
 * Tests of check-schemas and check-answers: good fixtures and journals pass, and each kind of mistake is noticed.
 */
const assert = require('node:assert');
const fs = require('node:fs');

const tests = [];

const main = async () => {
    require('./schemas').declare((name, work) => tests.push([`schemas: ${name}`, work]));
    require('./answers').declare((name, work) => tests.push([`answers: ${name}`, work]));
    let failed = 0;
    for (const [name, work] of tests) {
        try {
            await work();
            console.log(`ok   ${name}`);
        } catch (problem) {
            failed++;
            console.log(`FAIL ${name}\n     ${problem.message}`);
        }
    }
    assert(tests.length > 0);
    console.log(`${tests.length - failed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
};

/* Runs `check` on a folder, which is removed afterwards: {status, lines}. */
const outcome = async (folders, check) => {
    const lines = [];
    try {
        return { status: await check((line) => lines.push(line)), lines, text: lines.join('\n') };
    } finally {
        for (const folder of folders) fs.rmSync(folder, { recursive: true });
    }
};

module.exports = { outcome };

if (require.main === module) main();
