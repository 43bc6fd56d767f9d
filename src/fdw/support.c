/*
 * support.c
 *		The planner's support function of whatever has side effects.
 *
 * PostgreSQL copies some expressions before it plans them: (f()).* becomes a field of a
 * call of f for each column, and f() BETWEEN a AND b two comparisons, each with a call.
 * A function that changes something in the cloud must not be carried out more often than
 * it was written, so such a statement is refused while it is planned.
 *
 * Copies are calls that are equal and were written in the same place of the statement, or
 * of which fields are taken: (f()).a, (f()).b is the same by hand.  In what has been stored
 * (a view, the body of a function) places are not known, and equal calls count as copies.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "lib/ilist.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "gmf_compat.h"

/* One call of such a function, as it is written. */
typedef struct Written
{
	FuncExpr   *call;
	uint32		hash;			/* equal calls have equal ones */
	int			location;		/* in the statement, or FROM_FIELD */
} Written;

#define FROM_FIELD (-2)			/* a field is taken of it, wherever that is written */

typedef struct Search
{
	Oid			support;		/* ours: functions that have it are looked for */
	int			fields;			/* depth in expressions of which a field is taken */
	int			sublinks;		/* depth in sub-selects of expressions */
	bool		sublinks_only;
	Written    *found;
	int			nfound;
	int			size;
} Search;

/*
 * A query that has been looked through, in the memory of its planner.  Between two requests of
 * one query it changes only by subqueries that are pulled up into it, and these have
 * entries in its range table.
 */
typedef struct Checked
{
	dlist_node	node;
	MemoryContextCallback callback;
	const PlannerInfo *root;
	int			entries;
	bool		sublinks_only;
} Checked;

static dlist_head all_checked = DLIST_STATIC_INIT(all_checked);

static bool is_checked(PlannerInfo *root, bool sublinks_only);
static void forget_checked(void *arg);
static void refuse_copies(Query *query, Oid support, bool sublinks_only);
static bool find_calls(Node *node, void *context);
static void add_call(Search *search, FuncExpr *call);
static bool hash_node(Node *node, void *context);
static int	compare_written(const void *a, const void *b);
static void refuse(Oid funcid, int copies) gmf_noreturn;

PG_FUNCTION_INFO_V1(gaussdb_mgmt_support);

Datum
gaussdb_mgmt_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestSimplify))
	{
		PlannerInfo *root = ((SupportRequestSimplify *) request)->root;
		Oid			funcid = ((SupportRequestSimplify *) request)->fcall->funcid;
		Oid			support = get_func_support(funcid);
		bool		outer = false;

		/* A sub-select that is copied is planned once for each copy, below the same query. */
		for (; root != NULL && root->parse != NULL; root = root->parent_root)
		{
			if (!is_checked(root, outer))
				refuse_copies(root->parse, support, outer);
			outer = true;
		}
	}
	PG_RETURN_POINTER(NULL);
}

/* If not, it will be. */
static bool
is_checked(PlannerInfo *root, bool sublinks_only)
{
	int			entries = list_length(root->parse->rtable);
	Checked    *checked;
	dlist_iter	iter;

	dlist_foreach(iter, &all_checked)
	{
		checked = dlist_container(Checked, node, iter.cur);
		if (checked->root == root && checked->entries == entries &&
			checked->sublinks_only == sublinks_only)
			return true;
	}
	checked = (Checked *) MemoryContextAllocZero(root->planner_cxt, sizeof(Checked));
	checked->root = root;
	checked->entries = entries;
	checked->sublinks_only = sublinks_only;
	checked->callback.func = forget_checked;
	checked->callback.arg = checked;
	dlist_push_head(&all_checked, &checked->node);
	MemoryContextRegisterResetCallback(root->planner_cxt, &checked->callback);
	return false;
}

static void
forget_checked(void *arg)
{
	dlist_delete(&((Checked *) arg)->node);
}

