/*
 * dws.h
 *		What the files of GaussDB(DWS) know of each other: its chapters.
 */
#ifndef DWS_H
#define DWS_H

#include "gmf_catalog.h"

extern const GmfService gmf_dws;

extern const GmfChapter gmf_dws_clusters;
extern const GmfChapter gmf_dws_snapshots;

#endif							/* DWS_H */
