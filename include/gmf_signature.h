/*
 * gmf_signature.h
 *		What a C function of the extension was called as.
 *
 * One C function carries out many SQL functions, which are told apart by name and find
 * their arguments by name.  Who declares one by hand may get it wrong: so a call looks
 * first whether arguments and result have the types that will be read and written.
 */
#ifndef GMF_SIGNATURE_H
#define GMF_SIGNATURE_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "fmgr.h"

typedef struct GmfSignature
{
	char	   *function_name;
	int			ninputs;
	char	  **input_names;	/* "" for one without a name */
	Oid		   *input_types;
	bool		returns_set;
	Oid			result_type;	/* RECORDOID for a row */
	TupleDesc	row;			/* the columns of a row, or NULL */
} GmfSignature;

/* In the memory context of the function's FmgrInfo. */
extern GmfSignature *gmf_signature(FmgrInfo *flinfo);

/* Position of an input by name, or -1. */
extern int	gmf_signature_find(const GmfSignature *signature, const char *name);

/* Are these, and no others, the types of the inputs? */
extern bool gmf_signature_takes(const GmfSignature *signature, const Oid *types, int ntypes);

/* ERROR: the function is not declared as the extension declares it. */
extern void gmf_signature_check(const GmfSignature *signature, bool is_right);

#endif							/* GMF_SIGNATURE_H */
