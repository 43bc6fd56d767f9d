/*
 * plan.c
 *		Planning scans of foreign tables.
 *
 * The planner is told what a scan costs in requests, which dominate everything
 * else: one path as it is, one for each set of outer relations whose columns
 * could serve as keys, and, where LIMIT and OFFSET or count(*) can be left to the
 * API as a whole, one that stands for the whole query.
 */
#include "postgres.h"

#include <math.h>

#include "access/sysattr.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "optimizer/paths.h"
#include "optimizer/planmain.h"
#include "optimizer/restrictinfo.h"
#include "optimizer/tlist.h"
#include "parser/parsetree.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"

#include "gmf_compat.h"
#include "gmf_fetch.h"
#include "gmf_hidden.h"
#include "gmf_module.h"
#include "gmf_plan.h"
#include "gmf_side_effects.h"

#define DEFAULT_ROWS 1000
#define DEFAULT_PAGE 100

/* How many rows a comparison leaves, where nothing is known. */
#define EQUAL_FRACTION 0.1
#define LIKE_FRACTION 0.2
#define RANGE_FRACTION 0.3
#define UNKNOWN_ARRAY_LENGTH 10

/* Sets of outer relations that are tried, for each clause that makes one. */
#define MOST_SETS_OF_CLAUSE 10

/* RelOptInfo.fdw_private of a foreign table, and of the upper relation made of one. */
typedef struct GmfRelation
{
	/* Set in gmf_get_foreign_rel_size. */
	GmfTable   *table;
	bool	   *used;
	int			disabled;		/* GmfOptimisations, as they were then */
	double		rows;			/* of all there is, as the table's option or ANALYZE says; 0:
								 * not known */
	struct Candidate *scan;		/* with the table's own conditions */
	List	   *parameterised;	/* of Candidate: with join clauses */
	bool		has_side_effects;	/* projecting or filtering its rows has */

	RelOptInfo *base;			/* of an upper relation: the table's */
} GmfRelation;

/* Looks for the columns of a relation that are members of equivalence classes. */
typedef struct MemberSearch
{
	Expr	   *current;		/* found */
	List	   *done;			/* found before */
} MemberSearch;

/* What a set of clauses makes of the table. */
typedef struct Candidate
{
	List	   *quals;			/* of GmfQual */
	List	   *clauses;		/* all clauses, bare, in order */
	GmfAccess  *access;
	int			unanswered;		/* see GmfPlan */
	double		requests;
	double		fetched;		/* rows over the wire */
	double		rows;			/* rows after local filtering */
	ParamPathInfo *outer;		/* of a parameterised path */
} Candidate;

static const Candidate *scan_of(const Path *path);
static bool has_side_effects(PlannerInfo *root, RelOptInfo *rel);
static bool *find_used(PlannerInfo *root, RelOptInfo *rel, const GmfTable *table);
static Candidate *make_scan(PlannerInfo *root, RelOptInfo *rel, const GmfRelation *relation,
					   List *restrictinfos);
static List *drop_unasked(const Candidate *scan);
static bool is_askable(const GmfResource *resource, const GmfQual *qual);
static bool *compared_columns(const GmfTable *table, List *quals, bool only_equal);
static void estimate(PlannerInfo *root, RelOptInfo *rel, const GmfRelation *relation,
					 Candidate *scan);
static double fraction_left(const GmfAccess *access, const GmfTable *table, List *quals);
static double count_streams(PlannerInfo *root, const GmfAccess *access, List *quals);
static double missing_streams(const GmfAccess *access, const bool *bound);
static double parent_rows(const GmfAccess *parent, double *requests);
static double list_rows(const GmfRelation *relation);
static double all_rows(const GmfResource *resource);
static double resource_rows(const GmfResource *resource);
static double count_lists(const GmfResource *resource);
static void set_costs(const GmfRelation *relation, const Candidate *scan, double scans,
					  Cost *startup, Cost *total);
static void add_parameterised_paths(PlannerInfo *root, RelOptInfo *rel, GmfRelation *relation);
static List *outer_sets(PlannerInfo *root, RelOptInfo *rel, const GmfRelation *relation);
static List *join_clauses(PlannerInfo *root, RelOptInfo *rel);
static bool is_next_member(PlannerInfo *root, RelOptInfo *rel, EquivalenceClass *ec,
						   EquivalenceMember *em, void *arg);
static bool is_useful_join(PlannerInfo *root, RelOptInfo *rel, const GmfRelation *relation,
						   RestrictInfo *info);
static List *add_set(List *sets, Relids set);
static bool is_plain_query(const PlannerInfo *root);
static bool is_whole_scan_exact(PlannerInfo *root, RelOptInfo *rel, const GmfRelation *relation,
								Candidate **scan);
static void add_limited_path(PlannerInfo *root, RelOptInfo *input_rel, RelOptInfo *output_rel,
							 FinalPathExtraData *extra);
