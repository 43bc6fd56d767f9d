/*
 * gmf_action.h
 *		Carrying out actions from SQL functions.
 */
#ifndef GMF_ACTION_H
#define GMF_ACTION_H

#include "postgres.h"

#include "fmgr.h"
#include "foreign/foreign.h"

#include "gmf_connection.h"

/*
 * The server of that name, for a function: one of this extension, on which the current
 * user has USAGE.
 */
extern ForeignServer *gmf_action_server(const char *name);

/* The NOTICE of a dry run: what would be sent. */
extern void gmf_tell_dry_run(const GmfRequest *request, const ForeignServer *server);

/*
 * Names, types and modes of a function's arguments: what get_func_arg_info gives, with the
 * positions of inputs.
 */
typedef struct GmfSignature
{
	char	   *function_name;
	int			ninputs;
	char	  **input_names;
	Oid		   *input_types;
} GmfSignature;

/* In the memory context of the function's FmgrInfo. */
extern GmfSignature *gmf_signature(FmgrInfo *flinfo);

/* Position of an input by name, or -1. */
extern int	gmf_signature_find(const GmfSignature *signature, const char *name);

#endif							/* GMF_ACTION_H */
