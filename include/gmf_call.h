/*
 * gmf_call.h
 *		Carrying out one action: arguments checked, one request, its result.
 *
 * An action that changes something is sent at most once: see
 * GmfError.maybe_done for what is known when it fails.
 */
#ifndef GMF_CALL_H
#define GMF_CALL_H

#include "gmf_answer.h"
#include "gmf_catalog.h"
#include "gmf_session.h"

#ifdef __cplusplus
extern "C"
{
#endif

/*
 * Check the inputs (one for each entry of action->arguments that has a name, in
 * that order; an input with neither text nor elements is NULL) against the
 * documented types, lengths, ranges, patterns and enumerations, and build the
 * request.  NULL with GMF_INVALID and a message that names the argument; the
 * message never holds the value of a secret one.
 */
extern GmfRequest *gmf_call_request(const GmfAction *action, const GmfInput *inputs,
									GmfError *error);

/*
 * The results of an answer: shape for action->items and action->results, to be
 * used with gmf_answer_open.  An empty body is an answer without members.
 */
extern GmfShape *gmf_call_shape(const GmfAction *action, GmfError *error);

/*
 * An exchange of the action has ended.  Where its answer is no success although its status is,
 * because it carries an error or lacks all that the operation returns, the exchange gets an
 * error (gmf_exchange_error), with maybe_done set unless the action only reads.
 */
extern void gmf_call_judge(const GmfAction *action, GmfExchange *exchange);

#ifdef __cplusplus
}
#endif

#endif							/* GMF_CALL_H */
