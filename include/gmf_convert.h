/*
 * gmf_convert.h
 *		Reading the API's numbers, booleans and times, whatever form they have.
 *
 * The reference contradicts itself on types (a port that is a string, a boolean
 * in quotes, five forms of a time): these functions go by content.  All are
 * pure, take text that need not end with NUL, and say false when the text is
 * not such a value.
 */
#ifndef GMF_CONVERT_H
#define GMF_CONVERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gmf_catalog.h"

#ifdef __cplusplus
extern "C"
{
#endif

/*
 * A point in time as microseconds since the Unix epoch.  Understood:
 * 2021-01-15 01:46:40 UTC, 2021-01-15 01:46:40 (UTC), 2022-05-09T16:01:10+0800,
 * …+08:00, …Z, …Z+0800 (of which the offset counts), with fractions of a second or
 * without seconds, 2022-05-09 (midnight UTC), and
 * decimal digits: milliseconds (12 to 14 digits) or seconds (9 to 11).  Blank or empty
 * text is false.
 */
extern bool gmf_read_time(const char *text, size_t length, int64_t *microseconds);

/* Is it a number that stands for "not yet": 0 or -1? */
extern bool gmf_time_is_unset(const char *text, size_t length);

/*
 * The same as gmf_read_time; *zoneless: the text has no zone, so that what it says is the
 * time of whatever place is meant, here as if that were UTC.
 */
extern bool gmf_read_local_time(const char *text, size_t length, int64_t *microseconds,
								bool *zoneless);

/* A whole number; "120", "120.0" and " 120 " are, "1.5" and "" are not. */
extern bool gmf_read_integer(const char *text, size_t length, int64_t *number);

/* A number; also "NaN" and infinities are refused. */
extern bool gmf_read_double(const char *text, size_t length, double *number);

/* true/false, 1/0, yes/no, on/off, in any case. */
extern bool gmf_read_boolean(const char *text, size_t length, bool *value);

#define GMF_TIME_SIZE 40

/*
 * Write a point in time as the API wants it; buffer gets a NUL-terminated text.
 * Fractions of a second are cut off (towards the past), but kept by GMF_TIME_MILLIS.  False
 * when it is not between the years 1 and 9999.
 */
extern bool gmf_write_time(int64_t microseconds, GmfTimeForm form, char buffer[GMF_TIME_SIZE]);

#ifdef __cplusplus
}
#endif

#endif							/* GMF_CONVERT_H */
