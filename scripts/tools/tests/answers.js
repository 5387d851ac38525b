'use strict';
/* Journals written by hand: what is valid, and each kind of mistake. */
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { checkAnswers } = require('../check_answers');
const { entry, fixturesWith, journalOf, refused } = require('./samples');
const { outcome } = require('./main');

const run = (entries, change) => {
    const [journals, fixtures] = [journalOf(entries), fixturesWith(change)];
    return outcome([journals, fixtures], (print) => checkAnswers(journals, fixtures, print));
};

const allowed = (e) => e.response.headers.push(['Allow', 'GET, DELETE']);
const header = (name, value) => (e) => {
    e.response.headers = e.response.headers.filter(([other]) => other !== name);
    if (value !== undefined) e.response.headers.push([name, value]);
};
const body = (text) => (e) => (e.response.body = text);
const target = (text) => (e) => (e.request.target = text);
const cancelled = (change) => entry((e) => {
    e.operation = 'cancel_order';
    e.request.method = 'DELETE';
    e.response = { status: 204, headers: [], body: '' };
    change(e);
});
const tooLarge = (status, error) => entry((e) => {
    e.request.body_too_large = true;
    e.response = { status, headers: [['Content-Type', 'application/json']], body: JSON.stringify({ error }) };
});

const ranged = entry((e) => {
    e.response = { status: 418, headers: [['Content-Type', 'application/json']], body: '{"error":"no"}' };
});

const GOOD = [
    ['an order', entry()],
    ['an order with members that nobody described', entry(body('{"id":"7","colour":"red"}'))],
    ['another base path', entry(target('/orders/7'))],
    ['a session in the path, and a query', entry(target('/_s/ci-1/shop/v1/orders/7?a=/b'))],
    ['a whole URL', entry(target('http://127.0.0.1:4711/shop/v1/orders/7'))],
    ['an encoded slash in a parameter', entry(target('/shop/v1/orders/7%2F8'))],
    ['an encoded letter in a literal', entry(target('/shop/v1/%6Frders/7'))],
    ['a slash too many that a knob allows', entry(target('/shop/v1/orders/7/'))],
    ['doubled slashes that a knob allows', entry(target('/shop//v1//orders/7'))],
    ['a header with a number', entry(header('X-Left', '12'))],
    ['a status of a described range', ranged],
    ['a literal wins over a parameter', entry((e) => {
        e.operation = 'list_orders';
        e.request.target = '/shop/v1/orders/all';
        e.response.body = '[{"id":"7"}]';
    })],
    ['an answer without content', cancelled(() => {})],
    ['a path that is unknown', refused('GET', '/shop/v1/order', 404, 'nowhere')],
    ['a parameter that is empty', refused('GET', '/shop/v1/orders/', 404, 'nowhere')],
    ['a path that cannot be decoded', refused('GET', '/shop/v1/orders/%zz', 404, 'nowhere')],
    ['a path with a zero byte', refused('GET', '/shop/v1/orders/a%00', 404, 'nowhere')],
    ['a parameter that is not UTF-8', entry(target('/shop/v1/orders/%ff'))],
    ['a method that is wrong', refused('PUT', '/shop/v1/orders/7', 405, 'method', allowed)],
    ['a method that is wrong, told as an unknown path', refused('PUT', '/shop/v1/orders/7', 404, 'nowhere')],
    ['HEAD of an operation', entry((e) => { e.request.method = 'HEAD'; e.response.body = ''; })],
    ['HEAD', refused('HEAD', '/shop/v1/orders/7', 405, 'method', (e) => { allowed(e); e.response.body = ''; })],
    ['a body that is too large', tooLarge(413, 'large')],
    ['a body that is too large, at an operation that describes it', cancelled((e) => {
        e.request.body_too_large = true;
        e.response = tooLarge(413, 'too much').response;
    })],
];

