'use strict';
/*
 * Validates every answer in journals of the mock against fixtures/<provider>/openapi.json.
 *
 * Reads a folder of .jsonl files, one entry of GET /_mock/requests a line, line by line; equal answers are judged once.
 * Left out is what the mock was told to answer: faults and stubs; what could not be read; and what is no provider's.
 */
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const { Document } = require('./document');
const { describe, judgeAnswer, keyOf } = require('./answer');

const SHOWN = 20;
const EXAMPLE_MAX = 700;

const hash = (text) => crypto.createHash('sha256').update(text).digest('base64');

class Checker {
    constructor(fixtures) {
        this.fixtures = fixtures;
        this.documents = new Map(); /* by provider: a Document, or the text that says why there is none */
        this.verdicts = new Map(); /* by hash of the key: has it complaints? */
        this.mistakes = new Map(); /* by where and what: {count, distinct, example} */
        this.seen = new Map(); /* by provider: operationId and described status */
        this.counts = new Map(); /* by provider */
        this.journals = new Map(); /* by file: {lines, judged} */
        this.total = this.valid = this.broken = 0;
        this.leftOut = { 'with a fault': 0, 'to what is no request': 0, stubs: 0, 'of no provider': 0 };
    }

    document(provider) {
        if (!this.documents.has(provider)) {
            let document;
            try {
                const file = path.join(this.fixtures, provider, 'openapi.json');
                document = new Document(provider, JSON.parse(fs.readFileSync(file, 'utf8')));
            } catch (problem) {
                document = `no openapi.json that can be used: ${problem.message}`;
            }
            this.documents.set(provider, document);
        }
        return this.documents.get(provider);
    }

    reasonToLeaveOut(entry) {
        if (entry.provider === null) return 'of no provider';
        if (entry.unread) return 'to what is no request';
        if (entry.fault !== null) return 'with a fault';
        return entry.operation === 'stub' ? 'stubs' : null;
    }

    /* One line of a journal. */
    takeLine(line, file, number) {
        const place = `${file}:${number}`;
        this.journals.get(file).lines++;
        let entry;
        try {
            entry = JSON.parse(line);
            if (typeof entry.request.target !== 'string' || entry.provider === undefined) throw new Error();
        } catch {
            this.broken++;
            this.note('journal', 'a line that is no entry', place, line, true);
            return;
        }
        const reason = this.reasonToLeaveOut(entry);
        if (reason !== null) this.leftOut[reason]++;
        else this.take(entry, line, place);
        if (reason === null) this.journals.get(file).judged++;
    }

    take(entry, line, place) {
        this.total++;
        this.counts.set(entry.provider, (this.counts.get(entry.provider) ?? 0) + 1);
        const judged = this.judge(entry);
        if (judged.complaints.length === 0) this.valid++;
        const where = judged.where === '' ? entry.provider : `${entry.provider} ${judged.where} ${entry.response.status}`;
        for (const complaint of judged.complaints) this.note(where, complaint, place, line, judged.isNew);
    }

    judge(entry) {
        const document = this.document(entry.provider);
        const alone = entry.response === null ? 'no answer, and no fault that explains it' : document;
        const described = typeof alone === 'string' ? null : describe(document, entry);
        const key = hash(typeof alone === 'string' ? entry.provider + alone : keyOf(entry, described));
        if (this.verdicts.has(key)) return { ...this.verdicts.get(key), isNew: false };
        const verdict = described === null ? { where: '', key: null, complaints: [alone] } : judgeAnswer(document, entry, described);
        this.verdicts.set(key, verdict);
        if (!this.seen.has(entry.provider)) this.seen.set(entry.provider, new Set());
        this.seen.get(entry.provider).add(`${verdict.where} ${verdict.key}`);
        return { ...verdict, isNew: true };
    }

    note(where, complaint, place, line, isNew) {
        const key = where + complaint.replaceAll(/\/[0-9]+(?=[/ ])/g, '/*');
        const mistake = this.mistakes.get(key) ?? { where, complaint, count: 0, distinct: 0, place, line };
        mistake.count++;
        mistake.distinct += isNew ? 1 : 0;
        this.mistakes.set(key, mistake);
    }

    /* Described statuses that no answer had, for each document that was used. */
    *neverAnswered() {
        for (const [provider, document] of this.documents) {
            if (typeof document === 'string') continue;
            const seen = this.seen.get(provider) ?? new Set();
            for (const { operation } of document.operations())
                for (const status of Object.keys(operation.responses ?? {}))
                    if (!seen.has(`${operation.operationId} ${status}`)) yield `${provider} ${operation.operationId} ${status}`;
        }
    }

    /* Journals that say nothing of any provider: a part of the tests whose answers nobody saw. */
    silentJournals() {
        return [...this.journals].filter(([, { judged }]) => judged === 0).map(([file]) => file);
    }

    failedDistinct() {
        return [...this.verdicts.values()].filter(({ complaints }) => complaints.length > 0).length;
    }
}

const readJournals = async (checker, folder) => {
    const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.jsonl')).sort() : [];
    for (const file of files) {
        const lines = readline.createInterface({ input: fs.createReadStream(path.join(folder, file)), crlfDelay: Infinity });
        let number = 0;
        checker.journals.set(file, { lines: 0, judged: 0 });
        for await (const line of lines) checker.takeLine(line, file, ++number);
    }
};

const show = (checker, print) => {
    const mistakes = [...checker.mistakes.values()].sort((a, b) => b.count - a.count);
    for (const { where, complaint, count, distinct, place, line } of mistakes.slice(0, SHOWN)) {
        print(`FAIL ${where}: ${complaint}`);
        print(`     ${count} times, ${distinct} distinct; for example ${place}: ${line.slice(0, EXAMPLE_MAX)}`);
    }
    if (mistakes.length > SHOWN) print(`and ${mistakes.length - SHOWN} more kinds of mistake`);
    const never = [...checker.neverAnswered()];
    if (never.length > 0) print(`described and never answered: ${never.join(', ')}`);
    for (const [file, { lines, judged }] of checker.journals) print(`${file}: ${judged} of ${lines} answers judged`);
    const each = [...checker.counts].sort().map(([provider, count]) => `${provider} ${count}`).join(', ');
    const left = Object.entries(checker.leftOut).map(([why, count]) => `${count} ${why}`).join(', ');
    print(`answers: ${checker.valid} of ${checker.total} answers valid (${each}; ${checker.verdicts.size} distinct); left out: ${left}`);
};

/* 0 when every answer is valid and there was one; the report goes to print, line by line. */
const checkAnswers = async (folder, fixtures, print) => {
    const checker = new Checker(fixtures);
    await readJournals(checker, folder);
    show(checker, print);
    for (const file of checker.silentJournals()) print(`FAIL ${file}: no answer to judge in it`);
    if (checker.journals.size === 0) print(`FAIL no journal below ${folder}`);
    const failed = checker.failedDistinct() + checker.broken + checker.silentJournals().length + (checker.journals.size === 0 ? 1 : 0);
    print(`${checker.verdicts.size - checker.failedDistinct()} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
};

module.exports = { checkAnswers };

if (require.main === module)
    checkAnswers(process.argv[2], process.argv[3], console.log).then((status) => {
        process.exitCode = status;
    });
