'use strict';
/*
 * Checks the fixtures with tools that know nothing of this project: each schema compiles strictly, each fixture obeys
 * its schema, each openapi.json passes a linter. What is missing fails.
 */
const fs = require('node:fs');
const path = require('node:path');
const { newJudge, complaintsOf } = require('./judges');
const { openApiProblems } = require('./openapi');

const SUFFIX = '.schema.json';
const KINDS = ['provider', 'orders', 'states', 'exchanges'];

const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const filesOf = (folder, suffix) =>
    fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith(suffix)).sort() : [];

class Report {
    constructor(print) {
        this.print = print;
        this.passed = this.failed = 0;
    }

    /* One line a file, and one a problem: {isError, text}. */
    tell(file, problems) {
        const isBad = problems.some(({ isError }) => isError);
        if (isBad) this.failed++;
        else this.passed++;
        this.print(`${isBad ? 'FAIL' : 'ok  '} ${file}`);
        for (const { isError, text } of problems) this.print(`     ${isError ? '' : 'warning: '}${text}`);
    }

    fail(file, text) {
        this.tell(file, [{ isError: true, text }]);
    }

    async check(file, work) {
        try {
            this.tell(file, await work());
        } catch (problem) {
            this.fail(file, problem.message);
        }
    }
}

/* All schemas, added before any is compiled: one may speak of another. Ids by file name. */
const readSchemas = async (folder, report) => {
    const judge = newJudge();
    const ids = new Map();
    for (const name of filesOf(folder, SUFFIX)) {
        try {
            const schema = readJson(path.join(folder, name));
            judge.addSchema(schema, schema.$id ?? name);
            ids.set(name, schema.$id ?? name);
        } catch (problem) {
            report.fail(path.join(folder, name), problem.message);
        }
    }
    const validators = new Map();
    for (const [name, id] of ids)
        await report.check(path.join(folder, name), () => {
            validators.set(name, judge.getSchema(id));
            return [];
        });
    return validators;
};

/* An editor believes `$schema`: it must be there, and name the schema of this kind. */
const schemaNameProblems = (json, up, kind) => {
    const wanted = `${up}schema/${kind}${SUFFIX}`;
    return json.$schema === wanted ? [] : [{ isError: true, text: `$schema is ${json.$schema ?? 'missing'}; it must be ${wanted}` }];
};

/* `up` leads from the file's folder to the folder of fixtures. */
const checkFixture = async (file, up, kind, validators, report) => {
    await report.check(file, () => {
        const json = readJson(file);
        const validate = validators.get(kind + SUFFIX);
        if (validate === undefined) throw new Error(`no schema for it: ${kind}${SUFFIX}`);
        const complaints = validate(json) ? [] : [{ isError: true, text: complaintsOf(validate) }];
        return [...complaints, ...schemaNameProblems(json, up, kind)];
    });
};

const checkProvider = async (folder, validators, report) => {
    for (const kind of KINDS.filter((name) => name !== 'exchanges'))
        await checkFixture(path.join(folder, kind + '.json'), '../', kind, validators, report);
    const exchanges = filesOf(path.join(folder, 'exchanges'), '.json');
    if (exchanges.length === 0) report.fail(path.join(folder, 'exchanges'), 'no file there');
    for (const name of exchanges)
        await checkFixture(path.join(folder, 'exchanges', name), '../../', 'exchanges', validators, report);
    const openapi = path.join(folder, 'openapi.json');
    await report.check(openapi, () => openApiProblems(openapi));
};

/* 0 when every file below the folder of fixtures is good; the report goes to print, line by line. */
const checkSchemas = async (fixtures, print) => {
    const report = new Report(print);
    const folder = path.join(fixtures, 'schema');
    const validators = await readSchemas(folder, report);
    for (const kind of KINDS)
        if (validators.get(kind + SUFFIX) === undefined) report.fail(path.join(folder, kind + SUFFIX), 'missing, or of no use');
    const folders = !fs.existsSync(fixtures) ? [] : fs.readdirSync(fixtures, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'schema').map((entry) => path.join(fixtures, entry.name));
    if (folders.length === 0) report.fail(fixtures, 'no provider there');
    for (const provider of folders.sort()) await checkProvider(provider, validators, report);
    print(`${report.passed} passed, ${report.failed} failed`);
    return report.failed === 0 ? 0 : 1;
};

module.exports = { checkSchemas };

if (require.main === module)
    checkSchemas(process.argv[2], console.log).then((status) => {
        process.exitCode = status;
    });
