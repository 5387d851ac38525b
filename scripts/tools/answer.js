'use strict';
/*
 * Judges one answer of the journal by one OpenAPI document: status, content type, headers, body.
 *
 * An answer of an operation is judged by that operation. One without (unknown path, wrong method, body too large) is
 * judged by components.responses: NoRoute, WrongMethod, TooLarge. `x-statuses` there lists the statuses such a response
 * can have; what usually holds stands in REFUSALS. Other responses there are asked too when their `x-statuses` have the
 * status (a redirect, say), or when it is one of WHO_ASKS. `x-may-be-empty` on any response says what OpenAPI cannot:
 * that it comes with its content, or with none and without a content type.
 */
const { pointerTo } = require('./document');
const { complaintsOf } = require('./judges');

const REFUSALS = { NoRoute: [404], WrongMethod: [405, 404], TooLarge: [413] };
/* Some vendors ask who is there, even in the body, before they look at the path. */
const WHO_ASKS = [400, 401, 403, 429];
const BODILESS = [204, 304];

const headerOf = (answer, name) => answer.headers.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];

/* "/_s/NAME" in front is the mock's own way to name a session; a target may be a whole URL. */
const pathOf = (target) =>
    target.replace(/^https?:\/\/[^/?]*/i, '').replace(/[?#].*$/s, '').replace(/^\/_s\/[^/]*/, '');

/* Which descriptions could fit, best first: [{where, key, pointer, response, unfit}]; unfit: not for this status. */
const refusalsFor = (document, entry, found) => {
    const names = entry.request.body_too_large && entry.operation !== null ? ['TooLarge']
        : found === null ? ['NoRoute'] : ['WrongMethod', 'NoRoute'];
    const candidate = (name) => {
        const { value, pointer } = document.resolve(pointerTo('components', 'responses', name));
        const statuses = value?.['x-statuses'] ?? REFUSALS[name] ?? WHO_ASKS;
        return { where: name, key: null, pointer, response: value, unfit: !statuses.includes(entry.response.status) };
    };
    const others = Object.keys(document.json.components?.responses ?? {}).filter((name) => !(name in REFUSALS));
    return [...names.map(candidate), ...others.map(candidate).filter(({ unfit }) => !unfit)];
};

/* A HEAD that an operation answered is one of GET. */
const methodOf = (entry) => (entry.request.method === 'HEAD' && entry.operation !== null ? 'GET' : entry.request.method);

/* What the mock took for an operation may have a slash too many or too few where a knob of the vendor forgives that. */
const findOperation = (document, entry) => {
    const path = pathOf(entry.request.target);
    const found = document.find(methodOf(entry), path);
    if (found?.operation !== undefined || entry.operation === null) return found;
    const single = path.replace(/\/+/g, '/');
    const others = [single, single.endsWith('/') ? single.slice(0, -1) : single + '/'];
    return others.map((other) => document.find(methodOf(entry), other)).find((other) => other?.operation !== undefined) ?? found;
};

/* The operation's own description of the status; unfit where there is none. */
const ownCandidate = (document, entry, found) => {
    const { key, pointer, value: response } = document.response(document.pointerOf(found), entry.response.status) ?? { key: null };
    return { where: found.operation.operationId, key, pointer, response, unfit: key === null };
};

const describe = (document, entry) => {
    const found = findOperation(document, entry);
    if (found?.operation === undefined) return { found, candidates: refusalsFor(document, entry, found) };
    const own = ownCandidate(document, entry, found);
    if (entry.request.body_too_large && entry.operation !== null) /* a described 413 is one; the range of all 4XX is not */
        return { found, candidates: [...(own.key === '413' ? [own] : []), ...refusalsFor(document, entry, found)] };
    return { found, candidates: own.unfit && entry.operation === null ? refusalsFor(document, entry, found) : [own] };
};

/* The operation that the mock names must be the document's: operationId is its name, or that with a suffix ("cancel_v2",
 * "cancelXml"). */
const operationComplaints = (entry, found) => {
    if (entry.operation === null) return [];
    if (found?.operation === undefined) return [`the mock calls this ${entry.operation}; the document has no such operation`];
    const id = String(found.operation.operationId);
    if (id.startsWith(entry.operation) && /^($|_|[A-Z])/.test(id.slice(entry.operation.length))) return [];
    return [`the mock calls this ${entry.operation}, the document ${id}`];
};

const typedHeader = (schema, text) => {
    const isNumber = ['integer', 'number'].includes(schema.type) && /^-?[0-9]+(\.[0-9]+)?$/.test(text);
    return isNumber ? Number(text) : text;
};

function* headerComplaints(document, { response, pointer }, answer) {
    for (const name of Object.keys(response.headers ?? {})) {
        const header = document.resolve(pointer + pointerTo('headers', name));
        const text = headerOf(answer, name);
        if (text === undefined) {
            if (header.value?.required) yield `the header ${name} is missing`;
            continue;
        }
        if (header.value?.schema === undefined) continue;
        const { value: schema, pointer: place } = document.resolve(header.pointer + '/schema');
        const validate = document.validator(place);
        if (!validate(typedHeader(schema, text))) yield `the header ${name} is ${JSON.stringify(text)}: ${complaintsOf(validate)}`;
    }
}

const plain = (type) => type.toLowerCase().replaceAll(' ', '');

/* The described content of this type: with its parameters, else without. */
const contentOf = (content, type) => {
    const names = Object.keys(content);
    const bare = plain(type).split(';')[0];
    return names.find((name) => plain(name) === plain(type)) ?? names.find((name) => plain(name) === bare);
};

function* bodyComplaints(document, { response, pointer }, entry) {
    const { body, body_base64: bytes, status } = entry.response;
    const isEmpty = bytes === undefined && (body ?? '') === '';
    if (response.content === undefined || BODILESS.includes(status) || entry.request.method === 'HEAD') {
        if (!isEmpty) yield 'a body where none is described';
        return;
    }
    const type = headerOf(entry.response, 'Content-Type');
    if (isEmpty && type === undefined && response['x-may-be-empty'] === true) return;
    const name = type === undefined ? undefined : contentOf(response.content, type);
    if (name === undefined) {
        yield `the content type is ${type ?? 'missing'}; described is ${Object.keys(response.content).join(', ')}`;
        return;
    }
    if (bytes !== undefined) {
        yield 'the body is not UTF-8';
        return;
    }
    if (response.content[name].schema === undefined) return;
    let value = body;
    if (/[/+]json/.test(name)) {
        try {
            value = JSON.parse(body);
        } catch {
            yield isEmpty ? 'the body is empty' : 'the body is not JSON';
            return;
        }
    }
    const validate = document.validator(pointer + pointerTo('content', name, 'schema'));
    if (!validate(value)) yield complaintsOf(validate);
}

const complaintsAbout = (document, candidate, entry) => {
    if (candidate.response === undefined || candidate.unfit) return [`the status ${entry.response.status} is not described`];
    try {
        return [...headerComplaints(document, candidate, entry.response), ...bodyComplaints(document, candidate, entry)];
    } catch (problem) {
        return [`the description cannot be used: ${problem.message}`];
    }
};

/* {where, key, complaints}: by which operation (and which of its statuses) or refusal it was judged, and what is wrong. */
const judgeAnswer = (document, entry, { found, candidates }) => {
    const results = candidates.map((candidate) => ({ ...candidate, complaints: complaintsAbout(document, candidate, entry) }));
    const best = results.find(({ complaints }) => complaints.length === 0) ?? results[0];
    return { where: best.where, key: best.key, complaints: [...operationComplaints(entry, found), ...best.complaints] };
};

/* What of an answer decides the verdict: two answers with the same key are judged once. */
const keyOf = (entry, { found, candidates }) => {
    const { status, headers, body, body_base64: bytes } = entry.response;
    const described = new Set(['content-type']);
    for (const { response } of candidates)
        for (const name of Object.keys(response?.headers ?? {})) described.add(name.toLowerCase());
    const shown = headers.filter(([name]) => described.has(name.toLowerCase()));
    const place = [entry.provider, entry.operation, found?.template, entry.request.method, !!entry.request.body_too_large];
    return JSON.stringify([...place, status, shown, body, bytes]);
};

module.exports = { describe, judgeAnswer, keyOf };
