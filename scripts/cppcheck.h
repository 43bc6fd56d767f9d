/*
 * cppcheck.h
 *		What cppcheck is told of PostgreSQL, whose headers it does not read:
 *		that an ERROR does not return.  Included by make lint only.
 */
#define PG_VERSION_NUM 150000
#define ERROR 21
#define ereport(level, ...) do { if ((level) >= ERROR) abort(); } while (0)
#define elog(level, ...) do { if ((level) >= ERROR) abort(); } while (0)
#define gmf_noreturn __attribute__((noreturn))
