/*
 * signature.c
 *		What a C function of the extension was called as.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "gmf_signature.h"

GmfSignature *
gmf_signature(FmgrInfo *flinfo)
{
	MemoryContext old = MemoryContextSwitchTo(flinfo->fn_mcxt);
	GmfSignature *signature = (GmfSignature *) palloc0(sizeof(GmfSignature));
	HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(flinfo->fn_oid));
	Oid		   *types;
	char	  **names;
	char	   *modes;
	int			n;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for function %u", flinfo->fn_oid);
	signature->function_name = pstrdup(NameStr(((Form_pg_proc) GETSTRUCT(tuple))->proname));
	n = get_func_arg_info(tuple, &types, &names, &modes);
	ReleaseSysCache(tuple);
	signature->input_names = (char **) palloc0((n + 1) * sizeof(char *));
	signature->input_types = (Oid *) palloc0((n + 1) * sizeof(Oid));
	for (int i = 0; i < n; i++)
	{
		if (modes != NULL && (modes[i] == PROARGMODE_OUT || modes[i] == PROARGMODE_TABLE))
			continue;
		signature->input_names[signature->ninputs] = names == NULL ? pstrdup("") : names[i];
		signature->input_types[signature->ninputs] = types[i];
		signature->ninputs++;
	}
	signature->returns_set = get_func_retset(flinfo->fn_oid);
	if (get_func_result_type(flinfo->fn_oid, &signature->result_type,
							 &signature->row) != TYPEFUNC_COMPOSITE)
		signature->row = NULL;
	MemoryContextSwitchTo(old);
	return signature;
}

int
gmf_signature_find(const GmfSignature *signature, const char *name)
{
	for (int i = 0; i < signature->ninputs; i++)
		if (strcmp(signature->input_names[i], name) == 0)
			return i;
	return -1;
}

bool
gmf_signature_takes(const GmfSignature *signature, const Oid *types, int ntypes)
{
	return signature->ninputs == ntypes &&
		memcmp(signature->input_types, types, ntypes * sizeof(Oid)) == 0;
}

void
gmf_signature_check(const GmfSignature *signature, bool is_right)
{
	if (!is_right)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_FUNCTION_DEFINITION),
				 errmsg("function %s is not declared as gaussdb_mgmt_fdw declares it",
						signature->function_name),
				 errhint("CREATE EXTENSION makes these functions, and none should be made by "
						 "hand.")));
}