static void add_count_path(PlannerInfo *root, RelOptInfo *input_rel, RelOptInfo *output_rel);
static bool is_bare_count(PlannerInfo *root, RelOptInfo *rel);
static bool is_count_of_rows(Node *node);
static List *aggregates_of(RelOptInfo *rel);
static bool is_only_table(PlannerInfo *root, RelOptInfo *rel);
static ForeignScan *make_base_plan(PlannerInfo *root, RelOptInfo *rel, ForeignPath *path,
								   List *tlist, List *clauses);
static ForeignScan *make_count_plan(PlannerInfo *root, RelOptInfo *rel, List *tlist);
static List *make_private(PlannerInfo *root, RelOptInfo *rel, const Candidate *scan,
						  const GmfRelation *relation, GmfScanMode mode, List **exprs);
static int	count_uses(PlannerInfo *root, Oid relid);
static char *outer_name(PlannerInfo *root, const Expr *value);
static List *used_list(const GmfRelation *relation);
static void find_limit(PlannerInfo *root, RelOptInfo *rel, Node **limit, Node **offset);

void
gmf_get_foreign_rel_size(PlannerInfo *root, RelOptInfo *rel, Oid relid)
{
	GmfRelation *relation = (GmfRelation *) palloc0(sizeof(GmfRelation));

	relation->table = gmf_table_open(relid);
	relation->used = find_used(root, rel, relation->table);
	relation->disabled = gmf_disabled_optimisations();
	relation->rows = relation->table->rows > 0 ? relation->table->rows : Max(rel->tuples, 0);
	relation->has_side_effects = has_side_effects(root, rel);
	rel->fdw_private = relation;
	relation->scan = make_scan(root, rel, relation, rel->baserestrictinfo);
	rel->rows = relation->scan->rows;
	/* Left alone, it would become the number of rows that the conditions leave. */
	rel->tuples = Max(relation->rows > 0 ? relation->rows : all_rows(relation->table->resource),
					  rel->rows);
	rel->reltarget->width = 32 * Max(list_length(rel->reltarget->exprs), 1);
}

void
gmf_get_foreign_paths(PlannerInfo *root, RelOptInfo *rel, Oid relid)
{
	GmfRelation *relation = (GmfRelation *) rel->fdw_private;
	Cost		startup;
	Cost		total;

	set_costs(relation, relation->scan, 1, &startup, &total);
	add_path(rel, (Path *) gmf_foreign_path(root, rel, relation->scan->rows, startup, total,
											rel->lateral_relids, NIL));
	add_parameterised_paths(root, rel, relation);
}

void
gmf_get_foreign_upper_paths(PlannerInfo *root, UpperRelationKind stage, RelOptInfo *input_rel,
							RelOptInfo *output_rel, void *extra)
{
	int			disabled;

	if (input_rel->reloptkind != RELOPT_BASEREL || input_rel->fdw_private == NULL ||
		output_rel->fdw_private != NULL)
		return;
	disabled = ((GmfRelation *) input_rel->fdw_private)->disabled;
	if (stage == UPPERREL_FINAL && (disabled & GMF_OPTIMISE_LIMITS) == 0)
		add_limited_path(root, input_rel, output_rel, (FinalPathExtraData *) extra);
	if (stage == UPPERREL_GROUP_AGG && (disabled & GMF_OPTIMISE_COUNTS) == 0)
		add_count_path(root, input_rel, output_rel);
}

ForeignScan *
gmf_get_foreign_plan(PlannerInfo *root, RelOptInfo *rel, Oid relid, ForeignPath *path,
					 List *tlist, List *clauses, Plan *outer_plan)
{
	if (rel->reloptkind == RELOPT_UPPER_REL)
		return make_count_plan(root, rel, tlist);
	return make_base_plan(root, rel, path, tlist, clauses);
}

