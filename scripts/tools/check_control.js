'use strict';
/*
 * Holds the control API's OpenAPI document against the linter, against the table of calls that the mock serves, against
 * its own examples, and against every call in journals of --control-journal.
 *
 * An answer is judged by the response that its operation describes for the status; one without an operation by
 * components.responses: NoRoute, WrongMethod. A call that was not refused must also be one that the document allows: its
 * query names are described, and its body fits the schema. Equal answers are judged once.
 */
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const { spawn } = require('node:child_process');
const { Document, pointerTo } = require('./document');
const { complaintsOf } = require('./judges');
const { openApiProblems } = require('./openapi');

const SHOWN = 20;
const EXAMPLE_MAX = 500;
const FOREIGN = { 401: 'NoToken', 403: 'Foreign', 404: 'NoRoute', 405: 'WrongMethod', 413: 'TooLarge' };

const sorted = (names) => [...names].sort().join(' ');

class Report {
    constructor(print) {
        this.print = print;
        this.passed = this.failed = 0;
    }

    tell(name, problems) {
        if (problems.length > 0) this.failed++;
        else this.passed++;
        this.print(`${problems.length > 0 ? 'FAIL' : 'ok  '} ${name}`);
        for (const problem of problems) this.print(`     ${problem}`);
    }
}

/* ── The table ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The answer of GET /_mock/ of a mock that is started for it. */
const askIndex = (program) =>
    new Promise((resolve, reject) => {
        const mock = spawn(program, ['--listen', '127.0.0.1:0', '--quiet'], { stdio: ['ignore', 'pipe', 'inherit'] });
        let line = '';
        const end = (settle, value) => {
            mock.kill('SIGTERM');
            mock.once('close', () => settle(value));
        };
        mock.on('error', reject);
        mock.stdout.on('data', (bytes) => {
            line += bytes;
            if (!line.includes('\n')) return;
            fetch(JSON.parse(line).control + '/').then((answer) => answer.json()).then((index) => end(resolve, index), (why) => end(reject, why));
        });
    });

const queryNames = (document, operation) =>
    (operation.parameters ?? []).map((one) => (one.$ref ? document.resolve(one.$ref.slice(1)).value : one))
        .filter((one) => one.in === 'query').map((one) => one.name);

/* "GET /_mock/orders limit provider session body: none" */
const describedCalls = (document) =>
    [...document.operations()].map(({ template, method, operation }) => {
        const body = operation.requestBody === undefined ? 'none' : operation.requestBody.required ? 'needed' : 'optional';
        return `${method.toUpperCase()} /_mock${template} ?${sorted(queryNames(document, operation))} body: ${body}`;
    });

const servedCalls = (index) =>
    index.calls.map(({ method, path: where, query, body }) => `${method} ${where} ?${sorted(query.map(({ name }) => name))} body: ${body}`);

const tableProblems = (document, index) => {
    const described = new Set(describedCalls(document)), served = new Set(servedCalls(index));
    return [...[...served].filter((call) => !described.has(call)).map((call) => `served, not described so: ${call}`),
        ...[...described].filter((call) => !served.has(call)).map((call) => `described, not served so: ${call}`)];
};

/* ── Examples ──────────────────────────────────────────────────────────────────────────────────────────────────── */

function* contentProblems(document, where, pointer, wanted) {
    const { value, pointer: place } = document.resolve(pointer);
    for (const [type, { example, schema }] of Object.entries(value?.content ?? {})) {
        if (!/json/.test(type)) continue;
        if (example === undefined) {
            if (wanted) yield `${where}: no example`;
            continue;
        }
        if (schema === undefined) continue;
        const validate = document.validator(place + pointerTo('content', type, 'schema'));
        if (!validate(example)) yield `${where}: its example: ${complaintsOf(validate)}`;
    }
}

function* exampleProblems(document) {
    for (const { operation, pointer } of document.operations()) {
        yield* contentProblems(document, `${operation.operationId} request`, pointer + '/requestBody', true);
        for (const status of Object.keys(operation.responses))
            yield* contentProblems(document, `${operation.operationId} ${status}`, pointer + pointerTo('responses', status), true);
    }
}

/* ── Calls ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The described response: {pointer} or a text that says why there is none. */
const responseOf = (document, found, status) => {
    if (found?.operation !== undefined) {
        const response = document.response(document.pointerOf(found), status);
        return response !== null ? { where: found.operation.operationId, ...response } : `${found.operation.operationId}: the status ${status} is not described`;
    }
    const name = FOREIGN[status];
    if (name === undefined || (name === 'WrongMethod') !== (found !== null && status === 405)) return `no operation, and the status is ${status}`;
    return { where: name, key: String(status), ...document.resolve(pointerTo('components', 'responses', name)) };
};

function* answerComplaints(document, response, answer) {
    const content = response.value.content;
    if (answer === null && content?.['text/event-stream'] !== undefined) return; /* it goes on behind its line */
    if (content === undefined || answer === null) {
        if ((content === undefined) !== (answer === null)) yield answer === null ? 'no body, and one is described' : 'a body where none is described';
        return;
    }
    const types = Object.keys(content);
    const type = types.find((name) => /json/.test(name) === (typeof answer !== 'string')) ?? types[0];
    const validate = document.validator(response.pointer + pointerTo('content', type, 'schema'));
    if (!validate(answer)) yield complaintsOf(validate);
}