/* name; words of the complaint; the entry */
const BAD = [
    ['a status', 'the status 500 is not described', entry((e) => (e.response.status = 500))],
    ['a content type', 'the content type is text/html', entry(header('Content-Type', 'text/html'))],
    ['no content type', 'the content type is missing', entry(header('Content-Type'))],
    ['a member of a wrong type', '/id must be string', entry(body('{"id":7}'))],
    ['a member too few', "must have required property 'id'", entry(body('{}'))],
    ['a member too many in a closed body', 'additional properties', refused('GET', '/shop/v1/x', 404, 'nowhere', body('{"error":"nowhere","a":1}'))],
    ['another text', 'must be equal to constant', refused('GET', '/shop/v1/x', 404, 'no where')],
    ['no JSON', 'not JSON', entry(body('{"id":"7"'))],
    ['bytes behind the JSON', 'not JSON', entry(body('{"id":"7"}x'))],
    ['an empty body', 'the body is empty', entry(body(''))],
    ['a body that is not UTF-8', 'not UTF-8', entry((e) => { delete e.response.body; e.response.body_base64 = '/w=='; })],
    ['a body where there is none', 'a body where none is described', cancelled(body('{}'))],
    ['a body with HEAD', 'a body where none is described', refused('HEAD', '/shop/v1/orders/7', 405, 'method', allowed)],
    ['a missing header', 'the header ETag is missing', entry(header('ETag'))],
    ['a header of a wrong form', 'the header ETag is', entry(header('ETag', 'a1'))],
    ['a header that is no number', 'the header X-Left is', entry(header('X-Left', 'many'))],
    ['a header that is too small', 'the header X-Left is', entry(header('X-Left', '-1'))],
    ['an operation without a description', 'the document has no such operation', entry(target('/shop/v1/orders/7/items'))],
    ['another operation', 'the mock calls this cancel, the document get_order', entry((e) => (e.operation = 'cancel'))],
    ['an operation whose name begins alike', 'the mock calls this get_orde,', entry((e) => (e.operation = 'get_orde'))],
    ['a wrong method without its header', 'the header Allow is missing', refused('PUT', '/shop/v1/orders/7', 405, 'method')],
    ['an unknown path with a status of its own', 'the status 410 is not described', refused('GET', '/shop/v1/x', 410, 'nowhere')],
    ['a wrong method where the path is unknown', 'the status 405 is not described', refused('PUT', '/shop/v1/x', 405, 'method', allowed)],
    ['a large body that is called otherwise', 'must be equal to constant', tooLarge(413, 'no')],
    ['no answer at all', 'no fault that explains it', entry((e) => (e.response = null))],
    ['another provider', 'no openapi.json', entry((e) => (e.provider = 'market'))],
    ['a line that is cut', 'a line that is no entry', JSON.stringify(entry()).slice(0, 200)],
];

