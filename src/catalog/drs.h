/*
 * drs.h
 *		What the files of Data Replication Service know of each other: its chapters.
 */
#ifndef DRS_H
#define DRS_H

#include "gmf_catalog.h"

extern const GmfService gmf_drs;

extern const GmfChapter gmf_drs_jobs;
extern const GmfChapter gmf_drs_job_details;
extern const GmfChapter gmf_drs_comparisons;
extern const GmfChapter gmf_drs_async_jobs;
extern const GmfChapter gmf_drs_jobs_v3;
extern const GmfChapter gmf_drs_comparisons_v3;

/* How the third version of the API says that a task is gone. */
#define GMF_DRS_NO_JOB_V3 "DRS.10000010|DRS.M00202|DRS.M00289|DRS.M05004"

#endif							/* DRS_H */
