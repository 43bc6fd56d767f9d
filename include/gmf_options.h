/*
 * gmf_options.h
 *		Options of servers, user mappings, foreign tables and columns: what
 *		there is, what is valid, and what it means for a session and a table.
 */
#ifndef GMF_OPTIONS_H
#define GMF_OPTIONS_H

#include "postgres.h"

#include "foreign/foreign.h"
#include "pgtime.h"
#include "utils/rel.h"

#include "gmf_catalog.h"
#include "gmf_session.h"

/* What a column of a foreign table shows. */
#define GMF_NO_COLUMN	(-1)	/* none: it is dropped, or not known */

/* A foreign table, resolved against the catalog. */
typedef struct GmfTable
{
	Oid			relid;
	char	   *name;
	ForeignServer *server;
	Oid			owner;			/* role */
	bool		asks_own;		/* its options say what is sent: see gmf_rights.h */
	const GmfService *service;
	const GmfResource *resource;
	int			ncolumns;		/* of the resource; this index means raw */
	int			natts;
	int		   *column_of;		/* [natts]: column of each attribute, by attnum - 1 */
	Oid		   *type_of;		/* [natts]: declared type */
	char	  **name_of;		/* [natts]: attribute name */
	bool	   *is_computed;	/* [natts]: generated, and no option says where the API has it */
	int			page_size;		/* 0: the API's largest */
	int			max_connections;
	int			cache_ttl;		/* seconds */
	bool		tolerant;		/* on_error 'warning' */
	pg_tz	   *zone;			/* see gmf_option_zone */
	double		request_cost;	/* in the planner's unit */
	double		row_cost;
	double		rows;			/* that the table is said to have; 0: not said */
} GmfTable;

/* Resolve a foreign table; reports what does not fit as an ERROR. */
extern GmfTable *gmf_table_open(Oid relid);

/*
 * ERROR if the attribute (attnum - 1) has no column that could be read.  A table with such
 * an attribute can be opened: only a query that uses it fails.
 */
extern void gmf_table_check_column(const GmfTable *table, int attribute);

/*
 * Options by name; NULL, or the standard value, where one is not given.  A text is in UTF-8,
 * as the client floor and the cloud have it, in the current memory context or the list's.
 */
extern const char *gmf_option_text(List *list, const char *name);
extern int	gmf_option_integer(List *list, const char *name, int standard);
extern double gmf_option_number(List *list, const char *name, double standard);
extern bool gmf_option_boolean(List *list, const char *name, bool standard);

/* The zone of times that have none, from the options of a server.  NULL: UTC. */
extern pg_tz *gmf_option_zone(List *list);

#define GMF_DEFAULT_MAX_CONNECTIONS 8

/* As postgres_fdw has it for a remote query; a row is cheap beside a request. */
#define GMF_DEFAULT_REQUEST_COST 100.0
#define GMF_DEFAULT_ROW_COST 0.05

/*
 * The configuration of a session, in the current memory context.  Some of its strings
 * belong to server and user, which must live as long.
 */
extern GmfConfig *gmf_config(const ForeignServer *server, const UserMapping *user);

/* Is it a server of this extension?  ERROR when it is not. */
extern void gmf_check_server(const ForeignServer *server);

/* What is wrong with the path of a request, or NULL: for people. */
extern const char *gmf_path_problem(const char *path);

/* The SQL type that a catalog type stands for. */
extern Oid	gmf_type_oid(GmfType type);

#endif							/* GMF_OPTIONS_H */
