/*
 * bcs.h
 *		What the files of Blockchain Service know of each other: its chapters.
 */
#ifndef BCS_H
#define BCS_H

#include "gmf_catalog.h"

extern const GmfService gmf_bcs;

extern const GmfChapter gmf_bcs_instances;

#endif							/* BCS_H */
