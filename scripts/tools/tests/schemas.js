'use strict';
/* One mistake a test in a folder of good fixtures: what is refused, and in which file. */
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { newJudge } = require('../judges');
const { checkSchemas } = require('../check_schemas');
const { fixturesWith } = require('./samples');
const { outcome } = require('./main');

const run = (change) => {
    const folder = fixturesWith(change);
    return outcome([folder], (print) => checkSchemas(folder, print));
};

const shop = (change) => (files) => change(files['shop/openapi.json']);

/* name; the file that must be told; words of the complaint; the change */
const MISTAKES = [
    ['a misspelt keyword', 'orders.schema.json', 'additionalPropertys', (f) => (f['schema/orders.schema.json'].additionalPropertys = false)],
    ['an unknown format', 'order.schema.json', 'uiud', (f) => (f['schema/order.schema.json'].properties.id.format = 'uiud')],
    ['properties without a type', 'states.schema.json', 'missing type', (f) => delete f['schema/states.schema.json'].type],
    ['a type that is none', 'provider.schema.json', 'type', (f) => (f['schema/provider.schema.json'].properties.provider.type = 'text')],
    ['a reference to nowhere', 'orders.schema.json', 'nowhere', (f) => (f['schema/orders.schema.json'].properties.orders.items.$ref = 'nowhere.json')],
    ['a schema that is no JSON', 'order.schema.json', 'JSON', (f) => (f['schema/order.schema.json'] = '{,')],
    ['a schema that is missing', 'states.schema.json', 'missing', (f) => delete f['schema/states.schema.json']],
    ['a fixture of a wrong type', 'orders.json', 'must be string', (f) => (f['shop/orders.json'].orders[0].id = 7)],
    ['a fixture with a wrong format', 'orders.json', 'must match format', (f) => (f['shop/orders.json'].orders[0].id = '7')],
    ['a fixture with a member too many', 'provider.json', 'additional properties', (f) => (f['shop/provider.json'].colour = 'red')],
    ['a fixture with a member too few', 'states.json', 'required property', (f) => delete f['shop/states.json'].states],
    ['an exchange file of a wrong shape', 'cancel.json', 'must be array', (f) => (f['shop/exchanges/cancel.json'].exchanges = {})],
    ['a $schema that is not there', 'provider.json', '$schema is ../schema/x.json', (f) => (f['shop/provider.json'].$schema = '../schema/x.json')],
    ['a $schema of another kind', 'states.json', '$schema is ../schema/orders', (f) => (f['shop/states.json'].$schema = '../schema/orders.schema.json')],
    ['no $schema', 'cancel.json', '$schema is missing', (f) => delete f['shop/exchanges/cancel.json'].$schema],
    ['a fixture that is missing', 'states.json', 'ENOENT', (f) => delete f['shop/states.json']],
    ['no exchanges', 'exchanges', 'no file there', (f) => delete f['shop/exchanges/cancel.json']],
    ['an openapi.json that is missing', 'openapi.json', 'ENOENT', (f) => delete f['shop/openapi.json']],
    ['an openapi.json that is no JSON', 'openapi.json', 'JSON', (f) => (f['shop/openapi.json'] = 'openapi: 3.1.0')],
    ['a doubled operationId', 'openapi.json', 'operationId', shop((o) => (o.paths['/orders/all'].get.operationId = 'get_order'))],
    ['a path parameter that is not described', 'openapi.json', 'path-parameters', shop((o) => delete o.paths['/orders/{id}'].parameters)],
    ['a security scheme that is none', 'openapi.json', 'security', shop((o) => (o.security = [{ key: [] }]))],
    ['a reference to no component', 'openapi.json', 'no-unresolved-refs', shop((o) => (o.paths['/orders/all'].get.responses[404].$ref = '#/components/responses/No'))],
    ['a member that OpenAPI does not know', 'openapi.json', 'respones', shop((o) => (o.paths['/orders/all'].get.respones = {}))],
    ['a misspelt keyword in a body', 'openapi.json', 'requierd', shop((o) => (o.components.schemas.Order.requierd = ['total']))],
    ['no response for unknown paths', 'openapi.json', 'NoRoute', shop((o) => {
        delete o.components.responses.NoRoute;
        o.paths['/orders/all'].get.responses[404] = o.paths['/orders/{id}'].delete.responses[404] = { description: 'No' };
    })],
    ['an example that is no such order', 'openapi.json', 'no-invalid-media-type-examples', shop((o) => {
        o.paths['/orders/{id}'].get.responses[200].content['application/json'].examples = { wrong: { value: { id: 7 } } };
    })],
    ['an example that is no such parameter', 'openapi.json', 'no-invalid-parameter-examples', shop((o) => {
        o.paths['/orders/{id}'].parameters[0].examples = { wrong: { value: 7 } };
    })],
    ['a reference to another file', 'openapi.json', 'elsewhere', shop((o) => (o.components.schemas.Order = { $ref: 'order.json' }))],
];