const declareSums = (test) => {
    test('equal answers are judged once, whatever their date', async () => {
        const later = entry((e) => { e.seq = 2; header('Date', 'Mon, 02 Nov 2026 09:00:00 GMT')(e); });
        const { status, text } = await run([entry(), later, entry(body('{"id":"8"}'))]);
        assert.strictEqual(status, 0, text);
        assert.match(text, /^answers: 3 of 3 answers valid \(shop 3; 2 distinct\); left out: 0 with a fault, 0 to what is no request, 0 stubs, 0 of no provider$/m);
        assert.match(text, /^2 passed, 0 failed$/m);
    });
    test('a mistake is told once, with its count and an example', async () => {
        const list = (...values) => entry((e) => {
            e.operation = 'list_orders';
            e.request.target = '/shop/v1/orders/all';
            e.response.body = JSON.stringify(values);
        });
        const { status, lines, text } = await run([entry(), list(7), list(7), list({ id: '7' }, 7)]);
        assert.strictEqual(status, 1, text);
        assert.strictEqual(lines.filter((line) => line.startsWith('FAIL')).length, 1, text);
        assert.match(text, /^FAIL shop list_orders 200: \/0 must be object/m);
        assert.match(text, /3 times, 2 distinct; for example some.jsonl:2: {"seq":1,/);
        assert.match(text, /1 of 4 answers valid/);
        assert.match(text, /^1 passed, 2 failed$/m);
    });
    test('faults, stubs, what is no request and what is no provider\'s are left out', async () => {
        const wrong = (change) => entry((e) => { e.response.status = 500; change(e); });
        const fault = wrong((e) => (e.fault = { id: '1', fault: 'status', phase: 'before_commit' }));
        const { status, text } = await run([entry(), fault, wrong((e) => (e.unread = { kind: 'malformed', bytes: '' })), wrong((e) => (e.operation = 'stub')), wrong((e) => (e.provider = null))]);
        assert.strictEqual(status, 0, text);
        assert.match(text, /1 of 1 answers valid .* left out: 1 with a fault, 1 to what is no request, 1 stubs, 1 of no provider/);
    });
    test('each journal is counted, and one without an answer fails', async () => {
        const [journals, fixtures] = [journalOf([entry(), entry(body('{"id":"8"}'))]), fixturesWith()];
        fs.writeFileSync(path.join(journals, 'other.jsonl'), JSON.stringify(entry((e) => (e.provider = null))) + '\n');
        const { status, text } = await outcome([journals, fixtures], (print) => checkAnswers(journals, fixtures, print));
        assert.strictEqual(status, 1, text);
        assert.match(text, /^some.jsonl: 2 of 2 answers judged$/m);
        assert.match(text, /^other.jsonl: 0 of 1 answers judged$/m);
        assert.match(text, /^FAIL other.jsonl: no answer to judge in it$/m);
        assert.match(text, /^2 passed, 1 failed$/m);
    });
    test('what is described and never answered is told', async () => {
        const never = async (...entries) => (await run(entries)).text.match(/^described and never answered: (.*)$/m)[1].split(', ');
        assert.deepStrictEqual(await never(entry()), ['shop get_order 4XX', 'shop cancel_order 204', 'shop cancel_order 404',
                                                      'shop cancel_order 413', 'shop list_orders 200', 'shop list_orders 404']);
        assert(!(await never(ranged, entry())).includes('shop get_order 4XX'));
    });
    test('only the first twenty kinds of mistake are told', async () => {
        const { text } = await run(Array.from({ length: 25 }, (_, i) => cancelled((e) => (e.response.status = 300 + i))));
        assert.strictEqual(text.match(/^FAIL/gm).length, 20);
        assert.match(text, /^and 5 more kinds of mistake$/m);
    });
};

const declare = (test) => {
    for (const [name, good] of GOOD)
        test(`${name} is valid`, async () => {
            const { status, text } = await run([good]);
            assert.strictEqual(status, 0, text);
            assert.match(text, /^1 passed, 0 failed$/m);
        });
    for (const [name, words, bad] of BAD)
        test(`${name} is noticed`, async () => {
            const { status, text } = await run([entry(), bad]);
            assert.strictEqual(status, 1, text);
            assert(text.includes(words), `no word of "${words}" in:\n${text}`);
            assert.match(text, /^1 passed, 1 failed$/m);
        });
    declareSums(test);
    test('statuses that a document lists for unknown paths', async () => {
        const change = (files) => (files['shop/openapi.json'].components.responses.NoRoute['x-statuses'] = [410]);
        assert.strictEqual((await run([refused('GET', '/shop/v1/x', 410, 'nowhere')], change)).status, 0);
        assert.strictEqual((await run([refused('GET', '/shop/v1/x', 404, 'nowhere')], change)).status, 1);
    });
    test('an answer that may be empty', async () => {
        const empty = (change) => entry((e) => { header('Content-Type')(e); e.response.body = ''; change(e); });
        const may = (files) => (files['shop/openapi.json'].paths['/orders/{id}'].get.responses[200]['x-may-be-empty'] = true);
        assert.strictEqual((await run([entry(), empty(() => {})], may)).status, 0);
        assert.strictEqual((await run([empty(() => {})])).status, 1);
        assert.strictEqual((await run([empty(header('Content-Type', 'application/json'))], may)).status, 1);
        assert.strictEqual((await run([empty(body('{"id":"7"}'))], may)).status, 1);
    });
    test('another response of the components for a status that it lists', async () => {
        const moved = refused('GET', '/shop/v1/orders', 301, '', (e) => (e.response = { status: 301, headers: [['Location', '/']], body: '' }));
        const redirect = (more) => (files) => (files['shop/openapi.json'].components.responses.Redirect = { description: 'There', ...more });
        assert.strictEqual((await run([moved], redirect({ 'x-statuses': [301] }))).status, 0);
        assert.strictEqual((await run([moved], redirect({ 'x-statuses': [302] }))).status, 1);
        assert.strictEqual((await run([moved], redirect({}))).status, 1);
    });
    test('who asks may be refused before the path is looked at', async () => {
        const denied = refused('GET', '/shop/v1/x', 401, 'who');
        const change = (files) => (files['shop/openapi.json'].components.responses.Denied =
            { description: 'No', content: { 'application/json': { schema: { const: { error: 'who' } } } } });
        assert.strictEqual((await run([denied], change)).status, 0);
        assert.strictEqual((await run([denied])).status, 1);
        assert.strictEqual((await run([refused('GET', '/shop/v1/x', 401, 'hm')], change)).status, 1);
    });
    test('no journal, or an empty one, fails', async () => {
        for (const entries of [[], [entry((e) => (e.provider = null))]]) {
            const { status, text } = await run(entries);
            assert.strictEqual(status, 1, text);
            assert.match(text, /^0 passed, 1 failed$/m);
        }
        assert.strictEqual(await checkAnswers('/nowhere', '/nowhere', () => {}), 1);
    });
};

module.exports = { declare };
