'use strict';
/*
 * A small set of fixtures that is good, for tests that break one thing in it; and journal entries that fit it.
 */
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const closed = (properties) => ({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false });
const fileSchema = (properties) => ({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...closed(properties),
    properties: { $schema: { type: 'string' }, ...properties },
});
const json = (schema) => ({ 'application/json': { schema } });
const refusal = (description, text, headers) => ({
    description,
    ...(headers && { headers }),
    content: json(closed({ error: { const: text } })),
});

const OPENAPI = {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1', description: 'A shop.', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/shop/v1' }, { url: '/' }],
    tags: [{ name: 'orders', description: 'Orders.' }],
    security: [{ token: [] }],
    paths: {
        '/orders/{id}': {
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
            get: {
                operationId: 'get_order',
                summary: 'One order',
                tags: ['orders'],
                responses: {
                    200: {
                        description: 'It',
                        headers: {
                            ETag: { description: 'Its version', required: true, schema: { type: 'string', pattern: '^"[0-9a-f]+"$' } },
                            'X-Left': { description: 'Calls left', schema: { type: 'integer', minimum: 0 } },
                        },
                        content: json({ $ref: '#/components/schemas/Order' }),
                    },
                    '4XX': refusal('No', 'no'),
                },
            },
            delete: {
                operationId: 'cancel_order',
                summary: 'Away with it',
                tags: ['orders'],
                responses: { 204: { description: 'Gone' }, 404: { $ref: '#/components/responses/NoRoute' }, 413: refusal('No', 'too much') },
            },
        },
        '/orders/all': {
            get: {
                operationId: 'list_orders',
                summary: 'All orders',
                tags: ['orders'],
                responses: { 200: { description: 'They', content: json({ type: 'array', items: { $ref: '#/components/schemas/Order' } }) }, 404: { $ref: '#/components/responses/NoRoute' } },
            },
        },
    },
    components: {
        securitySchemes: { token: { type: 'apiKey', in: 'header', name: 'Token' } },
        schemas: { Order: { type: 'object', properties: { id: { type: 'string' }, total: { type: ['number', 'null'] } }, required: ['id'] } },
        responses: {
            NoRoute: refusal('No such path', 'nowhere'),
            WrongMethod: refusal('No such method', 'method', { Allow: { description: 'Those that are', required: true, schema: { type: 'string' } } }),
            TooLarge: refusal('Too large', 'large'),
        },
    },
};

const FILES = {
    'schema/provider.schema.json': fileSchema({ provider: { type: 'string' } }),
    'schema/orders.schema.json': fileSchema({ orders: { type: 'array', items: { $ref: 'order.schema.json' } } }),
    'schema/order.schema.json': closed({ id: { type: 'string', format: 'uuid' } }),
    'schema/states.schema.json': fileSchema({ states: { type: 'array', items: { type: 'string' } } }),
    'schema/exchanges.schema.json': fileSchema({ exchanges: { type: 'array' } }),
    'shop/provider.json': { $schema: '../schema/provider.schema.json', provider: 'shop' },
    'shop/orders.json': { $schema: '../schema/orders.schema.json', orders: [{ id: '3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e' }] },
    'shop/states.json': { $schema: '../schema/states.schema.json', states: ['NEW'] },
    'shop/exchanges/cancel.json': { $schema: '../../schema/exchanges.schema.json', exchanges: [] },
    'shop/openapi.json': OPENAPI,
};

const copyOf = (value) => JSON.parse(JSON.stringify(value));

/* A folder of its own with the files; `change` may alter them first: values by name, a text is written as it is. */
const fixturesWith = (change = () => {}) => {
    const files = copyOf(FILES);
    change(files);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fixtures-'));
    for (const [name, value] of Object.entries(files)) {
        fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        fs.writeFileSync(path.join(folder, name), typeof value === 'string' ? value : JSON.stringify(value, null, 2));
    }
    return folder;
};

/* A journal of these entries (a text is a line as it is), in a folder of its own. */
const journalOf = (entries) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'journal-'));
    const lines = entries.map((entry) => (typeof entry === 'string' ? entry : JSON.stringify(entry)) + '\n');
    fs.writeFileSync(path.join(folder, 'some.jsonl'), lines.join(''));
    return folder;
};

/* "GET /shop/v1/orders/7" answered with 200 and an order; `change` may alter it. */
const entry = (change = () => {}) => {
    const good = {
        seq: 1, at: '2026-11-01T09:00:00.000000Z', session: 'default', provider: 'shop', operation: 'get_order', order: null,
        request: { method: 'GET', target: '/shop/v1/orders/7', version: 'HTTP/1.1', headers: [], body: '' },
        response: {
            status: 200,
            headers: [['Content-Type', 'application/json; charset=utf-8'], ['ETag', '"a1"'], ['Date', 'Sun, 01 Nov 2026 09:00:00 GMT']],
            body: '{"id":"7","total":null}',
        },
        unread: null, reason: null, fault: null, connection: 1, duration_us: 10,
    };
    change(good);
    return good;
};

/* A refusal outside of any operation. */
const refused = (method, target, status, error, change = () => {}) => entry((e) => {
    e.operation = null;
    Object.assign(e.request, { method, target });
    e.response = { status, headers: [['Content-Type', 'application/json']], body: JSON.stringify({ error }) };
    change(e);
});

module.exports = { fixturesWith, journalOf, entry, refused };
