/*
 * What only the moment of the failure knows, for a request that was refused: where the order is that it names, and
 * whose the credentials are that it shows. A few look-ups by name, and what they find is copied.
 *
 * Bounded: FACTS_VALUES_MAX values of the request are looked at as credentials, FACTS_NEAR_MAX orders as what may have
 * been meant. An order of the fixtures is in every session, so one that another session has is told only where that
 * session made it.
 */
#ifndef DIAGNOSIS_FACTS_H
#define DIAGNOSIS_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#define FACTS_VALUES_MAX 48
#define FACTS_KEYS_MAX   8
#define FACTS_NEAR_MAX   200

struct exchange;
struct sessions;

enum order_place {
    ORDER_NOT_ASKED, /* the order is not what failed */
    ORDER_NOWHERE,
    ORDER_OF_ACCOUNT,    /* another account's of this provider; `owner` is the account */
    ORDER_BY_OTHER_NAME, /* `owner` is its id */
    ORDER_OF_SESSION,    /* `owner` is the session */
    ORDER_OF_PROVIDER,   /* `owner` is the provider */
    ORDER_REMOVED,       /* the fixtures have it: it was here */
    ORDER_TWICE_ENCODED, /* `owner` is its name, decoded once more */
    ORDER_IN_CASE,       /* `owner` is its name, with letters of the other case or without blanks */
    ORDER_NEAR,          /* `owner` is the one that is nearest */
};

/* A credential that somebody knows. */
struct key_fact {
    const char *where;  /* "header", "query", "body" */
    const char *name;   /* "Authorization" */
    const char *scheme; /* "Bearer", "" where the value is alone */
    const char *provider;
    const char *member;  /* of its `values`: "access_token"; NULL: a log-in issued it */
    const char *account; /* NULL: not known */
    const char *state;   /* "valid", "expired", "revoked" … */
    const char *session; /* the session that has it for its own; NULL: any, by the fixtures */
};

/* In the arena of the exchange. */
struct diagnosis {
    enum order_place order;
    const char *owner;
    const char *account;      /* who asked; NULL: nobody that the provider knows */
    const char *near_session; /* of an unknown session: the nearest name; NULL: none */
    struct key_fact keys[FACTS_KEYS_MAX];
    size_t key_count;
};

const struct diagnosis *facts_find(struct sessions *sessions, struct exchange *x);

#endif
