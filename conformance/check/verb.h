/*
 * A verb with its objects: one small thing that must be true of a case, as a row's `.expect.holds` has it.
 *
 * The verbs themselves are the judge's (judge/verbs.h) and, where only one provider's rows need them, that provider's
 * (cases/NAME/verbs.h). Each is a macro that makes this struct, METHOD("PUT"), and a function that looks at the
 * evidence and notes what it finds wrong, nothing else. All texts are literals and stay borrowed.
 */
#ifndef CHECK_VERB_H
#define CHECK_VERB_H

struct evidence;
struct findings;
struct verb;

typedef void verb_judge(const struct evidence *evidence, const struct verb *verb, struct findings *findings);

struct verb {
    verb_judge *judge;
    const char *what;
    const char *value;
    const char *words; /* for people; %1 stands for `what`, %2 for `value` */
};

/* As a sentence, "the method is PUT"; to be freed. */
char *verb_text(const struct verb *verb);

#endif