/* The shipped schema of faults: of each kind the parameters that it takes; none takes those of another. */
const FAULTS = {
    CANNED_RESPONSE: { status: 503, headers: [['Retry-After', '1']], body: '' },
    SCHEMA_DRIFT: { phase: 'after_commit', patch: [{ op: 'set', path: '/a', value: null }], status: 202 },
    EMPTY_RESPONSE: { phase: 'after_commit' },
    CONNECTION_RESET_BY_PEER: { phase: 'before_commit' },
    NO_RESPONSE: {},
    TRUNCATED_BODY: { phase: 'after_commit', bytes: 0 },
    RAW_RESPONSE: { bytes_base64: '//4A' },
};
const MEMBERS = { status: 503, headers: [], body: '', json: null, patch: [], bytes: 7, bytes_base64: '' };
const ANY_HAS = { match: { operation: 'get_order' }, when: { first: 1 } };
const OWN = {
    CANNED_RESPONSE: ['status', 'headers', 'body'],
    SCHEMA_DRIFT: ['patch', 'status'],
    TRUNCATED_BODY: ['bytes'],
    RAW_RESPONSE: ['bytes_base64'],
};
const BAD_FAULTS = [
    { fault: 'HICCUP' },
    { status: 503 },
    { fault: 'CANNED_RESPONSE' },
    { fault: 'CANNED_RESPONSE', status: 600 },
    { fault: 'CANNED_RESPONSE', status: 200, headers: [['X']] },
    { fault: 'CANNED_RESPONSE', status: 200, headers: [['X', 'a\r\nb']] },
    { fault: 'SCHEMA_DRIFT', patch: [] },
    { fault: 'SCHEMA_DRIFT', phase: 'after_commit', patch: [{ op: 'add', path: '/a' }] },
    { fault: 'SCHEMA_DRIFT', phase: 'after_commit', patch: [{ op: 'set', path: 'a' }] },
    { fault: 'NO_RESPONSE', phase: 'later' },
    { fault: 'TRUNCATED_BODY', phase: 'after_commit', bytes: -1 },
    { fault: 'RAW_RESPONSE' },
    { fault: 'NO_RESPONSE', match: { order: '4711' } },
    { fault: 'NO_RESPONSE', when: { first: 0 } },
    { fault: 'NO_RESPONSE', when: { first: 1, after: 1 } },
];

const faultJudge = () => {
    const judge = newJudge();
    judge.addSchema(JSON.parse(fs.readFileSync(path.join(__dirname, '../../../fixtures/schema/fault.schema.json'), 'utf8')));
    return judge.getSchema('fault.schema.json');
};

const declare = (test) => {
    test('the schema of faults takes the parameters of each kind alone', async () => {
        const isFault = faultJudge();
        for (const [fault, own] of Object.entries(FAULTS)) {
            assert(isFault({ fault, ...own }), `${fault} is refused`);
            assert(isFault({ fault, ...own, ...ANY_HAS }), `${fault} takes no "match" and "when"`);
            for (const [name, value] of Object.entries(MEMBERS))
                if (!(OWN[fault] ?? []).includes(name))
                    assert(!isFault({ fault, ...own, [name]: value }), `${fault} takes "${name}"`);
        }
        for (const bad of BAD_FAULTS) assert(!isFault(bad), `${JSON.stringify(bad)} is taken`);
    });
    test('good fixtures pass, file by file and without a warning', async () => {
        const { status, lines } = await run();
        assert.strictEqual(status, 0, lines.join('\n'));
        assert.strictEqual(lines.at(-1), '10 passed, 0 failed');
        assert.strictEqual(lines.length, 11, lines.join('\n'));
    });
    test('the words of check-answers are no mistake', async () => {
        const words = { 'x-statuses': [404, 410], 'x-may-be-empty': true };
        const { status, lines, text } = await run(shop((o) => Object.assign(o.components.responses.NoRoute, words)));
        assert.strictEqual(status, 0, text);
        assert.strictEqual(lines.length, 11, text);
    });
    for (const [name, file, words, change] of MISTAKES)
        test(name, async () => {
            const { status, lines, text } = await run(change);
            assert.strictEqual(status, 1, text);
            const at = lines.findIndex((line) => line.startsWith('FAIL') && line.endsWith('/' + file));
            assert(at >= 0, `no word of ${file} in:\n${text}`);
            const next = lines.findIndex((line, i) => i > at && !line.startsWith('     '));
            assert(lines.slice(at, next).join('\n').includes(words), `no word of "${words}" in:\n${text}`);
        });
    test('an empty folder fails', async () => {
        const { status, text } = await run((files) => Object.keys(files).forEach((name) => delete files[name]));
        assert.strictEqual(status, 1, text);
        assert.match(text, /no provider there/);
    });
    test('a folder that is not there fails', async () => {
        assert.strictEqual(await checkSchemas('/nowhere', () => {}), 1);
    });
};

module.exports = { declare };
