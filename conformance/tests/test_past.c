/* Orders of earlier cases: whole ids only, as each vendor's pages place them. */
#include "runner/past.h"
#include "tests/test.h"

#define UUID "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"

/* Whether a request is about the earlier order `id`. */
static bool mentions(const char *id, const char *target, const char *body)
{
    struct past past = {0};
    past_over(&past, id);
    bool found = past_mentioned(&past, target, body, "the order of now");
    past_release(&past);
    return found;
}

static void test_past__segments_of_a_path(void)
{
    CHECK(mentions(UUID, "/api/integrations/orders/cancel/" UUID, NULL));
    CHECK(mentions("500086", "/api/i1/orders/500086/cancel/", NULL));
    CHECK(mentions("500086", "/api/i1/orders/?id=500086&limit=1", NULL));
    CHECK(mentions("a/b", "/consumers/api/v1/orders/a%2Fb/cancel_by_consumer", NULL));
    CHECK(!mentions("500086", "/api/i1/orders/1500086/cancel/", NULL));
    CHECK(!mentions("500086", "/api/i1/orders/5000861/cancel/", NULL));
    CHECK(!mentions("500086", "/api/i1/orders/50008/cancel/", NULL));
    CHECK(!mentions("500086", "/api/i1/orders/?number=2792500086", NULL));
}

static void test_past__values_of_a_body(void)
{
    CHECK(mentions("312900087", "/v1/cancel-order/json", "{\"request\":{\"order\":{\"id\":\"312900087\"}}}"));
    CHECK(mentions("312900087", "/v1/cancel-order/json", "{\"request\":{\"order\":{\"id\":312900087}}}"));
    CHECK(mentions("312900087", "/v1/cancel-order", "<request><order><id>312900087</id></order></request>"));
    CHECK(!mentions("312900087", "/v1/cancel-order/json", "{\"request\":{\"order\":{\"id\":\"3129000871\"}}}"));
    CHECK(!mentions("312900087", "/v1/cancel-order/json", "{\"request\":{\"order\":{\"id\":1312900087}}}"));
    CHECK(!mentions("312900087", "/v1/cancel-order/json", "{\"312900087\":\"x\"}"));
    CHECK(!mentions("312900087", "/v1/cancel-order", "<request><order><id>1312900087</id></order></request>"));
}

static void test_past__the_order_of_now_is_not_past(void)
{
    struct past past = {0};
    past_over(&past, "500086");
    CHECK(past_mentioned(&past, "/orders/500086/cancel/", NULL, NULL));
    CHECK(!past_mentioned(&past, "/orders/500086/cancel/", NULL, "500086"));
    past_over(&past, NULL);
    for (int i = 0; i < PAST_OVER_MAX; i++)
        past_over(&past, "other");
    CHECK(!past_mentioned(&past, "/orders/500086/cancel/", NULL, NULL));
    past_release(&past);
}

static void test_past__draws_an_id_once(void)
{
    struct past past = {0};
    CHECK(past_draw(&past, "akinon", "500086"));
    CHECK(!past_draw(&past, "akinon", "500086"));
    CHECK(past_draw(&past, "akinon", "500087"));
    CHECK(past_draw(&past, "iletimerkezi", "500086"));
    past_release(&past);
}

static const struct test past_tests[] = {
    TEST(test_past__segments_of_a_path),
    TEST(test_past__values_of_a_body),
    TEST(test_past__the_order_of_now_is_not_past),
    TEST(test_past__draws_an_id_once),
};
const struct test_suite past_suite = SUITE("past", past_tests);
