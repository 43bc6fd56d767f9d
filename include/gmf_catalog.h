/*
 * gmf_catalog.h
 *		What the management APIs offer, as constant data.
 *
 * One GmfResource is one table of the product, one GmfAction is one function.
 * Planning, requests, IMPORT FOREIGN SCHEMA, introspection, the reference
 * manual and the coverage test all read the same entry; an endpoint has no
 * code of its own.  This is the lowest floor: it includes nothing but the
 * standard headers, allocates nothing, and everything it hands out is constant
 * for the life of the process.
 *
 * Arrays of entries end with an entry whose first member is NULL (or 0), so
 * that a table can be written down without counting.  A resource may also be
 * built at run time by the caller (a foreign table that describes an endpoint
 * of its own); nothing here assumes static storage.
 */
#ifndef GMF_CATALOG_H
#define GMF_CATALOG_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C"
{
#endif

/*
 * Places in an answer are written as paths:
 *
 *	  volume.size			member of a member of the item
 *	  @						the item itself (lists of plain values)
 *	  $.datastore_version	counted from the top of the answer, not of the item
 *	  ^.id					member of the item that encloses this one (items of
 *							items: see GmfRoute.items)
 *	  created|created_at	the first of the alternatives that is present
 *
 * A member name that contains one of  . | [ ] { }  or begins with a quote stands in quotes:
 * metadata."metering.order_id"; a quote within is written twice.
 */

/* The SQL type of a column, an argument or a result. */
typedef enum GmfType
{
	GMF_TEXT = 1,
	GMF_BOOLEAN,
	GMF_INTEGER,
	GMF_BIGINT,
	GMF_DOUBLE,
	GMF_TIMESTAMPTZ,			/* read in any form; see gmf_convert.h */
	GMF_JSONB,
	GMF_TEXT_ARRAY,
	GMF_INTEGER_ARRAY
} GmfType;

/* The form in which the API wants a point in time to be sent. */
typedef enum GmfTimeForm
{
	GMF_TIME_NONE = 0,			/* not a time: the value goes as it is */
	GMF_TIME_OFFSET,			/* 2022-05-09T16:01:10+0000 */
	GMF_TIME_ZULU,				/* 2022-05-09T16:01:10Z */
	GMF_TIME_PLAIN,				/* 2022-05-09 16:01:10, UTC */
	GMF_TIME_DATE,				/* 2022-05-09, UTC */
	GMF_TIME_MILLIS				/* 1652112070000 */
} GmfTimeForm;

/* Where a value travels in the request. */
typedef enum GmfLocation
{
	GMF_IN_PATH = 1,
	GMF_IN_QUERY,
	GMF_IN_BODY,
	GMF_IN_HEADER
} GmfLocation;

/*
 * What the API's filter keeps, given a value v for column c.  "Exactly" means
 * that PostgreSQL need not look again; all others are checked again.
 */
typedef enum GmfMatch
{
	GMF_MATCH_KEY = 1,			/* identity: the answer belongs to v; exactly c = v */
	GMF_MATCH_EXACT,			/* exactly c = v */
	GMF_MATCH_EXACT_STAR,		/* exactly c = v; but "*x" keeps what contains x */
	GMF_MATCH_LOOSE,			/* at least c = v (case ignored, for example) */
	GMF_MATCH_CONTAINS,			/* at least what contains v */
	GMF_MATCH_PREFIX,			/* at least what begins with v */
	GMF_MATCH_FROM,				/* at least c >= v */
	GMF_MATCH_TO,				/* at least c <= v */
	GMF_MATCH_NONE				/* no condition on a row: a constant or a choice that
								 * must be sent (see GmfParameter.fallback) */
} GmfMatch;

/*
 * A column of a table.
 *
 * path is NULL for a column that is not in the answer: it shows the value that
 * the request carried for it (a key, or a filter that rows are equal to), and NULL when
 * it carried none.  The API alone judges conditions on it.
 * "only" names the one route that gives the column, where the other does
 * not: GMF_GET makes the scan fetch the detail of a row when the column is used
 * and the list left it out, or has null for it; GMF_LIST keeps a query that uses it on the list.
 */
typedef enum GmfRole
{
	GMF_ANY_ROLE = 0,
	GMF_LIST,					/* many rows */
	GMF_GET						/* one row, or a few, by key */
} GmfRole;

typedef struct GmfColumn
{
	const char *name;			/* SQL name */
	GmfType		type;
	const char *path;			/* place in the answer, or NULL */
	const char *description;
	const char *unit;			/* "GB", "MB", "percent" …, or NULL */
	GmfRole		only;			/* see above */
	int			max_length;		/* characters; a longer value matches no row. 0:
								 * no documented bound */
	const char *separator;		/* array columns: strings that are joined with this
								 * are split */
	const char *values;			/* named values, joined with " | ": told, never
								 * enforced on answers */
} GmfColumn;

/* A value that a request to a route can carry. */
typedef struct GmfParameter
{
	const char *name;			/* on the wire: query name, {placeholder}, header, or
								 * dotted place in the body */
	GmfLocation location;
	const char *column;			/* the column that it constrains, or NULL */
	GmfMatch	match;
	bool		required;		/* no request without it */
	GmfTimeForm time_form;
	GmfType		type;			/* form of a value in a body; 0 = GMF_TEXT */
	int			batch;			/* GMF_IN_BODY, GMF_MATCH_KEY: so many values go in one
								 * request, as a JSON array; 0: one */
	const char *fallback;		/* sent when the query gives no value: a constant, a
								 * default, or the far end of a range whose other end is
								 * given (with "pair").  For a body: JSON text */
	const char *pair;			/* wire name of the parameter that must come together
								 * with this one: the fallback is sent only when that
								 * one is */
	const char *domain;			/* all values that the API takes, joined with "|":
								 * others are not sent, PostgreSQL filters. When the
								 * parameter is required, a query that gives none
								 * walks through them */
	const char *refused;		/* values that the API answers with an error, joined with
								 * "|": never sent. Where the parameter is required
								 * they have no rows, also when the parent names them */
	const char *also;			/* a second column that it finds in the same way, or
								 * NULL: it carries a condition on either, not both */
} GmfParameter;

/* How a list is cut into pages. */
typedef enum GmfPagingKind
{
	GMF_UNPAGED = 0,
	GMF_PAGED_BY_RECORD,		/* offset counts records */
	GMF_PAGED_BY_PAGE,			/* offset counts pages */
	GMF_PAGED_BY_MARKER,		/* a page begins behind what the one before names */
	GMF_PAGED_BY_LINK			/* a page names the URL of the next one */
} GmfPagingKind;

typedef struct GmfPaging
{
	GmfPagingKind kind;
	GmfLocation location;		/* GMF_IN_QUERY, or GMF_IN_BODY (integers) */
	const char *limit;			/* wire name of the page size */
	const char *offset;			/* wire name of the position, or of the marker */
	int			default_limit;	/* 0: not documented */
	int			max_limit;		/* 0: not documented */
	int			first;			/* the position of the first record or page: 0 or 1 */
	const char *marker;			/* GMF_PAGED_BY_MARKER: where the marker of the next page
								 * is, in the last record ("id") or in the answer
								 * ("$.page_info.next_marker").  GMF_PAGED_BY_LINK: where its
								 * URL is in the answer ("links.next"), of which only the
								 * query is taken */
} GmfPaging;

/* One way to obtain rows of a resource: one operation of the API. */
typedef struct GmfRoute
{
	const char *operation_id;	/* as in the OpenAPI documents */
	GmfRole		role;
	const char *method;			/* "GET", or "POST" for lists that are asked with a
								 * body */
	const char *path;			/* "/v3/{project_id}/…" */
	const char *items;			/* place of the rows: a path as above, where "a[].b[]"
								 * is one row for each b of each a, "a{}" one row for
								 * each member of a (its name at "@key", its value at
								 * "@value"), an object is one row, "" is the whole
								 * answer as one row, and "[]" each element of an
								 * answer that is an array */
	const char *total;			/* place of the number of all rows, or NULL */
	const char *records;		/* place of the list that paging and total count, where
								 * that is not the rows: "nodes" for the items
								 * "nodes[].components[]". NULL: the rows */
	GmfPaging	paging;
	const GmfParameter *parameters; /* project_id is not among them */
	const char *not_found;		/* error codes that mean "no such object" beside HTTP
								 * 404, joined with "|" */
} GmfRoute;

/* Where the keys of a table come from when a query gives none. */
typedef struct GmfParentKey
{
	const char *column;			/* of this table */
	const char *parent_column;	/* of the parent */
	const char *when_column;	/* of the parent, or NULL: its rows count only where */
	const char *when_value;		/* this column has one of these values, joined with "|" */
} GmfParentKey;

typedef struct GmfResource
{
	const char *service;		/* "gaussdb" */
	const char *name;			/* table name */
	const char *section;		/* of the reference: "4.4.4" */
	const char *description;
	const GmfColumn *columns;	/* without raw, which every table has */
	const GmfRoute *routes;		/* the planner takes the first one that fits, routes
								 * by key before lists */
	const char *parent;			/* "table" of the same service, "service.table", or NULL */
	const GmfParentKey *parent_keys;
	const char *key;			/* the column that identifies a row in a list, or
								 * NULL */
	bool		deprecated;
	int			rows;			/* a guess for the planner; 0 = 1000 for a list */
} GmfResource;

/*
 * An argument of an action.  An entry without a name is a constant of the
 * request: "fallback" is its JSON text.
 */
typedef struct GmfArgument
{
	const char *name;			/* SQL name; "" for a constant (NULL ends the list) */
	GmfType		type;
	GmfLocation location;
	const char *place;			/* on the wire: placeholder, query name, header, or
								 * dotted place in the body. "a.b[].c" makes an array
								 * of objects from an array argument. "" merges a jsonb
								 * object into the body. NULL: same as name */
	bool		required;
	bool		secret;			/* never shown, never logged; may name its source, see
								 * doc/security.md */
	GmfTimeForm time_form;
	int			min_length;		/* characters; arrays: elements */
	int			max_length;		/* 0: no bound */
	const char *pattern;		/* POSIX extended regular expression, or NULL */
	bool		has_range;
	double		min,
				max;
	const char *values;			/* enumeration, joined with "|", enforced; NULL: open */
	bool		text_members;	/* jsonb objects: their members are strings on the wire,
								 * numbers and booleans are made so */
	const char *fallback;		/* constants: JSON text */
	const char *description;
} GmfArgument;

typedef struct GmfResult
{
	const char *name;
	GmfType		type;
	const char *path;			/* place in the answer */
	const char *description;
} GmfResult;

typedef struct GmfAction
{
	const char *service;
	const char *name;			/* of the SQL function */
	const char *operation_id;
	const char *section;
	const char *method;
	const char *path;
	const char *description;
	const GmfArgument *arguments;	/* without the server */
	const GmfResult *results;	/* none: void; one: that scalar; several: OUT columns */
	const char *items;			/* NULL: one row. Otherwise the place of the rows
								 * (batch answers): the function returns a set */
	bool		destructive;
	bool		reads_only;		/* a question that is asked with POST: it may be
								 * retried, and dry_run lets it through */
	const char *job;			/* name of the result that names the job, or NULL */
} GmfAction;

/*
 * A function that waits until something has ended: rows of a table that change until
 * their status says so.  What it returns are columns of the table.
 *
 * Services have more states than their references name, so a wait goes on only in those
 * that are known to go on, and ends in any other.
 */
typedef struct GmfWaiter
{
	const char *service;
	const char *name;			/* of the SQL function */
	const char *table;
	const char *description;
	const char *noun;			/* "job": also names the argument, "job_id" */
	bool		many;			/* takes an array of ids, returns failed ones too */
	const char *timeout;		/* default of the argument, an interval */
	const char *key;			/* columns of the table */
	const char *type;
	const char *about;			/* what it is done to: the first of these columns, joined
								 * with "|", that is not empty; or NULL */
	const char *status;
	const char *progress;
	const char *reason;
	const char *going_on;		/* values of status, joined with "|" */
	const char *done;
	const char *failed;
	const char *task;			/* a column that says what is still being done, or NULL */
	const char *tasks_going_on; /* values of it, likewise */
	const char *failed_tasks;
	const char *results;		/* columns of the table, joined with "|" */
} GmfWaiter;

/* A chapter of the reference: one file of the catalog, one page of the manual. */
typedef struct GmfChapter
{
	const char *name;			/* "backups": of the page */
	const char *title;			/* "Backups" */
	const GmfResource *resources;	/* ends with an entry without a name; or NULL */
	const GmfAction *actions;	/* likewise */
	const GmfWaiter *waiters;	/* likewise */
} GmfChapter;

/* Regions in which a service has another host. */
typedef struct GmfHost
{
	const char *host;			/* first label of the host; NULL ends a list */
	const char *regions;		/* joined with "|" */
} GmfHost;

typedef struct GmfService
{
	const char *name;			/* "gaussdb": also the name of the remote schema */
	const char *host;			/* first label of its default host */
	const GmfHost *other_hosts; /* where that is another one in some regions; or NULL */
	const char *title;			/* "GaussDB" */
	const GmfChapter *const *chapters;	/* ends with NULL */
} GmfService;

/* All services, in the order in which they are documented; ends with NULL. */
extern const GmfService *const gmf_services[];

/* Look up by name; NULL when there is none. */
extern const GmfService *gmf_find_service(const char *name);
extern const GmfResource *gmf_find_resource(const char *service, const char *name);
extern const GmfResource *gmf_find_parent(const GmfResource *resource);
extern const GmfAction *gmf_find_action(const char *function_name);
extern const GmfWaiter *gmf_find_waiter(const char *function_name);
extern const GmfColumn *gmf_find_column(const GmfResource *resource, const char *name);
extern const GmfParameter *gmf_find_parameter(const GmfRoute *route, const char *name);

/* First label of the host of a service in a region; never NULL. */
extern const char *gmf_service_host(const GmfService *service, const char *region);

/* Number of columns, without raw. */
extern int	gmf_count_columns(const GmfResource *resource);

/* Position of a column in resource->columns, or -1. */
extern int	gmf_column_index(const GmfResource *resource, const char *name);

/* Constant words for people and for SQL; never NULL. */
extern const char *gmf_type_sql(GmfType type);
extern const char *gmf_role_name(GmfRole role);

/*
 * The operators of WHERE that a parameter answers, for documentation:
 * "=", "= | LIKE", ">= | >".  Of a column that is not in the answer it must be able to
 * judge them alone.  Never NULL.
 */
extern const char *gmf_match_operators(GmfMatch match, bool in_answer);

/*
 * Is "word" one of the words of "list", which are joined with separator (one
 * character, blanks around it ignored)?  NULL lists hold nothing.
 */
extern bool gmf_list_has(const char *list, char separator, const char *word);

#ifdef __cplusplus
}
#endif

#endif							/* GMF_CATALOG_H */
