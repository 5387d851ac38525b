'use strict';
/*
 * What is asked of an openapi.json: the linter's recommended rules, schemas that compile strictly, everything in one
 * file, and the three responses that answer outside of any path.
 */
const fs = require('node:fs');
const { load } = require('./packages');
const { Document, pointerTo } = require('./document');
const { createConfig, getLineColLocation, lint } = load('@redocly/openapi-core');

const WANTED_RESPONSES = ['NoRoute', 'WrongMethod', 'TooLarge'];
const RULES = {
    'no-unused-components': 'off', /* NoRoute and its kind answer where no operation is */
    'no-ambiguous-paths': 'off', /* literal segments win over parameters, here as there */
    'no-path-trailing-slash': 'off', /* where a vendor's paths end in a slash, its document says so */
    /* What an example may have besides, its schema says; by itself the rule would allow nothing but what is listed. */
    'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: true },
    'no-invalid-parameter-examples': { severity: 'error', allowAdditionalProperties: true },
};

/* The places of all schemas; `at` walks the document, examples left out. */
function* schemaPlaces(value, pointer) {
    if (value === null || typeof value !== 'object') return;
    for (const [name, child] of Object.entries(value)) {
        const place = pointer + pointerTo(name);
        if (name === 'schema') yield place;
        else if (pointer === '/components' && name === 'schemas') yield* Object.keys(child).map((schema) => place + pointerTo(schema));
        else if (name !== 'example' && name !== 'examples') yield* schemaPlaces(child, place);
    }
}

function* foreignReferences(value) {
    if (value === null || typeof value !== 'object') return;
    for (const [name, child] of Object.entries(value)) {
        if (name === '$ref' && typeof child === 'string' && !child.startsWith('#/')) yield child;
        else yield* foreignReferences(child);
    }
}

function* ownProblems(json) {
    for (const name of WANTED_RESPONSES)
        if (json.components?.responses?.[name] === undefined) yield `components.responses has no ${name}`;
    if (Object.keys(json.paths ?? {}).length === 0) yield 'no path';
    const document = new Document('checked', json);
    for (const place of [...schemaPlaces(json.paths, '/paths'), ...schemaPlaces(json.components, '/components')]) {
        try {
            document.validator(place);
        } catch (problem) {
            yield `#${place}: ${problem.message}`;
        }
    }
}

const placed = ({ severity, ruleId, message, location }) => {
    const { start } = getLineColLocation(location[0]);
    return { isError: severity === 'error', text: `${start.line}:${start.col}: ${message.replaceAll('\n', ' ')} [${ruleId}]` };
};

/* [{isError, text}]; throws where the file cannot be read as JSON. */
const openApiProblems = async (file) => {
    const json = JSON.parse(fs.readFileSync(file, 'utf8'));
    const foreign = [...foreignReferences(json)].map((text) => ({ isError: true, text: `$ref to elsewhere: ${text}` }));
    if (foreign.length > 0) return foreign; /* the linter would go and fetch it */
    const config = await createConfig({ extends: ['recommended'], rules: RULES });
    const found = (await lint({ ref: file, config })).map(placed);
    return [...found, ...[...ownProblems(json)].map((text) => ({ isError: true, text }))];
};

module.exports = { openApiProblems };
