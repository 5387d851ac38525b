/* Orders of earlier cases: whole ids only, as each vendor's pages place them. */
#include "mock_server/base/tests/check.h"
#include "setup/earlier.h"
#include "tests/suites.h"

#define UUID "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"

/* Whether a request is about the earlier order `id`. */
static bool mentions(const char *id, const char *target, const char *body)
{
    struct earlier earlier = {0};
    earlier_end(&earlier, id);
    bool found = earlier_mentioned(&earlier, target, body, "the order of now");
    earlier_release(&earlier);
    return found;
}

static void test_earlier__segments_of_a_path(void *context)
{
    (void)context;
    CHECK(mentions(UUID, "/api/integrations/orders/cancel/" UUID, NULL));
    CHECK(mentions("500086", "/api/i1/orders/500086/cancel/", NULL));
    CHECK(mentions("500086", "/api/i1/orders/?id=500086&limit=1", NULL));
    CHECK(mentions("a/b", "/consumers/api/v1/orders/a%2Fb/cancel_by_consumer", NULL));
    CHECK(!mentions("500086", "/api/i1/orders/1500086/cancel/", NULL));
    CHECK(!mentions("500086", "/api/i1/orders/5000861/cancel/", NULL));
    CHECK(!mentions("500086", "/api/i1/orders/50008/cancel/", NULL));
    CHECK(!mentions("500086", "/api/i1/orders/?number=2792500086", NULL));
}

static void test_earlier__values_of_a_body(void *context)
{
    (void)context;
    CHECK(mentions("312900087", "/v1/cancel-order/json", "{\"request\":{\"order\":{\"id\":\"312900087\"}}}"));
    CHECK(mentions("312900087", "/v1/cancel-order/json", "{\"request\":{\"order\":{\"id\":312900087}}}"));
    CHECK(mentions("312900087", "/v1/cancel-order", "<request><order><id>312900087</id></order></request>"));
    CHECK(!mentions("312900087", "/v1/cancel-order/json", "{\"request\":{\"order\":{\"id\":\"3129000871\"}}}"));
    CHECK(!mentions("312900087", "/v1/cancel-order/json", "{\"request\":{\"order\":{\"id\":1312900087}}}"));
    CHECK(!mentions("312900087", "/v1/cancel-order/json", "{\"312900087\":\"x\"}"));
    CHECK(!mentions("312900087", "/v1/cancel-order", "<request><order><id>1312900087</id></order></request>"));
}

static void test_earlier__the_order_of_now_is_not_past(void *context)
{
    (void)context;
    struct earlier earlier = {0};
    earlier_end(&earlier, "500086");
    CHECK(earlier_mentioned(&earlier, "/orders/500086/cancel/", NULL, NULL));
    CHECK(!earlier_mentioned(&earlier, "/orders/500086/cancel/", NULL, "500086"));
    earlier_end(&earlier, NULL);
    for (int i = 0; i < EARLIER_KEPT_MAX; i++)
        earlier_end(&earlier, "other");
    CHECK(!earlier_mentioned(&earlier, "/orders/500086/cancel/", NULL, NULL));
    earlier_release(&earlier);
}

static void test_earlier__draws_an_id_once(void *context)
{
    (void)context;
    struct earlier earlier = {0};
    CHECK(earlier_draw(&earlier, "akinon", "500086"));
    CHECK(!earlier_draw(&earlier, "akinon", "500086"));
    CHECK(earlier_draw(&earlier, "akinon", "500087"));
    CHECK(earlier_draw(&earlier, "iletimerkezi", "500086"));
    earlier_release(&earlier);
}

void suite_earlier(void)
{
    register_test("earlier", "earlier/segments_of_a_path", test_earlier__segments_of_a_path, NULL);
    register_test("earlier", "earlier/values_of_a_body", test_earlier__values_of_a_body, NULL);
    register_test("earlier", "earlier/the_order_of_now_is_not_past", test_earlier__the_order_of_now_is_not_past, NULL);
    register_test("earlier", "earlier/draws_an_id_once", test_earlier__draws_an_id_once, NULL);
}
