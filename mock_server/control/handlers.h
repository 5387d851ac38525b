/*
 * The handlers of the control API: one a row of the table in control.c, each in the file of its noun; and beside them
 * the shapes and words that the table needs of those files.
 */
#ifndef CONTROL_HANDLERS_H
#define CONTROL_HANDLERS_H

#include "control/call.h"

call_handler control_index, control_health, control_ready, control_providers, control_reset, control_reload;
call_handler control_sessions_list, control_sessions_make, control_sessions_remove;
call_handler control_clock_get, control_clock_set, control_clock_advance;
call_handler control_tokens_expire;
call_handler control_orders_list, control_orders_make, control_order_get, control_order_change, control_order_delete,
    control_order_event;
call_handler control_requests_list, control_requests_get, control_requests_har, control_requests_clear, control_events;
call_handler control_connections;
call_handler control_listeners_list, control_listeners_open, control_listeners_close;
call_handler control_verify, control_metrics;
call_handler control_faults_kinds, control_faults_list, control_faults_add, control_faults_clear, control_faults_remove;
call_handler control_knobs_get, control_knobs_set;
call_handler control_exchanges, control_openapi, control_openapi_control;

extern const struct shape control_session_shape[], control_clock_shape[], control_advance_shape[],
    control_event_shape[], control_listener_shape[];

extern const char *const control_unread_words[];

#define REQUESTS_LIST_DEFAULT 1000 /* entries in one answer without ?limit= */
#define REQUESTS_LIST_MAX     10000
#define REQUESTS_LIST_BYTES   ((size_t)8 * 1024 * 1024) /* and about so many bytes; one entry at least */
#define ORDERS_LIST_MAX       10000                     /* orders in one answer; fixtures may have a million */
#define ADVANCE_HINT          "send how far, for instance {\"days\":14} or {\"hours\":1,\"minutes\":30}"

#endif