GmfPlan *
gmf_plan_read(const ForeignScan *scan, Oid relid)
{
	GmfPlan    *plan = (GmfPlan *) palloc0(sizeof(GmfPlan));
	List	   *quals = (List *) list_nth(scan->fdw_private, GMF_PRIVATE_QUALS);
	List	   *limits = (List *) list_nth(scan->fdw_private, GMF_PRIVATE_LIMITS);
	bool	   *bound;
	bool	   *filtered;
	ListCell   *cell;

	plan->table = gmf_table_open(relid);
	plan->mode = (GmfScanMode) intVal(list_nth(scan->fdw_private, GMF_PRIVATE_MODE));
	plan->is_shared = intVal(list_nth(scan->fdw_private, GMF_PRIVATE_SHARED)) != 0;
	plan->has_limit = linitial_int(limits) != 0;
	plan->has_offset = lsecond_int(limits) != 0;
	plan->nquals = list_length(quals) / 3;
	plan->quals = (GmfPlannedQual *) palloc0((plan->nquals + 1) * sizeof(GmfPlannedQual));
	plan->disabled = intVal(list_nth(scan->fdw_private, GMF_PRIVATE_DISABLED));
	plan->unanswered = intVal(list_nth(scan->fdw_private, GMF_PRIVATE_UNANSWERED));
	bound = (bool *) palloc0((plan->table->ncolumns + 1) * sizeof(bool));
	filtered = (bool *) palloc0((plan->table->ncolumns + 1) * sizeof(bool));
	plan->used = (bool *) palloc0((plan->table->ncolumns + 1) * sizeof(bool));
	for (int i = 0; i < plan->nquals; i++)
	{
		GmfPlannedQual *qual = &plan->quals[i];

		qual->kind = (GmfQualKind) list_nth_int(quals, 3 * i);
		qual->column = list_nth_int(quals, 3 * i + 1);
		qual->exact = list_nth_int(quals, 3 * i + 2) != 0;
		filtered[qual->column] = true;
		if (qual->kind == GMF_QUAL_EQUAL || qual->kind == GMF_QUAL_ANY)
			bound[qual->column] = true;
	}
	foreach(cell, (List *) list_nth(scan->fdw_private, GMF_PRIVATE_USED))
		plan->used[lfirst_int(cell)] = true;
	plan->access = gmf_access_choose(plan->table->resource, bound, filtered, plan->used);
	return plan;
}

int
gmf_page_rows(const GmfAccess *access, const GmfTable *table)
{
	int64		rows = gmf_page_size(&access->route->paging, table->page_size);

	if (access->route->paging.kind == GMF_UNPAGED)
		return INT_MAX;
	return rows > 0 ? (int) rows : DEFAULT_PAGE;
}

Cost
gmf_path_cost_of_many(const Path *path, double scans)
{
	Cost		startup;
	Cost		total;

	set_costs((GmfRelation *) path->parent->fdw_private, scan_of(path), scans, &startup, &total);
	return total;
}

List *
gmf_path_values(const Path *path)
{
	List	   *values = NIL;
	ListCell   *cell;

	foreach(cell, scan_of(path)->quals)
		values = lappend(values, ((GmfQual *) lfirst(cell))->value);
	return values;
}

static const Candidate *
scan_of(const Path *path)
{
	const GmfRelation *relation = (GmfRelation *) path->parent->fdw_private;
	ListCell   *cell;

	foreach(cell, relation->parameterised)
		if (((Candidate *) lfirst(cell))->outer == path->param_info)
			return (Candidate *) lfirst(cell);
	return relation->scan;
}

bool
gmf_path_has_side_effects(const Path *path)
{
	return ((GmfRelation *) path->parent->fdw_private)->has_side_effects;
}

/* A scan evaluates what the query selects where nothing is joined above it. */
static bool
has_side_effects(PlannerInfo *root, RelOptInfo *rel)
{
	return gmf_has_side_effects(root, (Node *) rel->reltarget->exprs) ||
		gmf_clauses_have_side_effects(root, rel->baserestrictinfo, NULL) ||
		gmf_clauses_have_side_effects(root, rel->joininfo, NULL) ||
		(bms_membership(root->all_baserels) != BMS_MULTIPLE &&
		 gmf_has_side_effects(root, (Node *) root->parse->targetList));
}

/* The columns that the query needs, for output or for local filters. */
static bool *
find_used(PlannerInfo *root, RelOptInfo *rel, const GmfTable *table)
{
	Bitmapset  *attributes = NULL;
	bool	   *used = (bool *) palloc0((table->ncolumns + 1) * sizeof(bool));
	bool		whole_row;
	ListCell   *cell;

	pull_varattnos((Node *) rel->reltarget->exprs, rel->relid, &attributes);
	foreach(cell, rel->baserestrictinfo)
		pull_varattnos((Node *) lfirst_node(RestrictInfo, cell)->clause, rel->relid, &attributes);
	whole_row = bms_is_member(0 - FirstLowInvalidHeapAttributeNumber, attributes);
	for (int i = 0; i < table->natts; i++)
	{
		if (!whole_row && !bms_is_member(i + 1 - FirstLowInvalidHeapAttributeNumber, attributes))
			continue;
		gmf_table_check_column(table, i);
		if (table->column_of[i] != GMF_NO_COLUMN)
			used[table->column_of[i]] = true;
	}
	return used;
}