static void
refuse_copies(Query *query, Oid support, bool sublinks_only)
{
	Search		search;

	memset(&search, 0, sizeof(search));
	search.support = support;
	search.sublinks_only = sublinks_only;
	query_tree_walker(query, find_calls, &search,
					  QTW_IGNORE_RC_SUBQUERIES | QTW_IGNORE_JOINALIASES);
	if (search.nfound == 0)
		return;
	qsort(search.found, search.nfound, sizeof(Written), compare_written);
	for (int i = 0; i < search.nfound; i++)
	{
		int			copies = 1;

		for (int k = i + 1; k < search.nfound && search.found[k].hash == search.found[i].hash &&
			 search.found[k].location == search.found[i].location; k++)
		{
			CHECK_FOR_INTERRUPTS();
			copies += equal(search.found[i].call, search.found[k].call) ? 1 : 0;
		}
		if (copies > 1)
			refuse(search.found[i].call->funcid, copies);
	}
	pfree(search.found);
}

static bool
find_calls(Node *node, void *context)
{
	Search	   *search = (Search *) context;
	int		   *depth = NULL;
	bool		result;

	if (node == NULL)
		return false;
	if (IsA(node, Query))
		return query_tree_walker((Query *) node, find_calls, context, QTW_IGNORE_JOINALIASES);
	if (IsA(node, FuncExpr) && (search->sublinks > 0 || !search->sublinks_only) &&
		get_func_support(((FuncExpr *) node)->funcid) == search->support)
		add_call(search, (FuncExpr *) node);
	if (IsA(node, FieldSelect))
		depth = &search->fields;
	else if (IsA(node, SubLink))
		depth = &search->sublinks;
	if (depth != NULL)
		(*depth)++;
	result = expression_tree_walker(node, find_calls, context);
	if (depth != NULL)
		(*depth)--;
	return result;
}

static void
add_call(Search *search, FuncExpr *call)
{
	Written    *written;

	if (search->size == 0)
	{
		search->size = 16;
		search->found = (Written *) palloc(search->size * sizeof(Written));
	}
	else if (search->nfound == search->size)
	{
		search->size *= 2;
		search->found = (Written *) repalloc(search->found, search->size * sizeof(Written));
	}
	written = &search->found[search->nfound++];
	written->call = call;
	written->location = search->fields > 0 ? FROM_FIELD : call->location;
	written->hash = (uint32) call->funcid;
	hash_node((Node *) call->args, &written->hash);
}

/* What most calls differ in. */
static bool
hash_node(Node *node, void *context)
{
	uint32	   *hash = (uint32 *) context;
	uint32		mine;

	if (node == NULL)
		return false;
	mine = (uint32) nodeTag(node);
	if (IsA(node, Const) && !((Const *) node)->constisnull)
	{
		const Const *value = (const Const *) node;

		const void *bytes = value->constbyval ? (const void *) &value->constvalue
			: DatumGetPointer(value->constvalue);

		mine = hash_bytes((const unsigned char *) bytes,
						  (int) (value->constbyval ? sizeof(Datum) :
								 datumGetSize(value->constvalue, false, value->constlen)));
	}
	else if (IsA(node, Var))
		mine = hash_combine((uint32) ((Var *) node)->varno, (uint32) ((Var *) node)->varattno);
	else if (IsA(node, Param))
		mine = (uint32) ((Param *) node)->paramid;
	else if (IsA(node, FuncExpr))
		mine = (uint32) ((FuncExpr *) node)->funcid;
	*hash = hash_combine(*hash, mine);
	if (IsA(node, Query))
		return query_tree_walker((Query *) node, hash_node, context, QTW_IGNORE_JOINALIASES);
	return expression_tree_walker(node, hash_node, context);
}

static int
compare_written(const void *a, const void *b)
{
	const Written *left = (const Written *) a;
	const Written *right = (const Written *) b;

	if (left->hash != right->hash)
		return left->hash < right->hash ? -1 : 1;
	return left->location < right->location ? -1 : left->location > right->location;
}

static void
refuse(Oid funcid, int copies)
{
	const char *name = get_func_name(funcid);

	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("%s would be carried out %d times", name, copies),
			 errdetail("PostgreSQL calls a function once for each column of \"(%s(...)).*\", for "
					   "each field that is taken of its result, and for each bound of BETWEEN. "
					   "Nothing was sent.", name),
			 errhint("Call it in FROM, where it is called once: SELECT * FROM %s(...).", name)));
}