/* It asks for nothing: the document counts it as no body. */
const isEmptyObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

/* What was answered well must be allowed by the document. */
function* requestComplaints(document, found, line) {
    const { operation } = found;
    const known = queryNames(document, operation);
    for (const name of new URLSearchParams(line.query ?? '').keys())
        if (!known.includes(name)) yield `the query name ${name} is not described`;
    if (line.body === null) {
        if (operation.requestBody?.required) yield 'no body, and the document wants one';
        return;
    }
    if (operation.requestBody === undefined) {
        if (!isEmptyObject(line.body)) yield 'a body, and the document has none';
        return;
    }
    const pointer = pointerTo('paths', found.template, found.method, 'requestBody', 'content', 'application/json', 'schema');
    const validate = document.validator(pointer);
    if (!validate(line.body)) yield `the body that was taken: ${complaintsOf(validate)}`;
}

const judge = (document, line) => {
    const where = line.path === '/_mock' ? '/_mock/' : line.path;
    if (!where.startsWith('/_mock/')) return { where: 'elsewhere', complaints: line.status === 404 ? [] : [`the status is ${line.status}`] };
    const found = document.find(line.method === 'HEAD' ? 'GET' : line.method, where);
    const response = responseOf(document, found, line.status);
    if (typeof response === 'string') return { where: `${line.method} ${line.path}`, complaints: [response] };
    const complaints = [...answerComplaints(document, response, line.answer)];
    if (line.status < 300) complaints.push(...requestComplaints(document, found, line));
    return { where: `${response.where} ${response.key}`, complaints };
};

class Calls {
    constructor(document) {
        this.document = document;
        this.verdicts = new Map(); /* by what of a line decides */
        this.mistakes = new Map();
        this.seen = new Map(); /* by operation and status: how many lines */
        this.total = this.broken = 0;
    }

    take(text, place) {
        let line;
        try {
            line = JSON.parse(text);
            if (typeof line.path !== 'string' || typeof line.status !== 'number') throw new Error();
        } catch {
            this.broken++;
            this.note('journal', 'a line that is no call', place, text);
            return;
        }
        this.total++;
        const key = JSON.stringify([line.method, line.path, line.query, line.body, line.status, line.answer]);
        if (!this.verdicts.has(key)) this.verdicts.set(key, judge(this.document, line));
        const { where, complaints } = this.verdicts.get(key);
        this.seen.set(where, (this.seen.get(where) ?? 0) + 1);
        for (const complaint of complaints) this.note(where, complaint, place, text);
    }

    note(where, complaint, place, text) {
        const key = where + complaint.replaceAll(/[0-9]+/g, '*');
        const mistake = this.mistakes.get(key) ?? { where, complaint, count: 0, place, text };
        mistake.count++;
        this.mistakes.set(key, mistake);
    }

    async read(folder) {
        const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.jsonl')).sort() : [];
        for (const file of files) {
            let number = 0;
            for await (const text of readline.createInterface({ input: fs.createReadStream(path.join(folder, file)), crlfDelay: Infinity }))
                this.take(text, `${file}:${++number}`);
        }
        return files.length;
    }

    show(print) {
        const mistakes = [...this.mistakes.values()].sort((a, b) => b.count - a.count);
        for (const { where, complaint, count, place, text } of mistakes.slice(0, SHOWN)) {
            print(`FAIL ${where}: ${complaint}`);
            print(`     ${count} times; for example ${place}: ${text.slice(0, EXAMPLE_MAX)}`);
        }
        if (mistakes.length > SHOWN) print(`and ${mistakes.length - SHOWN} more kinds of mistake`);
    }

    /* Operations that no test has called well. */
    uncalled() {
        const called = new Set([...this.seen.keys()].filter((where) => / 2..$/.test(where)).map((where) => where.split(' ')[0]));
        return [...this.document.operations()].map(({ operation }) => operation.operationId).filter((id) => !called.has(id));
    }

    failed() {
        return this.broken + [...this.verdicts.values()].filter(({ complaints }) => complaints.length > 0).length;
    }
}

/* 0 when all is well; `folder` null looks at no journal. The report goes to print, line by line. */
const checkControl = async (file, program, folder, print) => {
    const report = new Report(print);
    report.tell(file, (await openApiProblems(file)).map(({ text }) => text));
    const document = new Document('control', JSON.parse(fs.readFileSync(file, 'utf8')));
    report.tell('it describes the calls that are served', tableProblems(document, await askIndex(program)));
    report.tell('its examples fit its schemas', [...exampleProblems(document)]);
    const calls = new Calls(document);
    if (folder !== null) {
        const files = await calls.read(folder);
        calls.show(print);
        report.tell(`there are calls to judge below ${folder}`, files === 0 || calls.total === 0 ? ['no line'] : []);
        report.tell('every operation was called', calls.uncalled());
        print(`control answers: ${calls.total} lines of ${files} journals, ${calls.verdicts.size} distinct`);
    }
    print(`${report.passed + calls.verdicts.size - (calls.failed() - calls.broken)} passed, ${report.failed + calls.failed()} failed`);
    return report.failed + calls.failed() === 0 ? 0 : 1;
};

module.exports = { checkControl };

if (require.main === module) {
    const [file, program, folder] = process.argv.slice(2);
    checkControl(file, program, folder ?? null, console.log).then((status) => {
        process.exitCode = status;
    });
}