static Candidate *
make_scan(PlannerInfo *root, RelOptInfo *rel, const GmfRelation *relation, List *restrictinfos)
{
	Candidate  *scan = (Candidate *) palloc0(sizeof(Candidate));
	ListCell   *cell;

	foreach(cell, restrictinfos)
	{
		RestrictInfo *info = lfirst_node(RestrictInfo, cell);
		GmfQual    *qual = (GmfQual *) palloc0(sizeof(GmfQual));

		if (info->pseudoconstant)
			continue;
		scan->clauses = lappend(scan->clauses, info->clause);
		if (gmf_qual_make(root, rel->relid, relation->table, info->clause, qual))
			scan->quals = lappend(scan->quals, qual);
	}
	gmf_quals_relate(scan->quals);
	scan->access = gmf_access_choose(relation->table->resource,
									 compared_columns(relation->table, scan->quals, true),
									 compared_columns(relation->table, scan->quals, false),
									 relation->used);
	scan->unanswered = gmf_hidden_unanswered(root, rel, relation->table, scan->access,
											 restrictinfos, scan->quals);
	scan->quals = drop_unasked(scan);
	estimate(root, rel, relation, scan);
	return scan;
}

/*
 * Values that the table cannot be asked for would only make many questions of one.  Constants
 * stay, as two of them may contradict each other, and so do values of columns that the answer
 * does not show.
 */
static List *
drop_unasked(const Candidate *scan)
{
	List	   *quals = NIL;
	ListCell   *cell;

	foreach(cell, scan->quals)
	{
		GmfQual    *qual = (GmfQual *) lfirst(cell);
		const GmfColumn *column = &scan->access->resource->columns[qual->column];

		if (IsA(qual->value, Const) || column->path == NULL ||
			is_askable(scan->access->resource, qual) ||
			gmf_access_from_parent(scan->access, column->name))
			quals = lappend(quals, qual);
	}
	return quals;
}

/* Has one of the routes a parameter for it? */
static bool
is_askable(const GmfResource *resource, const GmfQual *qual)
{
	for (const GmfRoute *route = resource->routes; route->operation_id != NULL; route++)
	{
		GmfAccess	access = {resource, route, NULL, NULL, NULL};

		if (gmf_qual_parameter(qual, &access) != NULL)
			return true;
	}
	return false;
}

static bool *
compared_columns(const GmfTable *table, List *quals, bool only_equal)
{
	bool	   *compared = (bool *) palloc0((table->ncolumns + 1) * sizeof(bool));
	ListCell   *cell;

	foreach(cell, quals)
	{
		GmfQual    *qual = (GmfQual *) lfirst(cell);

		if (!only_equal || qual->kind == GMF_QUAL_EQUAL || qual->kind == GMF_QUAL_ANY)
			compared[qual->column] = true;
	}
	return compared;
}

static void
estimate(PlannerInfo *root, RelOptInfo *rel, const GmfRelation *relation, Candidate *scan)
{
	const GmfAccess *access = scan->access;
	double		per_stream = list_rows(relation) *
		fraction_left(access, relation->table, scan->quals);
	double		streams = count_streams(root, access, scan->quals);
	List	   *local = NIL;
	ListCell   *cell;

	scan->requests = 0;
	if (access->route->role == GMF_GET)
		per_stream = Min(per_stream, 1.0);
	if (access->parent != NULL)
		streams *= parent_rows(access->parent, &scan->requests);
	if (access->missing != NULL)
		streams *= missing_streams(access, compared_columns(relation->table, scan->quals, true));
	per_stream = Max(per_stream, 1.0);
	scan->fetched = clamp_row_est(streams * per_stream);
	scan->requests += streams * ceil(per_stream / gmf_page_rows(access, relation->table));
	if (access->detail != NULL)
		scan->requests += scan->fetched;
	foreach(cell, scan->clauses)
	{
		bool		sent = false;
		ListCell   *inner;

		foreach(inner, scan->quals)
		{
			GmfQual    *qual = (GmfQual *) lfirst(inner);

			sent = sent || (qual->clause == (Expr *) lfirst(cell) &&
							gmf_qual_parameter(qual, access) != NULL);
		}
		if (!sent)
			local = lappend(local, lfirst(cell));
	}
	scan->rows = clamp_row_est(scan->fetched *
							   clauselist_selectivity(root, local, rel->relid, JOIN_INNER, NULL));
}

/* How much of a list's rows the quals that are sent leave, within one stream. */
static double
fraction_left(const GmfAccess *access, const GmfTable *table, List *quals)
{
	double		fraction = 1.0;
	ListCell   *cell;

	foreach(cell, quals)
	{
		GmfQual    *qual = (GmfQual *) lfirst(cell);
		const GmfParameter *parameter = gmf_qual_parameter(qual, access);
		const GmfColumn *column = &table->resource->columns[qual->column];

		if (parameter == NULL)
			continue;
		if (table->resource->key != NULL && strcmp(table->resource->key, column->name) == 0 &&
			(qual->kind == GMF_QUAL_EQUAL || qual->kind == GMF_QUAL_ANY))
			return 0.0;
		if (parameter->match == GMF_MATCH_KEY)
			continue;
		if (qual->kind == GMF_QUAL_EQUAL || qual->kind == GMF_QUAL_ANY)
			fraction *= EQUAL_FRACTION;
		else if (qual->kind == GMF_QUAL_LIKE)
			fraction *= LIKE_FRACTION;
		else
			fraction *= RANGE_FRACTION;
	}
	return fraction;
}

