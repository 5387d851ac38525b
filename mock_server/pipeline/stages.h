/*
 * The stages, in order. What each may read and write:
 *
 *   session        sets x->session and enters it; sets x->at_us, x->provider, inner_path, path
 *   route          finds the stub or the route; sets x->route, params, order_key, stub, allowed; answers where no
 *                  provider lives
 *   fault_before   may answer in the provider's place
 *   unrouted       answers what a stub answers; refuses unknown paths, wrong methods, bodies too large
 *   authenticate   asks the provider; sets x->account, x->credential
 *   validate       asks the route; sets x->order_key, x->scratch
 *   transition     loads the order, asks the route, commits; sets x->order, order_id, state_before, state_after
 *   render         asks the route; sets x->reply
 *   diagnose       looks up what only this moment knows of a failure; sets x->diagnosis
 *   fault_after    may replace or bend the answer
 *   finish         adds what every answer has
 */
#ifndef PIPELINE_STAGES_H
#define PIPELINE_STAGES_H

#include "model/exchange.h"
#include "pipeline/pipeline.h"

enum step stage_session(const struct pipeline *pipeline, struct exchange *x);
enum step stage_route(const struct pipeline *pipeline, struct exchange *x);
enum step stage_fault_before(const struct pipeline *pipeline, struct exchange *x);
enum step stage_unrouted(const struct pipeline *pipeline, struct exchange *x);
enum step stage_authenticate(const struct pipeline *pipeline, struct exchange *x);
enum step stage_validate(const struct pipeline *pipeline, struct exchange *x);
enum step stage_transition(const struct pipeline *pipeline, struct exchange *x);
enum step stage_render(const struct pipeline *pipeline, struct exchange *x);
enum step stage_diagnose(const struct pipeline *pipeline, struct exchange *x);
enum step stage_fault_after(const struct pipeline *pipeline, struct exchange *x);
enum step stage_finish(const struct pipeline *pipeline, struct exchange *x);

#endif
