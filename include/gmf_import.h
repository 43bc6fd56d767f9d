/*
 * gmf_import.h
 *		IMPORT FOREIGN SCHEMA.
 */
#ifndef GMF_IMPORT_H
#define GMF_IMPORT_H

#include "postgres.h"

#include "nodes/parsenodes.h"

extern List *gmf_import_foreign_schema(ImportForeignSchemaStmt *statement, Oid serverid);

#endif							/* GMF_IMPORT_H */