static double
count_streams(PlannerInfo *root, const GmfAccess *access, List *quals)
{
	double		streams = 1.0;
	ListCell   *cell;

	foreach(cell, quals)
	{
		GmfQual    *qual = (GmfQual *) lfirst(cell);
		const GmfParameter *parameter = gmf_qual_parameter(qual, access);
		double		values = UNKNOWN_ARRAY_LENGTH;

		if (qual->kind != GMF_QUAL_ANY || parameter == NULL)
			continue;
		if (IsA(qual->value, Const) || IsA(qual->value, ArrayExpr))
			values = gmf_array_length(root, qual->value);
		streams *= Max(values, 1.0);
	}
	return streams;
}

/*
 * A scan that lacks a key cannot be carried out, but the number of its rows says how many a
 * join by the key will give: as many lists as PostgreSQL takes a column for to have values.
 */
static double
missing_streams(const GmfAccess *access, const bool *bound)
{
	const GmfResource *resource = access->resource;
	double		streams = 1;
	double		lists = 1;

	for (const GmfParameter *parameter = access->route->parameters;
		 parameter != NULL && parameter->name != NULL; parameter++)
	{
		const GmfParentKey *key = resource->parent_keys;

		if (!parameter->required || parameter->fallback != NULL || parameter->domain != NULL ||
			parameter->column == NULL || bound[gmf_column_index(resource, parameter->column)])
			continue;
		while (key != NULL && key->column != NULL && strcmp(key->column, parameter->column) != 0)
			key++;
		if (key != NULL && key->column != NULL)
			lists = count_lists(resource);
		else
			streams *= DEFAULT_NUM_DISTINCT;
	}
	return streams * lists;
}

static double
parent_rows(const GmfAccess *parent, double *requests)
{
	double		rows = resource_rows(parent->resource);

	if (parent->parent != NULL)
		rows *= parent_rows(parent->parent, requests);
	*requests += ceil(rows / DEFAULT_PAGE);
	return rows;
}

/* Rows of one list of the table: of all there is, or of one key where each has its list. */
static double
list_rows(const GmfRelation *relation)
{
	const GmfResource *resource = relation->table->resource;

	if (relation->rows <= 0)
		return resource_rows(resource);
	return Max(relation->rows / count_lists(resource), 1.0);
}

/* Rows of all lists of a table about which nothing is known. */
static double
all_rows(const GmfResource *resource)
{
	return resource_rows(resource) * count_lists(resource);
}

/* One, or one for each row of the parent. */
static double
count_lists(const GmfResource *resource)
{
	return resource->parent == NULL ? 1 : all_rows(gmf_find_parent(resource));
}

static double
resource_rows(const GmfResource *resource)
{
	return resource->rows > 0 ? resource->rows : DEFAULT_ROWS;
}

/* Of so many scans at once; markers lead from one page to the next one, within a scan. */
static void
set_costs(const GmfRelation *relation, const Candidate *scan, double scans, Cost *startup,
		  Cost *total)
{
	double		turns = 1 + (scans * scan->requests - 1) / relation->table->max_connections;

	if (scan->access->route->paging.kind >= GMF_PAGED_BY_MARKER)
		turns = Max(turns, scan->requests);
	*startup = relation->table->request_cost;
	*total = relation->table->request_cost * turns +
		scans * (scan->fetched * relation->table->row_cost + scan->rows * cpu_tuple_cost);
	/* It fails: so bad that not even a join method that is turned off is worse. */
	if (scan->access->missing != NULL || scan->unanswered >= 0)
	{
		*startup += 2 * disable_cost;
		*total += 2 * disable_cost;
	}
}

/*
 * A path for each set of outer relations that gives values for columns that the API can
 * be asked for.
 */
static void
add_parameterised_paths(PlannerInfo *root, RelOptInfo *rel, GmfRelation *relation)
{
	ListCell   *cell;

	foreach(cell, outer_sets(root, rel, relation))
	{
		ParamPathInfo *info = get_baserel_parampathinfo(root, rel, (Relids) lfirst(cell));
		Candidate  *scan = make_scan(root, rel, relation,
									 list_concat_copy(rel->baserestrictinfo, info->ppi_clauses));
		Cost		startup;
		Cost		total;

		scan->outer = info;
		relation->parameterised = lappend(relation->parameterised, scan);
		set_costs(relation, scan, 1, &startup, &total);
		info->ppi_rows = scan->rows;
		add_path(rel, (Path *) gmf_foreign_path(root, rel, scan->rows, startup, total,
												info->ppi_req_outer, NIL));
	}
}

/*
 * The relations of each useful clause, and unions of them, as keys may come from several
 * relations.  Their number is bounded as that of indexes' paths is; all of them together are
 * always among them.
 */
