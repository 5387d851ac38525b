'use strict';
/*
 * Ajv as this project uses it: JSON Schema 2020-12, strict. A misspelt keyword, an unknown format or a `properties`
 * without `type` is a mistake of the schema and not a rule that never holds.
 */
const { load } = require('./packages');
const Ajv = load('ajv/dist/2020').default;
const addFormats = load('ajv-formats').default;

/* What OpenAPI 3.1 adds to JSON Schema, and where its schemas stand; none of it judges anything. */
const OPENAPI_WORDS = ['discriminator', 'xml', 'externalDocs', 'example', 'paths', 'components'];
const COMPLAINTS_SHOWN = 4;

/* strictRequired stays off: `required` inside `if` and `oneOf` may speak of properties that stand outside. */
const newJudge = () => addFormats(new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true }));

const newOpenApiJudge = () => newJudge().addVocabulary(OPENAPI_WORDS);

const complaint = ({ instancePath, message, params }) => {
    const details = Object.values(params).filter((value) => value !== null && value !== undefined);
    return `${instancePath === '' ? 'the whole' : instancePath} ${message} (${details.map((d) => JSON.stringify(d)).join(', ')})`;
};

/* The first complaints of a schema in one line; those of all branches come when none of several fits. */
const complaintsOf = (validate) => {
    const all = validate.errors.map(complaint);
    const rest = all.length - COMPLAINTS_SHOWN;
    return all.slice(0, COMPLAINTS_SHOWN).join('; ') + (rest > 0 ? `; and ${rest} more` : '');
};

module.exports = { newJudge, newOpenApiJudge, complaintsOf };
