/*
 * drs.c
 *		Data Replication Service: the v5 API, then what only the v3 API has.
 */
#include "drs.h"

static const GmfChapter *const chapters[] = {
	&gmf_drs_jobs,
	&gmf_drs_job_details,
	&gmf_drs_comparisons,
	&gmf_drs_async_jobs,
	&gmf_drs_jobs_v3,
	&gmf_drs_comparisons_v3,
	NULL
};

const GmfService gmf_drs = {
	.name = "drs",
	.host = "drs",
	.title = "Data Replication Service",
	.chapters = chapters
};