static List *
outer_sets(PlannerInfo *root, RelOptInfo *rel, const GmfRelation *relation)
{
	List	   *sets = NIL;
	Relids		all = NULL;
	int			nclauses = 0;
	int			nsingle;
	ListCell   *cell;

	foreach(cell, join_clauses(root, rel))
	{
		RestrictInfo *info = lfirst_node(RestrictInfo, cell);
		Relids		outer;

		if (!join_clause_is_movable_to(info, rel) || !is_useful_join(root, rel, relation, info))
			continue;
		outer = bms_del_member(bms_union(info->clause_relids, rel->lateral_relids), rel->relid);
		if (bms_is_empty(outer))
			continue;
		nclauses++;
		all = bms_add_members(all, outer);
		sets = add_set(sets, outer);
	}
	nsingle = list_length(sets);
	for (int i = 0; i < list_length(sets); i++)
		for (int k = 0; k < nsingle && list_length(sets) < MOST_SETS_OF_CLAUSE * nclauses; k++)
			sets = add_set(sets, bms_union((Relids) list_nth(sets, i),
										   (Relids) list_nth(sets, k)));
	return sets == NIL ? NIL : add_set(sets, all);
}

/* Those that are written, and those that equivalence classes imply, for every member. */
static List *
join_clauses(PlannerInfo *root, RelOptInfo *rel)
{
	List	   *clauses = list_copy(rel->joininfo);
	MemberSearch search = {NULL, NIL};

	if (!rel->has_eclass_joins)
		return clauses;
	for (;;)
	{
		List	   *implied;

		search.current = NULL;
		implied = generate_implied_equalities_for_column(root, rel, is_next_member, &search,
														 rel->lateral_referencers);
		if (search.current == NULL)
			return clauses;
		clauses = list_concat(clauses, implied);
		search.done = lappend(search.done, search.current);
	}
}

/* Each call of the caller takes one expression of the relation's through all classes. */
static bool
is_next_member(PlannerInfo *root, RelOptInfo *rel, EquivalenceClass *ec, EquivalenceMember *em,
			   void *arg)
{
	MemberSearch *search = (MemberSearch *) arg;

	if (search->current != NULL)
		return equal(em->em_expr, search->current);
	if (!bms_equal(em->em_relids, rel->relids) || list_member(search->done, em->em_expr))
		return false;
	search->current = em->em_expr;
	return true;
}

static bool
is_useful_join(PlannerInfo *root, RelOptInfo *rel, const GmfRelation *relation, RestrictInfo *info)
{
	GmfQual		qual;

	return gmf_qual_make(root, rel->relid, relation->table, info->clause, &qual) &&
		is_askable(relation->table->resource, &qual);
}

static List *
add_set(List *sets, Relids set)
{
	ListCell   *cell;

	foreach(cell, sets)
		if (bms_equal((Relids) lfirst(cell), set))
			return sets;
	return lappend(sets, set);
}

/*
 * A query whose every row is a row of one table: nothing between the scan and
 * LIMIT adds, drops, merges or reorders rows.
 */
static bool
is_plain_query(const PlannerInfo *root)
{
	const Query *parse = root->parse;

	return parse->commandType == CMD_SELECT && !parse->hasAggs && !parse->hasWindowFuncs &&
		!parse->hasTargetSRFs && parse->groupClause == NIL && parse->groupingSets == NIL &&
		parse->distinctClause == NIL && parse->havingQual == NULL && parse->rowMarks == NIL &&
		parse->setOperations == NULL && parse->sortClause == NIL && root->rowMarks == NIL &&
		parse->limitOption == LIMIT_OPTION_COUNT;
}

/* Does the API alone decide which rows there are, in one paged list? */
static bool
is_whole_scan_exact(PlannerInfo *root, RelOptInfo *rel, const GmfRelation *relation,
					Candidate **result)
{
	Candidate  *scan = relation->scan;
	ListCell   *cell;

	*result = scan;
	if (scan->access->missing != NULL || scan->unanswered >= 0 ||
		scan->access->parent != NULL || scan->access->route->records != NULL ||
		list_length(scan->quals) != list_length(rel->baserestrictinfo))
		return false;
	foreach(cell, scan->quals)
		if (!gmf_qual_is_exact((GmfQual *) lfirst(cell), scan->access, relation->disabled))
			return false;
	for (const GmfParameter *parameter = scan->access->route->parameters;
		 parameter != NULL && parameter->name != NULL; parameter++)
		if (parameter->required && parameter->domain != NULL && parameter->fallback == NULL)
			return false;
	return true;
}

/*
 * OFFSET, and LIMIT with it, left to the API.  The path is one of the table's
 * own, with the target of the whole query.
 */
