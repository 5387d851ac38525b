'use strict';
/*
 * One openapi.json as a judge of answers: finds the operation of a request as the mock does (literal segments win over
 * parameters, a parameter is never empty, segments are compared after decoding) and the description of an answer.
 *
 *   const document = new Document('dukkango', JSON.parse(text));
 *   const found = document.find('PUT', '/api/integrations/orders/cancel/4711');
 *   found.operation.operationId            undefined operation: the path is known, its method is not; null: no path
 *   document.response(document.pointerOf(found), 200)    {key, value, pointer} or null
 *   document.validator(pointer + '/content/application~1json/schema')(body)
 */
const { newOpenApiJudge } = require('./judges');

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const escaped = (name) => name.replaceAll('~', '~0').replaceAll('/', '~1');
const unescaped = (name) => name.replaceAll('~1', '/').replaceAll('~0', '~');
const pointerTo = (...names) => names.map((name) => '/' + escaped(String(name))).join('');

/* Bytes, not characters: a segment need not be UTF-8. null where one cannot be decoded, or would hold a zero byte. */
const decodedSegments = (path) => {
    if (/%(?![0-9a-f]{2})|%00/i.test(path)) return null;
    const decoded = (text) => text.replace(/%../g, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));
    return path.split('/').slice(1).map(decoded);
};

/* "https://host/v1/" and "/v1" are both "/v1"; "/" is "". */
const basePath = (url) => url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/\/$/, '');

/* How many literal segments agree, or -1. */
const fit = (template, segments) => {
    if (segments === null || template.length !== segments.length) return -1;
    let literals = 0;
    for (let i = 0; i < template.length; i++) {
        if (/^\{.*\}$/.test(template[i])) {
            if (segments[i] === '') return -1;
        } else if (template[i] === segments[i]) {
            literals++;
        } else {
            return -1;
        }
    }
    return literals;
};

class Document {
    constructor(name, json) {
        this.name = name;
        this.json = json;
        this.id = `urn:openapi:${name}`;
        this.judge = newOpenApiJudge();
        this.judge.addSchema({ paths: json.paths, components: json.components }, this.id, false, false);
        this.validators = new Map();
        this.paths = Object.entries(json.paths ?? {}).map(([template, item]) => ({
            template,
            item,
            segments: template.split('/').slice(1),
            bases: (item.servers ?? json.servers ?? [{ url: '/' }]).map((server) => basePath(server.url)),
        }));
    }

    /* The value and its own place, references followed. */
    resolve(pointer) {
        let at = this.json;
        for (const part of pointer.split('/').slice(1)) at = at?.[unescaped(part)];
        return typeof at?.$ref === 'string' ? this.resolve(at.$ref.slice(1)) : { value: at, pointer };
    }

    /* `path` without query and without session. A method is a literal too: a template that has it wins. */
    find(method, path) {
        let best = null;
        for (const { template, item, segments, bases } of this.paths) {
            for (const base of bases) {
                if (!path.startsWith(base + '/')) continue;
                const literals = fit(segments, decodedSegments(path.slice(base.length)));
                if (literals < 0) continue;
                const operation = METHODS.includes(method.toLowerCase()) ? item[method.toLowerCase()] : undefined;
                const rank = (operation === undefined ? 0 : 1000) + literals;
                if (best === null || rank > best.rank) best = { rank, template, operation, method: method.toLowerCase() };
            }
        }
        return best;
    }

    pointerOf(found) {
        return pointerTo('paths', found.template, found.method, 'responses');
    }

    /* The description of a status below `pointer`: exact, else "4XX", else "default"; `key` says which. */
    response(pointer, status) {
        const responses = this.resolve(pointer).value ?? {};
        const key = [String(status), `${String(status)[0]}XX`, 'default'].find((name) => responses[name] !== undefined);
        return key === undefined ? null : { key, ...this.resolve(pointer + pointerTo(key)) };
    }

    validator(pointer) {
        if (!this.validators.has(pointer)) {
            const fragment = pointer.split('/').map(encodeURIComponent).join('/');
            this.validators.set(pointer, this.judge.compile({ $ref: `${this.id}#${fragment}` }));
        }
        return this.validators.get(pointer);
    }

    /* Every operation with its place. */
    *operations() {
        for (const { template, item } of this.paths)
            for (const method of METHODS)
                if (item[method] !== undefined)
                    yield { template, method, operation: item[method], pointer: pointerTo('paths', template, method) };
    }
}

module.exports = { Document, pointerTo };