static void
add_limited_path(PlannerInfo *root, RelOptInfo *input_rel, RelOptInfo *output_rel,
				 FinalPathExtraData *extra)
{
	GmfRelation *relation = (GmfRelation *) input_rel->fdw_private;
	Candidate  *scan;
	double		rows;
	Cost		startup;
	Cost		total;

	/* Functions of the rows that OFFSET skips are called, too. */
	if (!extra->limit_needed || root->parse->limitOffset == NULL || !is_plain_query(root) ||
		relation->has_side_effects ||
		contain_volatile_functions(root->parse->limitOffset) ||
		contain_volatile_functions(root->parse->limitCount) ||
		!is_only_table(root, input_rel) ||
		!is_whole_scan_exact(root, input_rel, relation, &scan) ||
		scan->access->route->paging.kind == GMF_UNPAGED)
		return;
	rows = clamp_row_est(scan->rows - Max((double) extra->offset_est, 0));
	if (extra->count_est > 0)
		rows = Min(rows, (double) extra->count_est);
	set_costs(relation, scan, 1, &startup, &total);
	add_path(output_rel, (Path *)
			 gmf_foreign_upper_path(root, input_rel, root->upper_targets[UPPERREL_FINAL], rows,
									startup, startup + rows * relation->table->row_cost,
									list_make1_int(GMF_SCAN_LIMITED)));
}

/*
 * count(*) answered by the total that the list tells.
 */
static void
add_count_path(PlannerInfo *root, RelOptInfo *input_rel, RelOptInfo *output_rel)
{
	GmfRelation *base = (GmfRelation *) input_rel->fdw_private;
	GmfRelation *relation;
	Candidate  *scan;
	ListCell   *cell;

	if (!is_bare_count(root, output_rel) || !is_only_table(root, input_rel) ||
		!is_whole_scan_exact(root, input_rel, base, &scan) || scan->access->route->total == NULL ||
		scan->access->route->paging.kind == GMF_UNPAGED)
		return;
	foreach(cell, scan->quals)
		if (((GmfQual *) lfirst(cell))->kind == GMF_QUAL_ANY)
			return;
	relation = (GmfRelation *) palloc0(sizeof(GmfRelation));
	*relation = *base;
	relation->base = input_rel;
	output_rel->fdw_private = relation;
	add_path(output_rel, (Path *)
			 gmf_foreign_upper_path(root, output_rel, output_rel->reltarget, 1,
									base->table->request_cost,
									base->table->request_cost + base->table->row_cost,
									list_make1_int(GMF_SCAN_COUNT)));
}

/* SELECT count(*) and nothing else that needs rows. */
static bool
is_bare_count(PlannerInfo *root, RelOptInfo *rel)
{
	const Query *parse = root->parse;
	List	   *aggregates = aggregates_of(rel);
	ListCell   *cell;

	if (!parse->hasAggs || parse->hasTargetSRFs || parse->groupClause != NIL ||
		parse->groupingSets != NIL || parse->havingQual != NULL)
		return false;
	foreach(cell, aggregates)
		if (!is_count_of_rows((Node *) lfirst(cell)))
			return false;
	return aggregates != NIL;
}

/* count(*), or count(1), which is the same. */
static bool
is_count_of_rows(Node *node)
{
	Aggref	   *aggregate = (Aggref *) node;
	Const	   *constant;

	if (!IsA(node, Aggref) || aggregate->aggfilter != NULL || aggregate->aggdistinct != NIL)
		return false;
	if (aggregate->aggfnoid == F_COUNT_)
		return true;
	if (aggregate->aggfnoid != F_COUNT_ANY)
		return false;
	constant = (Const *) linitial_node(TargetEntry, aggregate->args)->expr;
	return IsA(constant, Const) && !constant->constisnull;
}

/* What the expressions above an aggregation are made of. */
static List *
aggregates_of(RelOptInfo *rel)
{
	return pull_var_clause((Node *) rel->reltarget->exprs,
						   PVC_INCLUDE_AGGREGATES | PVC_RECURSE_WINDOWFUNCS |
						   PVC_INCLUDE_PLACEHOLDERS);
}

static bool
is_only_table(PlannerInfo *root, RelOptInfo *rel)
{
	return bms_membership(root->all_baserels) == BMS_SINGLETON &&
		bms_is_member(rel->relid, root->all_baserels);
}

static ForeignScan *
make_base_plan(PlannerInfo *root, RelOptInfo *rel, ForeignPath *path, List *tlist, List *clauses)
{
	GmfRelation *relation = (GmfRelation *) rel->fdw_private;
	Candidate  *scan = make_scan(root, rel, relation, clauses);
	GmfScanMode mode = path->fdw_private == NIL ? GMF_SCAN_ROWS
		: (GmfScanMode) linitial_int(path->fdw_private);
	List	   *local = list_copy(scan->clauses);
	List	   *exact = NIL;
	List	   *exprs = NIL;
	List	   *private_list;
	ListCell   *cell;

	foreach(cell, scan->quals)
	{
		GmfQual    *qual = (GmfQual *) lfirst(cell);

		/* What the answer shows is checked, whatever the API says of its filters. */
		if (relation->table->resource->columns[qual->column].path != NULL ||
			!gmf_qual_is_exact(qual, scan->access, relation->disabled))
			continue;
		local = list_delete_ptr(local, qual->clause);
		/* A row that is locked is checked again, on a value if there is one. */
		if (qual->kind == GMF_QUAL_EQUAL)
			exact = lappend(exact, qual->clause);
	}
	private_list = make_private(root, rel, scan, relation, mode, &exprs);
	return make_foreignscan(tlist, local, rel->relid, exprs, private_list, NIL, exact, NULL);
}

static ForeignScan *
make_count_plan(PlannerInfo *root, RelOptInfo *rel, List *tlist)
{
	GmfRelation *relation = (GmfRelation *) rel->fdw_private;
	Candidate  *scan = make_scan(root, relation->base, relation,
								 relation->base->baserestrictinfo);
	List	   *exprs = NIL;
	List	   *private_list = make_private(root, rel, scan, relation, GMF_SCAN_COUNT, &exprs);

	return make_foreignscan(tlist, NIL, 0, exprs, private_list,
							add_to_flat_tlist(NIL, aggregates_of(rel)), NIL, NULL);
}

static List *
make_private(PlannerInfo *root, RelOptInfo *rel, const Candidate *scan, const GmfRelation *relation,
			 GmfScanMode mode, List **exprs)
{
	List	   *quals = NIL;
	List	   *names = NIL;
	Node	   *limit = NULL;
	Node	   *offset = NULL;
	ListCell   *cell;

	foreach(cell, scan->quals)
	{
		GmfQual    *qual = (GmfQual *) lfirst(cell);

		quals = lappend_int(quals, qual->kind);
		quals = lappend_int(quals, qual->column);
		quals = lappend_int(quals, gmf_qual_is_exact(qual, scan->access, relation->disabled));
		names = lappend(names, makeString(outer_name(root, qual->value)));
		*exprs = lappend(*exprs, qual->value);
	}
	if (mode != GMF_SCAN_COUNT && (relation->disabled & GMF_OPTIMISE_LIMITS) == 0)
		find_limit(root, rel, &limit, &offset);
	if (limit != NULL)
		*exprs = lappend(*exprs, limit);
	if (offset != NULL)
		*exprs = lappend(*exprs, offset);
	return list_concat(list_make5(quals, mode == GMF_SCAN_COUNT ? NIL : used_list(relation),
								  makeInteger(mode), list_make2_int(limit != NULL, offset != NULL),
								  makeInteger(count_uses(root, relation->table->relid) > 1)),
					   list_make3(names, makeInteger(relation->disabled),
								  makeInteger(scan->unanswered)));
}

/* How often the table stands in this query and those around it. */
static int
count_uses(PlannerInfo *root, Oid relid)
{
	int			n = 0;

	for (; root != NULL; root = root->parent_root)
	{
		ListCell   *cell;

		foreach(cell, root->parse->rtable)
			n += ((RangeTblEntry *) lfirst(cell))->relid == relid;
	}
	return n;
}

/*
 * "a.instance_id" for a column of another table, which becomes a numbered
 * parameter in the plan; "" for anything else.
 */
static char *
outer_name(PlannerInfo *root, const Expr *value)
{
	const Var  *var = (const Var *) value;
	RangeTblEntry *rte;

	if (!IsA(value, Var) || var->varlevelsup > 0)
		return pstrdup("");
	rte = planner_rt_fetch(var->varno, root);
	return psprintf("%s.%s", rte->eref->aliasname, get_rte_attribute_name(rte, var->varattno));
}

static List *
used_list(const GmfRelation *relation)
{
	List	   *list = NIL;

	for (int i = 0; i <= relation->table->ncolumns; i++)
		if (relation->used[i])
			list = lappend_int(list, i);
	return list;
}

/*
 * How many rows the query can need of this table, where it is the only one and
 * its rows go up as they are: LIMIT and OFFSET.  EXISTS needs one.
 */
static void
find_limit(PlannerInfo *root, RelOptInfo *rel, Node **limit, Node **offset)
{
	if (!is_only_table(root, rel) || !is_plain_query(root))
		return;
	if (root->parse->limitCount != NULL && !contain_volatile_functions(root->parse->limitCount) &&
		!contain_volatile_functions(root->parse->limitOffset))
	{
		*limit = (Node *) copyObject(root->parse->limitCount);
		*offset = (Node *) copyObject(root->parse->limitOffset);
	}
	else if (root->parse->limitCount == NULL && root->parse->limitOffset != NULL)
		*offset = (Node *) copyObject(root->parse->limitOffset);
	else if (root->parse->limitCount == NULL && root->tuple_fraction >= 1.0)
		*limit = (Node *) makeConst(INT8OID, -1, InvalidOid, sizeof(int64),
									Int64GetDatum((int64) root->tuple_fraction), false,
									FLOAT8PASSBYVAL);
}
